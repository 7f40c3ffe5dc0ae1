using Bunit;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;
using ProPartHub.Web.Components.Leads;
using Xunit;

namespace ProPartHub.Tests.Components.Leads;

/// <summary>On a lead's page a consent is recorded, changed and taken back, and a withdrawal cannot be overlooked.</summary>
public sealed class ConsentSectionTests : LeadComponentTest
{
    [Fact]
    public async Task Consent_IsRecorded_ThenTakenBack_ForEverybodyToSee()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        var page = Open(Bed.Olena, lead.Id);
        Assert.Equal("Не записано", page.Find(".consent-state").TextContent);

        await SaveAsync(page, ConsentState.Given, "усно, текст 2");
        page.WaitForAssertion(() => Assert.Equal("Надано", page.Find(".consent-state").TextContent));
        var facts = page.Find(".consent-facts").TextContent;
        Assert.Contains("2\u00a0бер.\u00a02026", facts, StringComparison.Ordinal);
        Assert.Contains(Bed.Olena.Name, facts, StringComparison.Ordinal);
        Assert.Equal("усно, текст 2", page.Find(".consent-note").TextContent);
        Assert.Empty(page.FindAll(".lead-withdrawn"));

        await SaveAsync(page, ConsentState.Withdrawn, "лист");
        await PublishAsync(lead.Id, LeadEventKind.ConsentRecorded, Bed.Olena);
        page.WaitForElement(".lead-withdrawn");
        Assert.Equal("Відкликано", page.Find(".consent-state").TextContent);
        page.WaitForAssertion(() =>
            Assert.Contains("Надано → Відкликано", page.Find(".entries").TextContent, StringComparison.Ordinal)
        );
        Assert.DoesNotContain("стерти", page.Find(".lead-withdrawn").TextContent, StringComparison.Ordinal);
        Assert.Contains("стерти", Open(Bed.Ada, lead.Id).Find(".lead-withdrawn").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SomebodyRecordedItMeanwhile_ThePersonDecides(bool takesMine)
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        var page = Open(Bed.Olena, lead.Id);
        await page.Find(".consent-section header button").ClickAsync(new());
        await TypeAsync(page, ConsentState.Given, "усно");
        await Bed.Get<LeadService>()
            .RecordConsentAsync(
                Bed.Nina,
                lead.Id,
                new(ConsentState.NotRecorded, null),
                new(ConsentState.Withdrawn, "лист"),
                overrule: false,
                Token
            );
        await PublishAsync(lead.Id, LeadEventKind.ConsentRecorded, Bed.Nina);
        page.WaitForElement(".lead-withdrawn");

        await page.Find(".consent-section form").SubmitAsync();
        var told = page.WaitForElement(".consent-meanwhile").TextContent;
        Assert.Contains("Відкликано · лист", told, StringComparison.Ordinal);
        Assert.Contains(Bed.Nina.Name, told, StringComparison.Ordinal);
        await page.FindAll(".consent-meanwhile button")[takesMine ? 0 : 1].ClickAsync(new());

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".consent-section form")));
        var stored = LeadConsent.Of(await Bed.LoadAsync(lead.Id));
        Assert.Equal(takesMine ? ConsentState.Given : ConsentState.Withdrawn, stored.State);
        Assert.Equal(takesMine ? "усно" : "лист", stored.Note);
    }

    [Fact]
    public async Task TooLongANote_IsToldAtItsField_AndStays()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        var page = Open(Bed.Olena, lead.Id);
        var note = new string('x', LeadLimits.ConsentNote + 1);

        await SaveAsync(page, ConsentState.Given, note);

        Assert.Contains("300", page.WaitForElement("#consent-note-error").TextContent, StringComparison.Ordinal);
        Assert.Equal(note, page.Find("#consent-note").GetAttribute("value"));
    }

    [Fact]
    public async Task NoteThatIsBeingTyped_WhileAnotherStateIsChosen_Stays()
    {
        var drafts = JSInterop.SetupModule("./js/drafts.js").SetupModule("keep", _ => true);
        var swap = drafts.Setup<string?>("swap", _ => true);
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        await RecordAsync(lead.Id, new(ConsentState.Given, "усно"));
        var page = Open(Bed.Olena, lead.Id);
        await page.OnAsync(".consent-section header button", element => element.ClickAsync(new()));

        // The browser answers what stands in the note by then; no more is rendered over it.
        swap.SetResult("лист");
        await ChooseAsync(page, ConsentState.Withdrawn);
        Assert.Equal(["consent-note", "усно", ""], swap.VerifyInvoke("swap").Arguments);
        Assert.Equal("усно", page.Find("#consent-note").GetAttribute("value"));
        await page.OnAsync(".consent-section form", element => element.SubmitAsync());

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".consent-section form")));
        var stored = LeadConsent.Of(await Bed.LoadAsync(lead.Id));
        Assert.Equal((ConsentState.Withdrawn, "лист"), (stored.State, stored.Note));
    }

    [Theory]
    [InlineData(ConsentState.Withdrawn, null)]
    [InlineData(ConsentState.Given, "усно")]
    public async Task NoteOfAnotherState_IsNotTakenAlong_AndComesBackWithIts(ConsentState chosen, string? note)
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        await RecordAsync(lead.Id, new(ConsentState.Given, "усно"));
        var page = Open(Bed.Olena, lead.Id);
        await page.OnAsync(".consent-section header button", element => element.ClickAsync(new()));

        await ChooseAsync(page, ConsentState.NotRecorded);
        await ChooseAsync(page, ConsentState.Withdrawn);
        await ChooseAsync(page, chosen);
        await page.OnAsync(".consent-section form", element => element.SubmitAsync());

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".consent-section form")));
        var stored = LeadConsent.Of(await Bed.LoadAsync(lead.Id));
        Assert.Equal((chosen, note), (stored.State, stored.Note));
    }

    private Task RecordAsync(Guid leadId, ConsentInput consent) =>
        Bed.Get<LeadService>()
            .RecordConsentAsync(
                Bed.Olena,
                leadId,
                new(ConsentState.NotRecorded, null),
                consent,
                overrule: false,
                Token
            );

    private static Task ChooseAsync(IRenderedComponent<LeadDetailPage> page, ConsentState state) =>
        page.OnAsync("#consent-state", element => element.ChangeAsync(new() { Value = state.ToString() }));

    private static async Task SaveAsync(IRenderedComponent<LeadDetailPage> page, ConsentState state, string note)
    {
        await page.Find(".consent-section header button").ClickAsync(new());
        await TypeAsync(page, state, note);
        await page.Find(".consent-section form").SubmitAsync();
    }

    private static async Task TypeAsync(IRenderedComponent<LeadDetailPage> page, ConsentState state, string note)
    {
        await page.Find("#consent-state").ChangeAsync(new() { Value = state.ToString() });
        await page.Find("#consent-note").ChangeAsync(new() { Value = note });
    }

    private IRenderedComponent<LeadDetailPage> Open(Actor actor, Guid lead)
    {
        SignIn(actor);
        var page = Render<LeadDetailPage>(parameters => parameters.Add(view => view.Id, lead));
        page.WaitForElement(".facts");
        return page;
    }
}
