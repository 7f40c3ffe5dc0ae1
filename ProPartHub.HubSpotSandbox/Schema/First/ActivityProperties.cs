using static ProPartHub.HubSpotSandbox.Schema.First.Define;

namespace ProPartHub.HubSpotSandbox.Schema.First;

/// <summary>What a timeline is made of: notes, calls, emails, meetings and tasks.</summary>
internal static class ActivityProperties
{
    private static readonly PropertyDefinition When = Moment("hs_timestamp", "Activity date").Standard();

    public static IReadOnlyList<PropertyDefinition> Note { get; } =
    [
        When,
        Html("hs_note_body", "Note body").Standard(),
        Text("hs_attachment_ids", "Attached file IDs").Standard(),
        Html("hs_body_preview", "Body preview").Worked(),
    ];

    public static IReadOnlyList<PropertyDefinition> Call { get; } =
    [
        When,
        Text("hs_call_title", "Call Title").Standard(),
        Html("hs_call_body", "Call notes").Standard(),
        Choice("hs_call_direction", "Call direction", "INBOUND", "OUTBOUND").Standard(),
        Choice(
                "hs_call_disposition",
                "Call outcome",
                [
                    ("f240bbac-87c9-4f6e-bf70-924b57d47db7", "Connected"),
                    ("73a0d17f-1163-4015-bdd5-ec830791da20", "No answer"),
                    ("9d9162e7-6cf3-4944-bf63-4dff82258764", "Busy"),
                    ("b2cf5968-551e-4856-9783-52b3da59a7d0", "Left voicemail"),
                    ("a4c4c377-d246-4b32-a13b-75a56a4cd0ff", "Left live message"),
                    ("17b47fee-58de-441e-a44c-c6300d46f273", "Wrong number"),
                ]
            )
            .Standard(),
        Number("hs_call_duration", "Call duration").Standard(),
        Text("hs_call_from_number", "From number").Standard(),
        Text("hs_call_to_number", "To number").Standard(),
        Choice(
                "hs_call_status",
                "Call status",
                "BUSY",
                "CALLING_CRM_USER",
                "CANCELED",
                "COMPLETED",
                "CONNECTING",
                "FAILED",
                "IN_PROGRESS",
                "NO_ANSWER",
                "QUEUED",
                "RINGING",
                "missed"
            )
            .Standard(),
        Text("hs_call_recording_url", "Recording URL").Standard(),
    ];

    public static IReadOnlyList<PropertyDefinition> Email { get; } =
    [
        When,
        Choice("hs_email_direction", "Email direction", "EMAIL", "INCOMING_EMAIL", "FORWARDED_EMAIL").Standard(),
        Choice("hs_email_status", "Email send status", "BOUNCED", "FAILED", "SCHEDULED", "SENDING", "SENT").Standard(),
        Text("hs_email_subject", "Email subject").Standard(),
        LongText("hs_email_text", "Email body").Standard(),
        Html("hs_email_html", "Email HTML").Standard(),
        LongText("hs_email_headers", "Email headers").Standard(),
    ];

    public static IReadOnlyList<PropertyDefinition> Meeting { get; } =
    [
        When,
        Text("hs_meeting_title", "Meeting name").Standard(),
        Html("hs_meeting_body", "Meeting description").Standard(),
        Html("hs_internal_meeting_notes", "Internal meeting notes").Standard(),
        Text("hs_meeting_location", "Location").Standard(),
        Text("hs_meeting_external_url", "External URL").Standard(),
        Moment("hs_meeting_start_time", "Meeting start time").Standard(),
        Moment("hs_meeting_end_time", "Meeting end time").Standard(),
        Choice("hs_meeting_outcome", "Meeting outcome", "SCHEDULED", "COMPLETED", "RESCHEDULED", "NO_SHOW", "CANCELED")
            .Standard(),
    ];

    public static IReadOnlyList<PropertyDefinition> Task { get; } =
    [
        When,
        Text("hs_task_subject", "Task Title").Standard(),
        Html("hs_task_body", "Task Notes").Standard(),
        Choice("hs_task_status", "Task Status", "NOT_STARTED", "IN_PROGRESS", "WAITING", "COMPLETED", "DEFERRED")
            .Standard(),
        Choice("hs_task_priority", "Priority", "NONE", "LOW", "MEDIUM", "HIGH").Standard(),
        Choice("hs_task_type", "Task Type", "EMAIL", "CALL", "TODO").Standard(),
        Moment("hs_task_reminders", "Reminder").Standard(),
    ];
}
