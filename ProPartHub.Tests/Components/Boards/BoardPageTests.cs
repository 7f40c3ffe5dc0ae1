using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using ProPartHub.Domain.Boards;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Components.Leads;
using ProPartHub.Web.Components.Boards;
using ProPartHub.Web.Components.Shared;
using Xunit;

namespace ProPartHub.Tests.Components.Boards;

/// <summary>The board over real leads: it follows the feed card by card, and a move shows, is stored, or goes back.</summary>
public sealed class BoardPageTests : LeadComponentTest
{
    private Guid _new;
    private Guid _qualified;
    private Guid _lost;

    protected override async Task ArrangeAsync()
    {
        await base.ArrangeAsync();
        _new = await Bed.StageAsync(LeadStatus.New);
        _qualified = await Bed.StageAsync(LeadStatus.Qualified);
        _lost = await Bed.StageAsync(LeadStatus.Lost);
    }

    [Fact]
    public async Task EachRole_SeesItsOwnCards_AndFiguresThatEqualThem()
    {
        await Bed.LeadAsync(Bed.Olena, 1, "Своя");
        await Bed.LeadAsync(Bed.James, 2, "Чужа");

        var board = await OpenAsync(Bed.Nina);

        Assert.Equal("Своя 1", Assert.Single(board.FindAll(".card-head a")).TextContent);
        Assert.Equal("1", Column(board, _new).QuerySelector(".column-count")!.TextContent.Trim());
    }

    [Fact]
    public async Task ChangeBySomebodyElse_MovesTheCard_AndMakesItGlow()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1, "Мандрівна");
        await Bed.LeadAsync(Bed.Olena, 2, "Нерухома");
        var board = await OpenAsync(Bed.Nina);
        await Bed.Get<LeadService>().MoveAsync(Bed.Olena, lead.Id, _qualified, null, Token);

        Feed.Publish(Message(lead.Id, Bed.Olena));

        board.WaitForAssertion(() =>
            Assert.Contains("glow", Card(Column(board, _qualified), "Мандрівна 1").ClassName!, StringComparison.Ordinal)
        );
        Assert.DoesNotContain("glow", Card(Column(board, _new), "Нерухома 2").ClassName!, StringComparison.Ordinal);
        Clock.Advance(TimeSpan.FromSeconds(2));
        board.WaitForAssertion(() =>
            Assert.Equal("1", Column(board, _qualified).QuerySelector(".column-count")!.TextContent.Trim())
        );
    }

    [Theory]
    [InlineData("/board", true, false)]
    [InlineData("/board", null, true)]
    [InlineData("/board?q=380", true, true)]
    public async Task FiguresAreReadAgain_OnlyWhereAChangeMayHaveMovedThem(string address, bool? keeps, bool mustRead)
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        var board = await OpenAsync(Bed.Nina, address);
        await RenameAsync(Bed.Olena, lead.Id, 1, "Перейменована");
        Bed.Sql.Reset();

        Feed.Publish(Message(lead.Id, Bed.Olena) with { KeepsFigures = keeps });
        board.WaitForAssertion(() => Assert.Contains("Перейменована", board.Markup, StringComparison.Ordinal));
        Clock.Advance(LateRefresh.Pause);
        if (mustRead)
        {
            board.WaitForAssertion(() => Assert.Contains(Bed.Sql.Commands, IsOfFigures));
        }
        else
        {
            // Whatever the pause had started would be before this in the page's queue.
            await board.InvokeAsync(() => Task.CompletedTask);
            Assert.DoesNotContain(Bed.Sql.Commands, IsOfFigures);
        }

        static bool IsOfFigures(string command) =>
            command.Contains("stage_figures", StringComparison.Ordinal)
            || command.Contains("sum(", StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task LeadThatLeftOnesSight_LeavesTheBoard()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1, "Передана");
        var board = await OpenAsync(Bed.Nina);
        await Bed.Get<LeadService>().TransferAsync(Bed.Ada, lead.Id, Bed.James.UserId, null, Token);

        Feed.Publish(
            Message(lead.Id, Bed.James) with
            {
                Kind = LeadEventKind.Transferred,
                PreviousAgentId = Bed.Olena.UserId,
                PreviousTeamId = Bed.Olena.TeamId,
            }
        );

        board.WaitForAssertion(() => Assert.Empty(board.FindAll(".card")));
    }

    [Fact]
    public async Task RefreshAll_ReadsTheBoardAgain_AndWhatMovedGlows()
    {
        var moved = await Bed.LeadAsync(Bed.Olena, 1, "Мандрівна");
        await Bed.LeadAsync(Bed.Olena, 2, "Нерухома");
        var board = await OpenAsync(Bed.Nina);
        await Bed.LeadAsync(Bed.Olena, 3, "Нова");
        await Bed.Get<LeadService>().MoveAsync(Bed.Olena, moved.Id, _qualified, null, Token);

        Feed.Publish(FeedMessage.RefreshAll);

        board.WaitForAssertion(() => Assert.Equal(3, board.FindAll(".card").Count));
        Assert.Equal("Мандрівна 1", Assert.Single(board.FindAll(".card.glow .card-head a")).TextContent);
    }

    [Fact]
    public async Task ChoiceInTheCardsMenu_IsStored()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        var board = await OpenAsync(Bed.Olena);

        await MoveAsync(board, _qualified);

        board.WaitForAssertion(() => Assert.NotNull(Column(board, _qualified).QuerySelector(".card")));
        Assert.Equal(_qualified, (await Bed.LoadAsync(lead.Id)).StageId);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Move_IsTakenBackByOneClick_UnlessSomebodyMovedOn(bool somebodyMovedOn)
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        var snackbar = Render<MudSnackbarProvider>();
        var board = await OpenAsync(Bed.Olena);
        await MoveAsync(board, _qualified);
        snackbar.WaitForElement(".mud-snackbar button");
        if (somebodyMovedOn)
        {
            await Bed.Get<LeadService>().MoveAsync(Bed.Ada, lead.Id, _lost, LeadOptions.RefusalReasons[0], Token);
        }

        await snackbar.InvokeAsync(() => snackbar.Find(".mud-snackbar button").Click());

        var expected = somebodyMovedOn ? _lost : _new;
        board.WaitForAssertion(() => Assert.NotNull(Column(board, expected).QuerySelector(".card")));
        Assert.Equal(expected, (await Bed.LoadAsync(lead.Id)).StageId);
        Assert.Equal(somebodyMovedOn, snackbar.Markup.Contains("тим часом", StringComparison.Ordinal));
    }

    [Fact]
    public async Task DraggedCard_IsStoredWhereItWasDropped()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        var board = await OpenAsync(Bed.Olena);

        await board.Find(".card").DragStartAsync(new());
        await Column(board, _qualified).DropAsync(new());

        Assert.Equal(_qualified, (await Bed.LoadAsync(lead.Id)).StageId);
    }

    [Fact]
    public async Task LosingALead_AsksForTheReasonFirst()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        var board = await OpenAsync(Bed.Olena);
        await MoveAsync(board, _lost);
        Assert.Equal(_new, (await Bed.LoadAsync(lead.Id)).StageId);

        await board.OnAsync(
            "#board-reason",
            element => element.ChangeAsync(new() { Value = LeadOptions.RefusalReasons[1] })
        );
        await board.OnAsync(".board-reason", element => element.SubmitAsync());

        var stored = await Bed.LoadAsync(lead.Id);
        Assert.Equal((_lost, LeadOptions.RefusalReasons[1]), (stored.StageId, stored.RefusalReason));
    }

    [Fact]
    public async Task RefusedMove_GoesBack_AndSaysWhy()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        var board = await OpenAsync(Bed.Olena);
        await Bed.Get<LeadService>().TransferAsync(Bed.Ada, lead.Id, Bed.Taras.UserId, null, Token);

        await MoveAsync(board, _qualified);

        board.WaitForAssertion(() => Assert.NotEmpty(board.Find(".board-message").TextContent));
        Assert.Empty(board.FindAll(".card"));
        Assert.Equal(_new, (await Bed.LoadAsync(lead.Id)).StageId);
    }

    [Fact]
    public async Task MoreCards_ContinueWhereTheColumnEnds()
    {
        for (var number = 1; number <= BoardQueries.CardsPerPage + 3; number++)
        {
            await Bed.LeadAsync(Bed.Olena, number);
        }

        var board = await OpenAsync(Bed.Olena);
        Assert.Equal(BoardQueries.CardsPerPage, board.FindAll(".card").Count);

        await board.OnAsync(".column-further", element => element.ClickAsync(new()));

        board.WaitForAssertion(() => Assert.Equal(BoardQueries.CardsPerPage + 3, board.FindAll(".card").Count));
        Assert.Empty(board.FindAll(".column-further"));
    }

    [Fact]
    public async Task TypedMarkup_IsShownAsText()
    {
        await Bed.LeadAsync(Bed.Olena, 1, "<img src=x onerror=alert(1)> 🏡");

        var board = await OpenAsync(Bed.Olena);

        Assert.Equal("<img src=x onerror=alert(1)> 🏡 1", board.Find(".card-head a").TextContent);
        Assert.Empty(board.FindAll("img"));
    }

    [Fact]
    public async Task ClosedPage_LeavesTheFeed()
    {
        await OpenAsync(Bed.Olena);
        Assert.Equal(1, Feed.Subscribers);

        await DisposeComponentsAsync();

        Assert.Equal(0, Feed.Subscribers);
    }

    // By the first card's menu.
    private static async Task MoveAsync(IRenderedComponent<BoardPage> board, Guid stageId)
    {
        await board.OnAsync(".card-move", element => element.ClickAsync(new()));
        var place = board
            .FindAll(".column")
            .Select(column => column.GetAttribute("data-column"))
            .ToList()
            .IndexOf(stageId.ToString());
        await board.OnAsync(".move-target", element => element.ClickAsync(new()), place);
    }

    private async Task<IRenderedComponent<BoardPage>> OpenAsync(Actor actor, string address = "/board")
    {
        SignIn(actor);
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        var page = Render<BoardPage>();
        await page.WaitForElementAsync(".board");
        return page;
    }

    private FeedMessage Message(Guid leadId, Actor agent) =>
        new()
        {
            Kind = LeadEventKind.Edited,
            LeadId = leadId,
            AgentId = agent.UserId,
            TeamId = agent.TeamId,
            ActorId = agent.UserId,
        };

    private static IElement Column(IRenderedComponent<BoardPage> board, Guid stageId) =>
        board.Find($"section[aria-labelledby='column-{stageId}']");

    private static IElement Card(IElement column, string name) =>
        column.QuerySelectorAll(".card").Single(card => card.QuerySelector(".card-head a")!.TextContent == name);
}
