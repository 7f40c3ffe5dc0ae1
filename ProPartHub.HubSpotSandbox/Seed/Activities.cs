using System.Globalization;
using ProPartHub.HubSpotSandbox.Associations;
using ProPartHub.HubSpotSandbox.Objects;

namespace ProPartHub.HubSpotSandbox.Seed;

/// <summary>What a head office writes, says and plans about a deal.</summary>
internal static class Activities
{
    private static readonly string[] Notes =
    [
        "Клієнт просить більше варіантів біля моря, бюджет підтвердив.",
        "Передзвонити у четвер після 15:00, зараз у дорозі.",
        "Дивився двокімнатні апартаменти, сподобався другий варіант.",
        "Wants handover before spring, prefers a high floor.",
        "Asked for the payment plan and service charges.",
        "Дружина проти вілли, розглядають таунхаус.",
        "Надіслав презентацію забудовника, чекаю на відповідь.",
    ];

    private static readonly string[] Subjects =
    [
        "Добірка об'єктів",
        "Умови розстрочки",
        "Your shortlist",
        "Floor plans as promised",
        "Підтвердження зустрічі",
    ];

    private static readonly string[] Tasks =
    [
        "Передзвонити клієнту",
        "Надіслати добірку",
        "Send the reservation form",
        "Уточнити бюджет",
    ];

    public static Dictionary<string, string?> Note(Random random) =>
        new() { ["hs_note_body"] = $"<div dir=\"auto\"><p>{random.Pick(Notes)}</p></div>" };

    public static Dictionary<string, string?> Call(Random random, string? phone)
    {
        var answered = random.Next(3) > 0;
        return new()
        {
            ["hs_call_title"] = answered ? "Розмова з клієнтом" : "Недозвон",
            ["hs_call_body"] = answered ? random.Pick(Notes) : "",
            ["hs_call_direction"] = random.OnceIn(3) ? "INBOUND" : "OUTBOUND",
            ["hs_call_status"] = answered ? "COMPLETED" : "NO_ANSWER",
            ["hs_call_disposition"] = answered
                ? "f240bbac-87c9-4f6e-bf70-924b57d47db7"
                : "73a0d17f-1163-4015-bdd5-ec830791da20",
            ["hs_call_duration"] = answered
                ? (random.Next(20, 900) * 1_000).ToString(CultureInfo.InvariantCulture)
                : "0",
            ["hs_call_to_number"] = phone,
        };
    }

    public static Dictionary<string, string?> Email(Random random, string? address)
    {
        var subject = random.Pick(Subjects);
        var text = random.Pick(Notes);
        return new()
        {
            ["hs_email_direction"] = random.OnceIn(3) ? "INCOMING_EMAIL" : "EMAIL",
            ["hs_email_status"] = "SENT",
            ["hs_email_subject"] = subject,
            ["hs_email_text"] = text,
            ["hs_email_html"] = $"<p>{text}</p>",
            ["hs_email_headers"] =
                $$"""{"from":{"email":"office@propart.example"},"to":[{"email":"{{address ?? "unknown@example.com"}}"}]}""",
        };
    }

    public static Dictionary<string, string?> Meeting(Random random) =>
        new()
        {
            ["hs_meeting_title"] = random.OnceIn(2) ? "Онлайн-тур" : "Viewing",
            ["hs_meeting_body"] = random.Pick(Notes),
            ["hs_meeting_location"] = random.OnceIn(2) ? "Google Meet" : "Офіс",
            ["hs_meeting_outcome"] = random.Pick(["SCHEDULED", "COMPLETED", "RESCHEDULED", "NO_SHOW", "CANCELED"]),
        };

    public static Dictionary<string, string?> Task(Random random) =>
        new()
        {
            ["hs_task_subject"] = random.Pick(Tasks),
            ["hs_task_body"] = random.Pick(Notes),
            ["hs_task_status"] = random.OnceIn(2) ? "NOT_STARTED" : "COMPLETED",
            ["hs_task_priority"] = random.Pick(["LOW", "MEDIUM", "HIGH"]),
            ["hs_task_type"] = random.Pick(["CALL", "EMAIL", "TODO"]),
        };

    public static AssociationInput LinkTo(ObjectType from, CrmRecord to) =>
        new(new IdInput(to.IdText), [new AssociationTypeInput(null, AssociationType.Default(from, to.Type).TypeId)]);
}
