using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Mapping;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>
/// A follow-up and a task in one form, by <see cref="FollowUpFields"/>: that in which the task comes back, so that what
/// HTML or HubSpot's clock does to a value is no difference.
/// </summary>
internal static class TaskValues
{
    private const string Completed = "COMPLETED";
    private const string NotStarted = "NOT_STARTED";

    private static EngagementType Task => EngagementType.Tasks;

    /// <summary>The task's values.</summary>
    public static Dictionary<string, string?> Of(HubSpotObject task) =>
        new()
        {
            [FollowUpFields.Title] = Text(IncomingText.Readable(task[Task.Subject!] ?? "").ReplaceLineEndings(" ")),
            [FollowUpFields.Details] = Text(NoteText.ToText(task[Task.Body])),
            [FollowUpFields.Due] = FollowUpFields.ToText(
                HubSpotTime.Parse(task[EngagementType.Time]) ?? task.CreatedAt ?? DateTimeOffset.UnixEpoch
            ),
            [FollowUpFields.Done] = task[Task.Status!] is Completed ? FollowUpFields.IsDone : null,
        };

    /// <summary>The follow-up's values.</summary>
    public static Dictionary<string, string?> Of(FollowUp followUp)
    {
        var values = FollowUpFields.Of(followUp);
        values[FollowUpFields.Title] = Text(values[FollowUpFields.Title]);
        values[FollowUpFields.Details] = Text(NoteText.ToText(NoteText.ToHtml(values[FollowUpFields.Details] ?? "")));
        return values;
    }

    /// <summary>Fields in which the two differ.</summary>
    public static IReadOnlyList<string> Differences(
        IReadOnlyDictionary<string, string?> one,
        IReadOnlyDictionary<string, string?> other
    ) => [.. FollowUpFields.All.Where(field => one.GetValueOrDefault(field) != other.GetValueOrDefault(field))];

    /// <summary>What to send of the follow-up.</summary>
    public static Dictionary<string, string?> ToProperties(FollowUp followUp, IEnumerable<string> fields) =>
        fields.ToDictionary<string, string, string?>(
            field =>
                field switch
                {
                    FollowUpFields.Title => Task.Subject!,
                    FollowUpFields.Details => Task.Body,
                    FollowUpFields.Due => EngagementType.Time,
                    _ => Task.Status!,
                },
            field =>
                field switch
                {
                    FollowUpFields.Title => followUp.Title,
                    FollowUpFields.Details => NoteText.ToHtml(followUp.Details ?? ""),
                    FollowUpFields.Due => HubSpotTime.ToMilliseconds(StampOf(followUp)),
                    _ => followUp.DoneAt is null ? NotStarted : Completed,
                }
        );

    /// <summary>When it is due, with milliseconds of its own (1 to 999): people set whole minutes.</summary>
    public static DateTimeOffset StampOf(FollowUp followUp)
    {
        var random = followUp.Id.ToByteArray().AsSpan()[^2..];
        return FollowUpFields.ToSecond(followUp.DueAt).AddMilliseconds((BitConverter.ToUInt16(random) % 999) + 1);
    }

    private static string? Text(string? text) => text?.Trim() is { Length: > 0 } trimmed ? trimmed : null;
}
