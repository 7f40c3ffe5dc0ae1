using System.Globalization;
using System.Text.Json;

namespace ProPartHub.HubSpotSandbox.Http;

/// <summary>A call as a handler sees it: route, query and body, read before the account is locked.</summary>
internal sealed class ApiCall(HttpContext context, string body)
{
    public string BodyText => body;

    public string Route(string name) => (string)context.Request.RouteValues[name]!;

    public string? Query(string name) => context.Request.Query[name].LastOrDefault(text => !string.IsNullOrEmpty(text));

    public bool Flag(string name) => string.Equals(Query(name), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>A query parameter that may be repeated, comma-separated, or both.</summary>
    public IReadOnlyList<string> QueryList(string name) =>
        [
            .. context
                .Request.Query[name]
                .SelectMany(text =>
                    text!.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                )
                .Distinct(StringComparer.Ordinal),
        ];

    /// <summary>The page size asked for, refused when it is not between 1 and the maximum.</summary>
    public int Limit(int @default, int maximum)
    {
        if (Query("limit") is not { } text)
            return @default;

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit))
            throw ApiError.Validation($"Invalid integer value '{text}' for limit").Exception();

        return limit >= 1 && limit <= maximum
            ? limit
            : throw ApiError.Validation($"limit must be between 1 and {maximum}, it was {limit}").Exception();
    }

    /// <summary>A numeric paging cursor, or null on the first page.</summary>
    public long? After() =>
        Query("after") is not { } text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var after) ? after
        : throw ApiError.Validation($"Invalid paging cursor '{text}'").Exception();

    public T Body<T>()
        where T : class
    {
        if (!context.Request.HasJsonContentType())
            throw ApiError.UnsupportedMediaType().Exception();

        try
        {
            return JsonSerializer.Deserialize<T>(body, SandboxJson.Options)
                ?? throw ApiError.Validation("Invalid input JSON: the body is null").Exception();
        }
        catch (JsonException e)
        {
            throw ApiError
                .Validation($"Invalid input JSON on line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}")
                .Exception();
        }
    }

    /// <summary>This call's own address with another cursor, as the link to the next page.</summary>
    public string LinkAfter(string after)
    {
        var query = context
            .Request.Query.Where(parameter => parameter.Key != "after")
            .SelectMany(parameter => parameter.Value.Select(value => KeyValuePair.Create(parameter.Key, value)))
            .Append(KeyValuePair.Create("after", (string?)after));
        return $"{context.Request.Scheme}://{context.Request.Host}{context.Request.Path}{QueryString.Create(query)}";
    }
}
