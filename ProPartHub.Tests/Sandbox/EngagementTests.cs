using Xunit;

namespace ProPartHub.Tests.Sandbox;

/// <summary>Chapter 3, engagements: the properties and option values of what stands on a timeline.</summary>
public sealed class EngagementTests : ContractTest
{
    [Theory]
    [InlineData("notes", """{"hs_note_body":"<div dir=\"auto\"><p>Текст</p></div>","hs_attachment_ids":"1;2"}""")]
    [InlineData(
        "calls",
        """
            {"hs_call_title":"Дзвінок","hs_call_body":"<p>x</p>","hs_call_direction":"INBOUND","hs_call_duration":"61000",
             "hs_call_disposition":"f240bbac-87c9-4f6e-bf70-924b57d47db7","hs_call_from_number":"+380501234567",
             "hs_call_to_number":"+380501234568","hs_call_status":"COMPLETED",
             "hs_call_recording_url":"https://example.com/a.mp3"}
            """
    )]
    [InlineData(
        "emails",
        """
            {"hs_email_direction":"INCOMING_EMAIL","hs_email_status":"SENT","hs_email_subject":"Тема","hs_email_text":"x",
             "hs_email_html":"<p>x</p>","hs_email_headers":"{\"from\":{\"email\":\"a@example.com\"}}"}
            """
    )]
    [InlineData(
        "meetings",
        """
            {"hs_meeting_title":"Показ","hs_meeting_body":"x","hs_internal_meeting_notes":"y","hs_meeting_location":"Офіс",
             "hs_meeting_external_url":"https://example.com","hs_meeting_start_time":"2026-11-24T10:00:00Z",
             "hs_meeting_end_time":"2026-11-24T11:00:00Z","hs_meeting_outcome":"NO_SHOW"}
            """
    )]
    [InlineData(
        "tasks",
        """
            {"hs_task_subject":"Передзвонити","hs_task_body":"x","hs_task_status":"NOT_STARTED","hs_task_priority":"HIGH",
             "hs_task_type":"CALL","hs_task_reminders":"1790000000000"}
            """
    )]
    public async Task Activity_TakesItsProperties(string type, string properties)
    {
        var withTime = properties.Insert(
            properties.IndexOf('{', StringComparison.Ordinal) + 1,
            "\"hs_timestamp\":\"1790000000000\","
        );

        var made = await PostAsync($"/crm/objects/2026-03/{type}", $$"""{"properties":{{withTime}} }""");

        Assert.Equal("2026-09-21T14:13:20Z", made.Expect(201).Body.Value("hs_timestamp"));
    }

    [Theory]
    [InlineData("calls", "hs_call_direction", "INBOUND,OUTBOUND")]
    [InlineData(
        "calls",
        "hs_call_disposition",
        "f240bbac-87c9-4f6e-bf70-924b57d47db7,73a0d17f-1163-4015-bdd5-ec830791da20,"
            + "9d9162e7-6cf3-4944-bf63-4dff82258764,b2cf5968-551e-4856-9783-52b3da59a7d0,"
            + "a4c4c377-d246-4b32-a13b-75a56a4cd0ff,17b47fee-58de-441e-a44c-c6300d46f273"
    )]
    [InlineData(
        "calls",
        "hs_call_status",
        "BUSY,CALLING_CRM_USER,CANCELED,COMPLETED,CONNECTING,FAILED,IN_PROGRESS,NO_ANSWER,QUEUED,RINGING,missed"
    )]
    [InlineData("emails", "hs_email_direction", "EMAIL,INCOMING_EMAIL,FORWARDED_EMAIL")]
    [InlineData("emails", "hs_email_status", "BOUNCED,FAILED,SCHEDULED,SENDING,SENT")]
    [InlineData("meetings", "hs_meeting_outcome", "SCHEDULED,COMPLETED,RESCHEDULED,NO_SHOW,CANCELED")]
    [InlineData("tasks", "hs_task_status", "NOT_STARTED,COMPLETED,WAITING")]
    [InlineData("tasks", "hs_task_priority", "NONE,LOW,MEDIUM,HIGH")]
    [InlineData("tasks", "hs_task_type", "EMAIL,CALL,TODO")]
    public async Task Options_AreHubSpots(string type, string property, string values)
    {
        var definition = (await GetAsync($"/crm/properties/2026-03/{type}/{property}")).Expect(200);

        var options = definition["options"].EnumerateArray().Select(option => option.Text("value")!).ToList();
        Assert.Empty(values.Split(',').Except(options));
    }

    [Fact]
    public async Task NoteBody_TakesUpTo65536Characters()
    {
        (await NoteAsync(65_536)).Expect(201);
        (await NoteAsync(65_537)).ExpectError(400, "VALIDATION_ERROR");

        Task<Answer> NoteAsync(int length) =>
            PostAsync(
                Notes,
                $$"""{"properties":{"hs_timestamp":"1790000000000","hs_note_body":"{{new string('ї', length)}}"} }"""
            );
    }
}
