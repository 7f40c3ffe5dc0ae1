using System.Globalization;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.FollowUps;

/// <summary>
/// A follow-up's fields as invariant text, by name: the form in which they are compared, stand in the history and are
/// merged with a task's.
/// </summary>
public static class FollowUpFields
{
    /// <summary>Field of the title.</summary>
    public const string Title = "FollowUpTitle";

    /// <summary>Field of the details.</summary>
    public const string Details = "FollowUpDetails";

    /// <summary>Field of the time by which it is due, to the second (UTC, ISO 8601).</summary>
    public const string Due = "FollowUpDue";

    /// <summary>Field that tells whether it is done: <see cref="IsDone"/> or null.</summary>
    public const string Done = "FollowUpDone";

    /// <summary>Field that tells how often it repeats: a name of <see cref="FollowUpRepeat"/>, null for never. HubSpot's
    /// tasks have none of it.</summary>
    public const string Repeat = "FollowUpRepeat";

    /// <summary>Field of the time from which a rhythm is counted where that is not <see cref="Due"/>, to the second (UTC, ISO
    /// 8601). It changes with the others, and is set by itself only where that is taken back.</summary>
    public const string Rhythm = "FollowUpRhythm";

    /// <summary>Value of <see cref="Done"/> for what is done.</summary>
    public const string IsDone = "true";

    private const string Second = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>The fields that tasks have as well, in the order in which people read them.</summary>
    public static IReadOnlyList<string> All { get; } = [Title, Details, Due, Done];

    /// <summary>Reads a field.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such field.</exception>
    public static string? Read(FollowUp followUp, string field) =>
        field switch
        {
            Title => followUp.Title is { Length: > 0 } title ? title : null,
            Details => followUp.Details,
            Due => ToText(followUp.DueAt),
            Done => followUp.DoneAt is null ? null : IsDone,
            Repeat => ToText(followUp.Repeat),
            Rhythm => followUp.RepeatFrom is { } from ? ToText(from) : null,
            _ => throw new ArgumentOutOfRangeException(nameof(field), field, "No field of a follow-up."),
        };

    /// <summary>Sets fields and tells what really changed.</summary>
    /// <param name="followUp">The follow-up.</param>
    /// <param name="values">Values by field; those that are left out stay.</param>
    /// <param name="at">When it was done, where that is among the changes (UTC).</param>
    public static IReadOnlyList<FieldChange> Write(
        FollowUp followUp,
        IEnumerable<KeyValuePair<string, string?>> values,
        DateTimeOffset at
    )
    {
        var changes = new List<FieldChange>();
        var rhythm = Read(followUp, Rhythm);
        foreach (var (field, value) in values)
        {
            var before = Read(followUp, field);
            if (before == value)
            {
                continue;
            }

            Write(followUp, field, value, at);
            changes.Add(new FieldChange(field, before, Read(followUp, field)));
        }

        if (changes.TrueForAll(change => change.Field != Rhythm) && Read(followUp, Rhythm) != rhythm)
        {
            changes.Add(new FieldChange(Rhythm, rhythm, Read(followUp, Rhythm)));
        }

        return changes;
    }

    /// <summary>A moment as text, to the second.</summary>
    public static string ToText(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString(Second, CultureInfo.InvariantCulture);

    /// <summary>The moment that <see cref="ToText(DateTimeOffset)"/> wrote; null for any other text.</summary>
    public static DateTimeOffset? ToMoment(string? text) =>
        DateTimeOffset.TryParseExact(
            text,
            Second,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var moment
        )
            ? moment
            : null;

    /// <summary>How often, as text; null for never.</summary>
    public static string? ToText(FollowUpRepeat repeat) => repeat is FollowUpRepeat.None ? null : repeat.ToString();

    /// <summary>How often, of what <see cref="ToText(FollowUpRepeat)"/> wrote; never for any other text.</summary>
    public static FollowUpRepeat ToRepeat(string? text) =>
        Enum.TryParse<FollowUpRepeat>(text, out var repeat) && Enum.IsDefined(repeat) ? repeat : FollowUpRepeat.None;

    /// <summary>What a new follow-up says, as changes from nothing.</summary>
    internal static IReadOnlyList<FieldChange> New(FollowUp followUp) =>
        [
            .. Of(followUp)
                .Append(new(Repeat, Read(followUp, Repeat)))
                .Where(field => field.Value is not null)
                .Select(field => new FieldChange(field.Key, null, field.Value)),
        ];

    /// <summary>The title as a change that is none: what an event is about, for those who read the history.</summary>
    internal static FieldChange Named(FollowUp followUp) => new(Title, followUp.Title, followUp.Title);

    internal static DateTimeOffset ToSecond(DateTimeOffset moment) =>
        DateTimeOffset.FromUnixTimeSeconds(moment.ToUnixTimeSeconds());

    internal static Dictionary<string, string?> Of(FollowUp followUp) =>
        All.ToDictionary(field => field, field => Read(followUp, field));

    internal static IEnumerable<KeyValuePair<string, string?>> Of(FollowUpInput input) =>
        [
            new(Title, input.Title),
            new(Details, input.Details),
            new(Due, input.DueAt is { } due ? ToText(due) : null),
            new(Repeat, ToText(input.Repeat)),
        ];

    private static void Write(FollowUp followUp, string field, string? value, DateTimeOffset at)
    {
        switch (field)
        {
            case Title:
                followUp.Title = value ?? "";
                break;
            case Details:
                followUp.Details = value;
                break;
            case Due:
                // A rhythm is counted from where a person, or HubSpot, puts it.
                (followUp.DueAt, followUp.RepeatFrom) = (ToMoment(value) ?? followUp.DueAt, null);
                break;
            case Repeat:
                (followUp.Repeat, followUp.RepeatFrom) = (ToRepeat(value), null);
                break;
            case Rhythm:
                followUp.RepeatFrom = ToMoment(value);
                break;
            case Done:
                followUp.DoneAt = value is null ? null : at;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(field), field, "No field of a follow-up.");
        }
    }
}
