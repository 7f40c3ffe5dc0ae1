using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>What is read of one kind of engagement.</summary>
/// <param name="Type">HubSpot's object type.</param>
/// <param name="Kind">Our kind; null for notes and tasks, which are comments and follow-ups here.</param>
/// <param name="Subject">Property with subject or title.</param>
/// <param name="Body">Property with the text.</param>
/// <param name="Direction">Property with the direction.</param>
/// <param name="Status">Property with status or outcome.</param>
/// <param name="Others">Further properties.</param>
internal sealed record EngagementType(
    string Type,
    ActivityKind? Kind,
    string? Subject,
    string Body,
    string? Direction,
    string? Status,
    params string[] Others
)
{
    /// <summary>When it took place or is due.</summary>
    public const string Time = "hs_timestamp";

    /// <summary>Length of a call, in milliseconds.</summary>
    public const string CallDuration = "hs_call_duration";

    /// <summary>Start of a meeting.</summary>
    public const string MeetingStart = "hs_meeting_start_time";

    /// <summary>End of a meeting.</summary>
    public const string MeetingEnd = "hs_meeting_end_time";

    /// <summary>HubSpot's owner of it.</summary>
    public const string Owner = "hubspot_owner_id";

    /// <summary>Notes.</summary>
    public static EngagementType Notes { get; } = new(HubSpotObjectTypes.Notes, null, null, "hs_note_body", null, null);

    /// <summary>Tasks.</summary>
    public static EngagementType Tasks { get; } =
        new(HubSpotObjectTypes.Tasks, null, "hs_task_subject", "hs_task_body", null, "hs_task_status");

    /// <summary>All kinds, notes first.</summary>
    public static IReadOnlyList<EngagementType> All { get; } =
    [
        Notes,
        new(
            HubSpotObjectTypes.Calls,
            ActivityKind.Call,
            "hs_call_title",
            "hs_call_body",
            "hs_call_direction",
            "hs_call_status",
            CallDuration
        ),
        new(
            HubSpotObjectTypes.Emails,
            ActivityKind.Email,
            "hs_email_subject",
            "hs_email_text",
            "hs_email_direction",
            "hs_email_status"
        ),
        new(
            HubSpotObjectTypes.Meetings,
            ActivityKind.Meeting,
            "hs_meeting_title",
            "hs_meeting_body",
            null,
            "hs_meeting_outcome",
            MeetingStart,
            MeetingEnd
        ),
        Tasks,
    ];

    /// <summary>Properties to ask for.</summary>
    public IReadOnlyList<string> Properties =>
        [
            .. new[] { Time, Owner, "hs_createdate", "hs_lastmodifieddate", Subject, Body, Direction, Status }
                .OfType<string>()
                .Concat(Others),
        ];

    /// <summary>The kind of an object type; null for contacts and deals.</summary>
    public static EngagementType? Of(string type) => All.FirstOrDefault(kind => kind.Type == type);
}
