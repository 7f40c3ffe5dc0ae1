namespace ProPartHub.Domain.FollowUps;

/// <summary>What a person types of a follow-up.</summary>
/// <param name="Title">What to do, in one line.</param>
/// <param name="Details">More about it, or null.</param>
/// <param name="DueAt">By when (UTC); null while nothing readable was chosen.</param>
/// <param name="Repeat">How often it comes again.</param>
public sealed record FollowUpInput(
    string? Title,
    string? Details,
    DateTimeOffset? DueAt,
    FollowUpRepeat Repeat = FollowUpRepeat.None
)
{
    /// <summary>What a follow-up says now, as a form opens with it.</summary>
    public static FollowUpInput From(FollowUpView followUp) =>
        new(followUp.Title, followUp.Details, followUp.DueAt, followUp.Repeat);

    /// <summary>One line of title without outer blanks, details with plain line ends, empty texts as null, whole seconds.</summary>
    internal FollowUpInput Normalised() =>
        new(
            Text(Title?.ReplaceLineEndings(" ")),
            Text(Details?.ReplaceLineEndings("\n")),
            DueAt is { } due ? FollowUpFields.ToSecond(due) : null,
            Repeat
        );

    private static string? Text(string? text) => text?.Trim() is { Length: > 0 } trimmed ? trimmed : null;
}

/// <summary>What became of an edit.</summary>
/// <param name="Saved">False when nothing was stored, since fields were changed by somebody else meanwhile.</param>
/// <param name="Conflicts">
/// Those fields: what the form opened with (<see cref="Timeline.FieldChange.Before"/>) and what stands there now
/// (<see cref="Timeline.FieldChange.After"/>).
/// </param>
public sealed record FollowUpEditResult(bool Saved, IReadOnlyList<Timeline.FieldChange> Conflicts);
