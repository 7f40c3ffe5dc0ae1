using Bunit;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Web;
using ProPartHub.Web.Components.Timeline;
using Xunit;

namespace ProPartHub.Tests.Components.Timeline;

/// <summary>A change names its fields and values in the reader's language.</summary>
public sealed class TimelineEntryViewTests : ComponentTest
{
    private static readonly Guid Taras = Guid.CreateVersion7();

    private static readonly StageItem Stage = new(
        Guid.CreateVersion7(),
        Guid.CreateVersion7(),
        "Ліди",
        "На зв'язку",
        LeadStatus.Contacted,
        1,
        IsRemoved: false
    );

    public static TheoryData<string, string?, string?, string> Changes =>
        new()
        {
            { nameof(LeadField.Country), "Дубай", "Оман", "Country of purchase: Dubai → Oman" },
            { nameof(LeadField.Country), null, "Атлантида", "Country of purchase: — → Атлантида" },
            { nameof(LeadField.BudgetFrom), "200000", "1000000.5", "Budget from: 200,000 → 1,000,000.50" },
            { nameof(LeadField.BirthDate), null, "1990-12-31", "Birthday: — → 31 Dec 1990" },
            { nameof(LeadField.Phone), null, "+380501234567", "Phone: — → +380 50 123 4567" },
            { nameof(LeadField.Agent), null, Taras.ToString(), "Responsible agent: Unassigned → Тарас Вовк" },
            { nameof(LeadField.Stage), Guid.Empty.ToString(), Stage.Id.ToString(), "Stage: — → На зв'язку" },
            { FieldChange.Budget, "200000..500000", "1000000..", "Budget: 200,000 – 500,000 → from 1,000,000" },
            { FieldChange.Budget, "..200000", "350000..350000", "Budget: up to 200,000 → 350,000" },
            {
                FieldChange.Attention,
                "None",
                "NoPhone, UnknownStage",
                "Needs attention: — → no phone, unknown HubSpot stage"
            },
            { FieldChange.Comment, "старе", null, "Comment: старе → —" },
            { FieldChange.Reason, null, "у відпустці", "Reason: у відпустці" },
            { FollowUpFields.Due, "2026-12-01T08:30:00Z", null, "When: 1 Dec 10:30 → —" },
            { FollowUpFields.Title, "Зателефонувати", "Зателефонувати", "What to do: Зателефонувати" },
            { "hs_new_property", "1", "2", "hs_new_property: 1 → 2" },
            { nameof(LeadField.Notes), null, "<b>жирно</b>", "Notes: — → <b>жирно</b>" },
        };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Change_IsToldInWords(string field, string? before, string? after, string expected)
    {
        Speak("en");

        var entry = Show(LeadEventKind.Edited, new FieldChange(field, before, after));

        Assert.Equal(
            expected,
            string.Join(
                ' ',
                entry.Find(".entry-changes li").TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            )
        );
        Assert.Empty(entry.FindAll(".entry-changes b"));
    }

    [Fact]
    public void EveryKindAndFlag_HasWordsInBothLanguages()
    {
        foreach (var language in new[] { "uk", "en" })
        {
            Speak(language);
            foreach (var kind in Enum.GetValues<LeadEventKind>().Except(ToldAsThemselves))
            {
                var every = Enum.GetValues<Attention>().Aggregate((all, flag) => all | flag);
                var text = Show(kind, new FieldChange(FieldChange.Attention, null, every.ToString())).Markup;
                Assert.DoesNotContain("Event_", text, StringComparison.Ordinal);
                Assert.DoesNotContain("Attention_", text, StringComparison.Ordinal);
            }
        }
    }

    private static LeadEventKind[] ToldAsThemselves =>
        [
            LeadEventKind.CommentAdded,
            LeadEventKind.CommentEdited,
            LeadEventKind.ActivityAdded,
            LeadEventKind.SyncStateChanged,
        ];

    private IRenderedComponent<TimelineEntryView> Show(LeadEventKind kind, FieldChange change)
    {
        var happened = new LeadEvent
        {
            Kind = kind,
            ActorName = "Ніна Коваль",
            OccurredAt = Clock.GetUtcNow(),
            Changes = [change],
        };
        return Render<TimelineEntryView>(parameters =>
            parameters
                .Add(view => view.Entry, new TimelineEntry(happened.OccurredAt, Event: happened))
                .Add(view => view.Actor, Actor.System)
                .Add(view => view.Stages, [Stage])
                .Add(view => view.Names, new Dictionary<Guid, string> { [Taras] = "Тарас Вовк" })
        );
    }
}
