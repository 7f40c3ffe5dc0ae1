using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Components.Leads;
using ProPartHub.Tests.Live;
using ProPartHub.Web.Components.Boards;
using Xunit;

namespace ProPartHub.Tests.Components.Boards;

/// <summary>The board by agents and by days, what becomes of cards that a filter hides, and who is said to have moved what.</summary>
public sealed class BoardGroupingTests : LeadComponentTest
{
    private Guid _contacted;

    protected override async Task ArrangeAsync()
    {
        await base.ArrangeAsync();
        _contacted = await Bed.StageAsync(LeadStatus.Contacted);
        Clock.SetUtcNow(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));
        Bed.Time.SetUtcNow(Clock.GetUtcNow());
    }

    [Fact]
    public async Task DropOnAnAgent_AsksForTheReason_HandsOver_AndGoesBackByOneClick()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        var (dialogs, snackbar) = (RenderDialogs(), Render<MudSnackbarProvider>());
        var board = await OpenAsync(Bed.Nina, "/board?by=agent");

        var drop = DragAsync(board, Key(Bed.Taras));
        dialogs.WaitForElement("#transfer-reason");
        Assert.Equal(Bed.Olena.UserId, (await Bed.LoadAsync(lead.Id)).AgentId);
        Assert.Contains("Тарас Вовк", dialogs.Find(".chosen").TextContent, StringComparison.Ordinal);
        Assert.Empty(dialogs.FindAll("#transfer-search"));
        await dialogs.OnAsync("#transfer-reason", element => element.InputAsync(new() { Value = "відпустка" }));
        await dialogs.OnAsync(".mud-button-filled", element => element.ClickAsync(new()));
        await drop;

        board.WaitForAssertion(() => Assert.NotNull(Column(board, Key(Bed.Taras)).QuerySelector(".card")));
        Assert.Equal(Bed.Taras.UserId, (await Bed.LoadAsync(lead.Id)).AgentId);
        snackbar.WaitForElement(".mud-snackbar button");
        await snackbar.InvokeAsync(() => snackbar.Find(".mud-snackbar button").Click());
        board.WaitForAssertion(() => Assert.NotNull(Column(board, Key(Bed.Olena)).QuerySelector(".card")));
        Assert.Equal(Bed.Olena.UserId, (await Bed.LoadAsync(lead.Id)).AgentId);
    }

    [Fact]
    public async Task HandOverGivenUp_LeavesTheCardWhereItIs()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        var dialogs = RenderDialogs();
        var board = await OpenAsync(Bed.Nina, "/board?by=agent");

        var drop = DragAsync(board, "pool");
        await dialogs.OnAsync(".mud-dialog-actions .mud-button-root", element => element.ClickAsync(new()));
        await drop;

        Assert.NotNull(Column(board, Key(Bed.Olena)).QuerySelector(".card"));
        Assert.Equal(Bed.Olena.UserId, (await Bed.LoadAsync(lead.Id)).AgentId);
    }

    [Fact]
    public async Task Agents_HaveNoColumnsOfColleagues()
    {
        await Bed.LeadAsync(Bed.Olena, 1);

        var board = await OpenAsync(Bed.Olena, "/board?by=agent");

        Assert.Equal(5, board.FindAll(".column").Count);
        Assert.Equal(2, board.FindAll(".segmented a").Count);
    }

    [Fact]
    public async Task DropOnADay_MovesTheFollowUp_AndBackAlsoIntoThePast()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        var before = Clock.GetUtcNow().AddHours(1);
        await Bed.Get<FollowUpService>()
            .AddAsync(Bed.Olena, Guid.CreateVersion7(), lead.Id, new("Подзвонити", null, before), Token);
        Clock.Advance(TimeSpan.FromDays(1));
        Bed.Time.Advance(TimeSpan.FromDays(1));
        var snackbar = Render<MudSnackbarProvider>();
        var board = await OpenAsync(Bed.Olena, "/board?by=followup");
        Assert.NotNull(Column(board, "overdue").QuerySelector(".card-late strong"));

        await DragAsync(board, "tomorrow");

        board.WaitForAssertion(() => Assert.NotNull(Column(board, "tomorrow").QuerySelector(".card")));
        Assert.Equal(before.AddDays(2), (await OpenFollowUpAsync(lead.Id)).DueAt);
        snackbar.WaitForElement(".mud-snackbar button");
        await snackbar.InvokeAsync(() => snackbar.Find(".mud-snackbar button").Click());
        board.WaitForAssertion(() => Assert.NotNull(Column(board, "overdue").QuerySelector(".card")));
        Assert.Equal(before, (await OpenFollowUpAsync(lead.Id)).DueAt);
    }

    [Fact]
    public async Task DropOnADay_WhereNothingIsPlanned_MakesAFollowUp()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        var board = await OpenAsync(Bed.Olena, "/board?by=followup");

        await DragAsync(board, "today");

        board.WaitForAssertion(() => Assert.Equal("1", Count(board, "today")));
        Assert.Contains("Клієнт 1", (await OpenFollowUpAsync(lead.Id)).Title, StringComparison.Ordinal);

        await DragAsync(board, "none");
        board.WaitForAssertion(() => Assert.NotEmpty(board.Find(".board-message").TextContent));
        Assert.NotNull(Column(board, "today").QuerySelector(".card"));
    }

    [Fact]
    public async Task CardThatTheFilterHides_IsSaidToBeWhereItIs()
    {
        await Bed.LeadAsync(Bed.Olena, 1);
        var board = await OpenAsync(Bed.Olena, "/board?status=new");

        await DragAsync(board, _contacted.ToString());

        board.WaitForAssertion(() =>
            Assert.Contains("На зв'язку", board.Find(".board-notice").TextContent, StringComparison.Ordinal)
        );
        Assert.Empty(board.FindAll(".card"));
        Assert.Equal("0", Count(board, _contacted.ToString()));
        Assert.NotNull(board.Find(".board-notice a[href^='/leads/']"));
    }

    [Fact]
    public async Task CardMovedByAColleague_SaysWhoItWas_AlsoToThoseWhoListen()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        var board = await OpenAsync(Bed.Nina, "/board");
        await Bed.Get<LeadService>().MoveAsync(Bed.Olena, lead.Id, _contacted, null, Token);

        await PublishAsync(lead.Id, LeadEventKind.StageChanged, Bed.Olena);

        board.WaitForAssertion(() => Assert.Equal("Олена Гнатюк", board.Find(".card-by").TextContent));
        Clock.Advance(TimeSpan.FromSeconds(2));
        board.WaitForAssertion(() =>
            Assert.Contains("Олена Гнатюк", board.Find("[role=status]").TextContent, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task CardMovedInHubSpot_SaysHubSpot()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        var board = await OpenAsync(Bed.Nina, "/board");
        await Bed.Get<LeadService>().MoveAsync(Bed.Olena, lead.Id, _contacted, null, Token);

        Feed.Publish(
            new FeedMessage
            {
                Kind = LeadEventKind.StageChanged,
                LeadId = lead.Id,
                AgentId = Bed.Olena.UserId,
                TeamId = Bed.Olena.TeamId,
                Origin = ChangeOrigin.HubSpot,
            }
        );

        board.WaitForAssertion(() => Assert.Equal("HubSpot", board.Find(".card-by").TextContent));
    }

    [Fact]
    public async Task OwnMove_NeitherGlowsNorIsTold()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        await Bed.LeadAsync(Bed.Olena, 2, "Інша");
        var board = await OpenAsync(Bed.Olena, "/board");
        await DragAsync(board, _contacted.ToString(), card: 1);
        board.WaitForAssertion(() => Assert.Equal("1", Count(board, _contacted.ToString())));

        await PublishAsync(lead.Id, LeadEventKind.StageChanged, Bed.Olena);
        await RenameAsync(Bed.Nina, lead.Id, 1, "Перейменований");
        await PublishAsync(lead.Id, LeadEventKind.Edited, Bed.Nina);

        // Batches of the feed keep their distance by the clock.
        await Eventually.IsAsync(
            () => board.FindAll(".card-by").Count > 0,
            () => Clock.Advance(FeedSubscription.Window),
            Token
        );
        Assert.Equal("Ніна Коваль", board.Find(".card-by").TextContent);
        Assert.Single(board.FindAll(".card-by"));
        Assert.Single(board.FindAll(".glow"));
    }

    [Fact]
    public async Task OfTwoPeopleMovingOneCard_TheSecondIsTold_AndSeesTheFirst()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        var board = await OpenAsync(Bed.Nina, "/board");
        await Bed.Get<LeadService>().MoveAsync(Bed.Olena, lead.Id, _contacted, null, Token);

        await DragAsync(board, (await Bed.StageAsync(LeadStatus.Won)).ToString());

        board.WaitForAssertion(() => Assert.NotEmpty(board.Find(".board-message").TextContent));
        Assert.NotNull(Column(board, _contacted.ToString()).QuerySelector(".card"));
        Assert.Equal(_contacted, (await Bed.LoadAsync(lead.Id)).StageId);
    }

    [Fact]
    public async Task Nudge_MovesToTheNextColumn_AndNothingBeyondTheEdge()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        var board = await OpenAsync(Bed.Olena, "/board");

        await board.InvokeAsync(() => board.Instance.NudgeAsync(lead.Id, -1));
        await board.InvokeAsync(() => board.Instance.NudgeAsync(Guid.CreateVersion7(), 1));
        await board.InvokeAsync(() => board.Instance.NudgeAsync(lead.Id, 1000));
        Assert.Equal(await Bed.StageAsync(LeadStatus.New), (await Bed.LoadAsync(lead.Id)).StageId);

        await board.InvokeAsync(() => board.Instance.NudgeAsync(lead.Id, 1));
        Assert.Equal(_contacted, (await Bed.LoadAsync(lead.Id)).StageId);
    }

    private async Task<FollowUpView> OpenFollowUpAsync(Guid leadId) =>
        Assert.Single(await Bed.Get<FollowUpQueries>().OpenAsync(Bed.Olena, leadId, Token));

    private async Task<IRenderedComponent<BoardPage>> OpenAsync(Actor actor, string address)
    {
        SignIn(actor);
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        var page = Render<BoardPage>();
        await page.WaitForElementAsync(".board");
        return page;
    }

    private static async Task DragAsync(IRenderedComponent<BoardPage> board, string column, int card = 0)
    {
        await board.OnAsync(".card", element => element.DragStartAsync(new()), card);
        await board.OnAsync($"[data-column='{column}']", element => element.DropAsync(new()));
    }

    private static IElement Column(IRenderedComponent<BoardPage> board, string key) =>
        board.Find($"[data-column='{key}']");

    private static string Count(IRenderedComponent<BoardPage> board, string key) =>
        Column(board, key).QuerySelector(".column-count")!.TextContent.Trim();

    private static string Key(Actor actor) => actor.UserId.ToString();
}
