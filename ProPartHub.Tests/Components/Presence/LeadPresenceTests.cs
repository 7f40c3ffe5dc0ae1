using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Live.Presence;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Components.Leads;
using ProPartHub.Web.Components.Boards;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.Presence;
using Xunit;

namespace ProPartHub.Tests.Components.Presence;

/// <summary>A lead's page and the board show who has the lead open; a sign of life alone renders nothing.</summary>
public sealed class LeadPresenceTests : LeadComponentTest
{
    private Guid _lead;

    protected override async Task ArrangeAsync()
    {
        await base.ArrangeAsync();
        _lead = (await Bed.LeadAsync(Bed.Olena, 1)).Id;
    }

    [Fact]
    public async Task Header_NamesWhoIsHere_AndWhatTheyDo()
    {
        var page = await OpenAsync(Bed.Olena);
        Assert.Empty(page.FindAll(".presence"));
        var note = Note(Bed.Nina);

        Hear(note);
        page.WaitForAssertion(() => Assert.Equal(Bed.Nina.Name, page.Find(".presence-name").TextContent));
        Assert.Empty(page.FindAll(".presence-doing"));

        Hear(note with { Activity = PresenceActivity.Commenting });
        page.WaitForAssertion(() => Assert.Equal("пише коментар", page.Find(".presence-doing").TextContent));

        Hear(note with { Activity = PresenceActivity.Editing, Field = LeadField.Country });
        page.WaitForAssertion(() => Assert.Equal("редагує «Країна покупки»", page.Find(".presence-doing").TextContent));

        Hear(note with { IsGone = true });
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".presence")));
    }

    [Fact]
    public async Task SignOfLife_RendersNothing()
    {
        var note = Note(Bed.Nina);
        Hear(note);
        var page = await OpenAsync(Bed.Olena);
        var presence = page.FindComponent<LeadPresence>();
        // What is said to those who listen is the last of what it renders for somebody who comes.
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".presence-name")));
        Clock.Advance(TimeSpan.FromSeconds(2));
        page.WaitForAssertion(() => Assert.NotEmpty(page.Find("[data-presence]").TextContent));
        var facts = page.FindComponent<FactSheet>();
        var (shown, beside) = (presence.RenderCount, facts.RenderCount);

        for (var beat = 0; beat < 10; beat++)
        {
            Hear(note);
        }

        await presence.InvokeAsync(() => { });
        Assert.Equal(shown, presence.RenderCount);

        // What somebody does is drawn in the header, and the rest of the page stays as it is.
        Hear(note with { Activity = PresenceActivity.Commenting });
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".presence-doing")));
        Assert.Equal(beside, facts.RenderCount);
    }

    [Fact]
    public async Task ThoseWhoListen_AreToldWhoIsHere_OnceItIsQuiet_AndNotOfTyping()
    {
        var page = await OpenAsync(Bed.Olena);
        var note = Note(Bed.Nina);

        Hear(note);
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".presence-name")));
        Assert.Equal("", Said());
        Clock.Advance(TimeSpan.FromSeconds(2));
        page.WaitForAssertion(() => Assert.Equal($"{Bed.Nina.Name} переглядає цей лід.", Said()));

        Hear(note with { Activity = PresenceActivity.Commenting });
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".presence-doing")));
        Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal($"{Bed.Nina.Name} переглядає цей лід.", Said());

        string Said() => page.Find("[data-presence]").TextContent;
    }

    [Fact]
    public async Task Page_EntersAndLeaves_AndTellsOfTypingAndEditing()
    {
        var page = await OpenAsync(Bed.Olena);
        var visit = Assert.Single(Visits.Open);
        Assert.Equal(PresenceActivity.Looking, visit.Due(isBeat: true)!.Activity);

        await page.OnAsync("#comment", element => element.InputAsync(new ChangeEventArgs { Value = "Д" }));
        Assert.Equal(PresenceActivity.Commenting, visit.Due(isBeat: true)!.Activity);
        await page.OnAsync("#comment", element => element.InputAsync(new ChangeEventArgs { Value = "" }));
        Assert.Equal(PresenceActivity.Looking, visit.Due(isBeat: true)!.Activity);

        await page.OnAsync("[data-command=Edit]", element => element.ClickAsync(new()));
        Assert.Equal(new PresenceState(PresenceActivity.Editing, null), visit.Due(isBeat: true));

        await DisposeComponentsAsync();
        Assert.Equal(0, Visits.Count);
    }

    [Fact]
    public async Task AdminInViewAs_EntersNothing()
    {
        SignIn(Bed.Olena, viewer: Bed.Ada);

        var page = Render<LeadDetailPage>(detail => detail.Add(one => one.Id, _lead));
        await page.WaitForElementAsync("h1");

        Assert.Equal(0, Visits.Count);
    }

    [Fact]
    public async Task LostConnection_IsSilence_AndCircuitsHaveSoManyVisitsOnly()
    {
        var circuit = Services.GetRequiredService<CircuitPresence>();
        var first = circuit.Enter(Bed.Olena, _lead);
        for (var number = 0; number < CircuitPresence.Most; number++)
        {
            circuit.Enter(Bed.Olena, _lead);
        }

        Assert.Equal(CircuitPresence.Most, Visits.Count);
        await circuit.OnConnectionDownAsync(null!, Token);
        Assert.All(Visits.Open, visit => Assert.Null(visit.Due(isBeat: true)));
        await circuit.OnConnectionUpAsync(null!, Token);
        Assert.All(Visits.Open, visit => Assert.NotNull(visit.Due(isBeat: true)));

        first!.Dispose();
        Assert.Equal(CircuitPresence.Most, Visits.Count);
        circuit.Dispose();
        Assert.Equal(0, Visits.Count);
    }

    [Fact]
    public async Task Board_ShowsFaces_OnTheCardsConcerned_WithoutFurtherCommands()
    {
        var other = (await Bed.LeadAsync(Bed.Olena, 2)).Id;
        var note = Note(Bed.Nina);
        Hear(note);
        SignIn(Bed.Olena);
        Services.GetRequiredService<NavigationManager>().NavigateTo("/board");
        var board = Render<BoardPage>();
        await board.WaitForElementAsync(".card-present");
        Assert.Single(board.FindAll(".card-present"));
        var still = board.FindComponents<BoardCardView>().Single(card => card.Instance.Card.Id == other).RenderCount;
        Bed.Sql.Reset();

        // A name is asked for once, whoever is met again is known.
        Hear(note with { IsGone = true });
        board.WaitForAssertion(() => Assert.Empty(board.FindAll(".card-present")));
        Hear(note);
        board.WaitForAssertion(() => Assert.Single(board.FindAll(".card-present")));

        Assert.Empty(Bed.Sql.Commands);
        Assert.Equal(
            still,
            board.FindComponents<BoardCardView>().Single(card => card.Instance.Card.Id == other).RenderCount
        );
    }

    private async Task<IRenderedComponent<LeadDetailPage>> OpenAsync(Actor actor)
    {
        SignIn(actor);
        var page = Render<LeadDetailPage>(detail => detail.Add(one => one.Id, _lead));
        await page.WaitForElementAsync("#comment");
        return page;
    }

    private void Hear(PresenceNote note) => Room.Hear(PresenceNote.Payloads([note]).Single());

    private PresenceNote Note(Actor visitor) =>
        new()
        {
            VisitId = Guid.CreateVersion7(),
            LeadId = _lead,
            UserId = visitor.UserId,
            AgentId = Bed.Olena.UserId,
            TeamId = Bed.Olena.TeamId,
        };
}
