using ProPartHub.Domain.Errors;

namespace ProPartHub.Domain.FollowUps;

/// <summary>
/// What a person may type of a follow-up, only for the fields that he or she changes: what HubSpot brings is stored
/// though it is longer or long past.
/// </summary>
internal static class FollowUpInputValidator
{
    /// <summary>Refuses what breaks a rule.</summary>
    /// <param name="input">Normalised.</param>
    /// <param name="changed">Fields to judge, of <see cref="FollowUpFields"/>.</param>
    /// <param name="now">Decides what lies behind (UTC).</param>
    /// <exception cref="InvalidInputException">A rule is broken.</exception>
    public static void Check(FollowUpInput input, IReadOnlyCollection<string> changed, DateTimeOffset now)
    {
        FieldError?[] found =
        [
            TitleError(input.Title),
            DetailsError(input.Details),
            DueError(input.DueAt, now),
            Enum.IsDefined(input.Repeat) ? null : new(FollowUpFields.Repeat, FieldErrorCode.UnknownOption),
        ];
        var errors = found.OfType<FieldError>().Where(error => changed.Contains(error.Field)).ToList();
        if (errors.Count > 0)
        {
            throw new InvalidInputException(errors);
        }
    }

    private static FieldError? TitleError(string? title) =>
        title is null ? new(FollowUpFields.Title, FieldErrorCode.Required)
        : title.Length > FollowUp.TitleLength ? new(FollowUpFields.Title, FieldErrorCode.TooLong, FollowUp.TitleLength)
        : ReadableText.Is(title) ? null
        : new(FollowUpFields.Title, FieldErrorCode.UnreadableText);

    private static FieldError? DetailsError(string? details) =>
        details?.Length > FollowUp.DetailsLength
            ? new(FollowUpFields.Details, FieldErrorCode.TooLong, FollowUp.DetailsLength)
        : ReadableText.Is(details) ? null
        : new(FollowUpFields.Details, FieldErrorCode.UnreadableText);

    // A minute's grace: "now" was chosen a moment before it was sent.
    private static FieldError? DueError(DateTimeOffset? due, DateTimeOffset now) =>
        due is null ? new(FollowUpFields.Due, FieldErrorCode.Required)
        : due < now.AddMinutes(-1) ? new(FollowUpFields.Due, FieldErrorCode.InThePast)
        : due > now.AddYears(FollowUp.MostYearsAhead)
            ? new(FollowUpFields.Due, FieldErrorCode.TooFarAhead, FollowUp.MostYearsAhead)
        : null;
}
