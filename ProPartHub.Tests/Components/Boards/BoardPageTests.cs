using AngleSharp.Dom;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Boards;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Web.Components.Boards;
using Xunit;

namespace ProPartHub.Tests.Components.Boards;

/// <summary>The board over real leads: it follows the feed card by card, and a move shows, is stored, or goes back.</summary>
public sealed class BoardPageTests : AdminComponentTest, IAsyncLifetime
{
    private HubBed _bed = null!;
    private Guid _new;
    private Guid _qualified;
    private Guid _lost;

    private static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        _bed = await HubBed.CreateAsync(Token);
        _new = await _bed.StageAsync(LeadStatus.New);
        _qualified = await _bed.StageAsync(LeadStatus.Qualified);
        _lost = await _bed.StageAsync(LeadStatus.Lost);
        Services.AddSingleton(_bed.Get<BoardQueries>());
        Services.AddSingleton(_bed.Get<LeadQueries>());
        Services.AddSingleton(_bed.Get<StageDirectory>());
        Services.AddSingleton(_bed.Get<LeadService>());
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await _bed.DisposeAsync();
    }

    [Fact]
    public async Task EachRole_SeesItsOwnCards_AndFiguresThatEqualThem()
    {
        await _bed.LeadAsync(_bed.Olena, 1, "Своя");
        await _bed.LeadAsync(_bed.James, 2, "Чужа");

        var board = await OpenAsync(_bed.Nina);

        Assert.Equal("Своя 1", Assert.Single(board.FindAll(".card-head a")).TextContent);
        Assert.Equal("1", Column(board, _new).QuerySelector(".column-count")!.TextContent.Trim());
    }

    [Fact]
    public async Task ChangeBySomebodyElse_MovesTheCard_AndMakesItGlow()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1, "Мандрівна");
        await _bed.LeadAsync(_bed.Olena, 2, "Нерухома");
        var board = await OpenAsync(_bed.Nina);
        await _bed.Get<LeadService>().MoveAsync(_bed.Olena, lead.Id, _qualified, null, Token);

        Feed.Publish(Message(lead.Id, _bed.Olena));

        board.WaitForAssertion(() =>
            Assert.Contains("glow", Card(Column(board, _qualified), "Мандрівна 1").ClassName!, StringComparison.Ordinal)
        );
        Assert.DoesNotContain("glow", Card(Column(board, _new), "Нерухома 2").ClassName!, StringComparison.Ordinal);
        Clock.Advance(TimeSpan.FromSeconds(2));
        board.WaitForAssertion(() =>
            Assert.Equal("1", Column(board, _qualified).QuerySelector(".column-count")!.TextContent.Trim())
        );
    }

    [Fact]
    public async Task LeadThatLeftOnesSight_LeavesTheBoard()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1, "Передана");
        var board = await OpenAsync(_bed.Nina);
        await _bed.Get<LeadService>().TransferAsync(_bed.Ada, lead.Id, _bed.James.UserId, Token);

        Feed.Publish(
            Message(lead.Id, _bed.James) with
            {
                Kind = LeadEventKind.Transferred,
                PreviousAgentId = _bed.Olena.UserId,
                PreviousTeamId = _bed.Olena.TeamId,
            }
        );

        board.WaitForAssertion(() => Assert.Empty(board.FindAll(".card")));
    }

    [Fact]
    public async Task RefreshAll_ReadsTheBoardAgain()
    {
        var board = await OpenAsync(_bed.Nina);
        await _bed.LeadAsync(_bed.Olena, 1, "Нова");

        Feed.Publish(FeedMessage.RefreshAll);

        board.WaitForAssertion(() => Assert.Single(board.FindAll(".card")));
    }

    [Fact]
    public async Task ChoiceInTheCardsMenu_IsStored()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        var board = await OpenAsync(_bed.Olena);

        await board.Find(".card-move").ChangeAsync(new() { Value = _qualified.ToString() });

        board.WaitForAssertion(() => Assert.NotNull(Column(board, _qualified).QuerySelector(".card")));
        Assert.Equal(_qualified, (await _bed.LoadAsync(lead.Id)).StageId);
    }

    [Fact]
    public async Task DraggedCard_IsStoredWhereItWasDropped()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        var board = await OpenAsync(_bed.Olena);

        await board.Find(".card").DragStartAsync(new());
        await Column(board, _qualified).DropAsync(new());

        Assert.Equal(_qualified, (await _bed.LoadAsync(lead.Id)).StageId);
    }

    [Fact]
    public async Task LosingALead_AsksForTheReasonFirst()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        var board = await OpenAsync(_bed.Olena);
        await board.Find(".card-move").ChangeAsync(new() { Value = _lost.ToString() });
        Assert.Equal(_new, (await _bed.LoadAsync(lead.Id)).StageId);

        await board.Find("#board-reason").ChangeAsync(new() { Value = LeadOptions.RefusalReasons[1] });
        await board.Find(".board-reason").SubmitAsync();

        var stored = await _bed.LoadAsync(lead.Id);
        Assert.Equal((_lost, LeadOptions.RefusalReasons[1]), (stored.StageId, stored.RefusalReason));
    }

    [Fact]
    public async Task RefusedMove_GoesBack_AndSaysWhy()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        var board = await OpenAsync(_bed.Olena);
        await _bed.Get<LeadService>().TransferAsync(_bed.Ada, lead.Id, _bed.Taras.UserId, Token);

        await board.Find(".card-move").ChangeAsync(new() { Value = _qualified.ToString() });

        board.WaitForAssertion(() => Assert.NotEmpty(board.Find(".board-message").TextContent));
        Assert.Empty(board.FindAll(".card"));
        Assert.Equal(_new, (await _bed.LoadAsync(lead.Id)).StageId);
    }

    [Fact]
    public async Task MoreCards_ContinueWhereTheColumnEnds()
    {
        for (var number = 1; number <= BoardQueries.CardsPerPage + 3; number++)
        {
            await _bed.LeadAsync(_bed.Olena, number);
        }

        var board = await OpenAsync(_bed.Olena);
        Assert.Equal(BoardQueries.CardsPerPage, board.FindAll(".card").Count);

        await board.Find(".column-cards > button").ClickAsync(new());

        Assert.Equal(BoardQueries.CardsPerPage + 3, board.FindAll(".card").Count);
        Assert.Empty(board.FindAll(".column-cards > button"));
    }

    [Fact]
    public async Task TypedMarkup_IsShownAsText()
    {
        await _bed.LeadAsync(_bed.Olena, 1, "<img src=x onerror=alert(1)> 🏡");

        var board = await OpenAsync(_bed.Olena);

        Assert.Equal("<img src=x onerror=alert(1)> 🏡 1", board.Find(".card-head a").TextContent);
        Assert.Empty(board.FindAll("img"));
    }

    [Fact]
    public async Task ClosedPage_LeavesTheFeed()
    {
        await OpenAsync(_bed.Olena);
        Assert.Equal(1, Feed.Subscribers);

        await DisposeComponentsAsync();

        Assert.Equal(0, Feed.Subscribers);
    }

    private async Task<IRenderedComponent<BoardPage>> OpenAsync(Actor actor)
    {
        SignIn(actor);
        GoLive();
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
