namespace ProPartHub.Domain.HubSpot.Api;

/// <summary>
/// What HubSpot said about a refusal. <see cref="Words"/> and the issues' messages are HubSpot's own and may quote what a
/// client typed: for the screen, not for the log.
/// </summary>
/// <param name="StatusCode">HTTP status, or null if there was no answer.</param>
/// <param name="Category">Such as <c>VALIDATION_ERROR</c>; null if not given.</param>
/// <param name="Words">HubSpot's sentence, or empty.</param>
/// <param name="CorrelationId">What HubSpot's support asks for.</param>
/// <param name="Issues">One for each fault of a value.</param>
public sealed record HubSpotFault(
    int? StatusCode,
    string? Category,
    string Words,
    string? CorrelationId,
    IReadOnlyList<HubSpotIssue> Issues
)
{
    /// <summary>Nothing was said, because nothing was asked or no answer came.</summary>
    public static HubSpotFault None { get; } = new(null, null, "", null, []);

    /// <summary>The facts without the words: safe to log.</summary>
    internal string Summary =>
        string.Join(
            ' ',
            new[]
            {
                StatusCode?.ToString(System.Globalization.CultureInfo.InvariantCulture),
                Category,
                string.Join(", ", Issues.Select(issue => $"{issue.Property}:{issue.Code}")),
                CorrelationId is null ? null : $"(correlation {CorrelationId})",
            }.Where(part => !string.IsNullOrEmpty(part))
        );
}

/// <summary>One fault of one value.</summary>
/// <param name="Property">Internal name of the property, or null where HubSpot names none.</param>
/// <param name="Code">Such as <c>PROPERTY_DOESNT_EXIST</c> or <c>INVALID_OPTION</c>; null if not given.</param>
/// <param name="Message">HubSpot's own words.</param>
public sealed record HubSpotIssue(string? Property, string? Code, string Message);
