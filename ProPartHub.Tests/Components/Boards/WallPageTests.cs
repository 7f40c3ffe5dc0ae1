using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Boards;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Components.Leads;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Web.Components.Boards;
using ProPartHub.Web.Components.Boards.Wall;
using ProPartHub.Web.Localization;
using Xunit;

namespace ProPartHub.Tests.Components.Boards;

/// <summary>The board on a wall: live, discreet about clients, and as large after a week as on the first day.</summary>
public sealed class WallPageTests : LeadComponentTest
{
    private FeedStatus _status = null!;
    private Guid _new;
    private Guid _qualified;
    private Guid _won;

    protected override async Task ArrangeAsync()
    {
        await base.ArrangeAsync();
        Services.AddSingleton(_status = new FeedStatus(Clock));
        _status.Connected();
        // What the leads of a test come with today is today on the wall too.
        Bed.Time.SetUtcNow(Clock.GetUtcNow());
        _new = await Bed.StageAsync(LeadStatus.New);
        _qualified = await Bed.StageAsync(LeadStatus.Qualified);
        _won = await Bed.StageAsync(LeadStatus.Won);
    }

    [Fact]
    public async Task EachRole_SeesItsOwnLeads_WithFigures_AndNoControlsOnCards()
    {
        await Bed.LeadAsync(Bed.Olena, 1);
        await Bed.LeadAsync(Bed.James, 2);

        var wall = await OpenAsync(Bed.Nina);

        Assert.Single(wall.FindAll(".wall-card"));
        Assert.Equal("1", Column(wall, _new).QuerySelector("strong")!.TextContent);
        Assert.Empty(wall.FindAll(".wall-card a, .wall-card button"));
    }

    [Theory]
    [InlineData("/board/wall", false)]
    [InlineData("/board/wall?clients=no", false)]
    [InlineData("/board/wall?clients=anything", false)]
    [InlineData("/board/wall?clients=yes", true)]
    public async Task Clients_AreNamedOnlyWhenAskedFor(string address, bool areNamed)
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1, "Таємна");

        var wall = await OpenAsync(Bed.Nina, address);
        await PublishAsync(lead.Id, LeadEventKind.Created, Bed.Olena);
        await wall.WaitForElementAsync(".wall-moment");

        Assert.Equal(areNamed, wall.Markup.Contains("Таємна", StringComparison.Ordinal));
        Assert.Equal(areNamed ? "Таємна 1" : $"L-{lead.Number}", wall.Find(".wall-name").TextContent);
    }

    [Fact]
    public async Task Filter_AndColumns_AreTheBoardsOwn_AndEscLeadsBackToThem()
    {
        await Bed.LeadAsync(Bed.Olena, 1);
        await Bed.LeadAsync(Bed.Taras, 2);

        var wall = await OpenAsync(Bed.Nina, $"/board/wall?agent={Bed.Taras.UserId}&by=agent&clients=yes");

        Assert.Equal("Клієнт 2", Assert.Single(wall.FindAll(".wall-name")).TextContent);
        Assert.Equal($"/board?agent={Bed.Taras.UserId}&by=agent", wall.Find("[data-wall]").GetAttribute("data-back"));
        Assert.Contains("clients=yes", WallAddress.Of(Asked(), Time(), namesClients: true), StringComparison.Ordinal);

        BoardAsked Asked() => new(new LeadListQuery(), null, BoardGrouping.Stage);
        AgencyTime Time() => Services.GetRequiredService<AgencyTime>();
    }

    [Fact]
    public async Task Move_ShowsWhereTheCardIsNow_AndWhoDidIt_AndTheFiguresFollow()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        var wall = await OpenAsync(Bed.Nina);
        Assert.Equal(["1", "0", "0"], Today(wall));
        Bed.Time.Advance(TimeSpan.FromMinutes(1));
        await Bed.Get<LeadService>().MoveAsync(Bed.Olena, lead.Id, _won, null, Token);

        await PublishAsync(lead.Id, LeadEventKind.StageChanged, Bed.Olena);

        wall.WaitForAssertion(() =>
            Assert.Equal(Bed.Olena.Name, Column(wall, _won).QuerySelector(".wall-card.glow .wall-by")!.TextContent)
        );
        Clock.Advance(TimeSpan.FromSeconds(2));
        wall.WaitForAssertion(() => Assert.Equal("1", Column(wall, _won).QuerySelector("strong")!.TextContent));
        Assert.Equal(["1", "1", "0"], Today(wall));
        Assert.Empty(wall.FindAll(".wall-moment"));
    }

    [Fact]
    public async Task NewLead_HasItsMoment_OnceHoweverManyCome_AndItEnds()
    {
        var wall = await OpenAsync(Bed.Nina);
        var leads = new List<LeadCreated>();
        for (var number = 1; number <= 3; number++)
        {
            leads.Add(await Bed.LeadAsync(Bed.Olena, number));
        }

        await PublishAsync(leads[0].Id, LeadEventKind.Created, Bed.Olena);
        wall.WaitForAssertion(() =>
            Assert.Contains($"L-{leads[0].Number}", wall.Find(".wall-moment").TextContent, StringComparison.Ordinal)
        );
        Assert.Contains(Bed.Olena.Name, wall.Find(".wall-moment").TextContent, StringComparison.Ordinal);
        await PublishAsync(leads[1].Id, LeadEventKind.Created, Bed.Olena);
        await PublishAsync(leads[2].Id, LeadEventKind.Created, Bed.Olena);
        Clock.Advance(FeedSubscription.Window);
        wall.WaitForAssertion(() => Assert.Equal("і ще 2", wall.Find(".wall-moment-others").TextContent));

        Clock.Advance(WallMoment.Lasts);
        wall.WaitForAssertion(() => Assert.Empty(wall.FindAll(".wall-moment")));
    }

    [Fact]
    public async Task LostFeed_IsSaid_AndTheClockGoesOn()
    {
        var wall = await OpenAsync(Bed.Nina);
        Assert.Empty(wall.FindAll(".wall-deaf"));
        var shown = wall.Find("[data-clock]").TextContent;

        _status.Lost();
        wall.WaitForAssertion(() => Assert.NotEmpty(wall.FindAll(".wall-deaf")));
        Clock.Advance(TimeSpan.FromMinutes(1));
        wall.WaitForAssertion(() => Assert.NotEqual(shown, wall.Find("[data-clock]").TextContent));

        _status.Connected();
        wall.WaitForAssertion(() => Assert.Empty(wall.FindAll(".wall-deaf")));
    }

    [Fact]
    public async Task ColumnWhoseCardsGo_IsFilledAgain()
    {
        var leads = new List<Guid>();
        for (var number = 1; number <= BoardQueries.CardsPerPage + WallPage.CardsShown; number++)
        {
            leads.Add((await Bed.LeadAsync(Bed.Olena, number)).Id);
            Bed.Time.Advance(TimeSpan.FromSeconds(1));
        }

        var wall = await OpenAsync(Bed.Nina);
        foreach (var lead in leads.TakeLast(BoardQueries.CardsPerPage))
        {
            await Bed.Get<LeadService>().MoveAsync(Bed.Olena, lead, _qualified, null, Token);
            await PublishAsync(lead, LeadEventKind.StageChanged, Bed.Olena);
        }

        await ReachAsync(
            wall,
            () =>
                Column(wall, _new).QuerySelectorAll(".wall-card").Length == WallPage.CardsShown
                && Column(wall, _qualified).QuerySelector("strong")!.TextContent == "20"
        );
    }

    [Fact]
    public async Task ThousandsOfChanges_LeaveNothingBehind()
    {
        var leads = new List<Guid>();
        for (var number = 1; number <= 60; number++)
        {
            leads.Add((await Bed.LeadAsync(Bed.Olena, number)).Id);
        }

        var wall = await OpenAsync(Bed.Nina);
        var most = (Cards: 0, Marks: 0, Names: 0);
        Guid[] stages = [_qualified, _won, _new];
        for (var round = 0; round < 60; round++)
        {
            // Whole columns wander from stage to stage, and each lead is told of as new, moved and edited by many people.
            var stage = stages[round % stages.Length];
            await Bed.ReadAsync(db =>
                db.Database.ExecuteSqlAsync(
                    $"UPDATE leads SET stage_id = {stage}, stage_changed_at = stage_changed_at + interval '1 second'",
                    Token
                )
            );
            foreach (var lead in leads)
            {
                Feed.Publish(
                    new FeedMessage
                    {
                        Kind = round % 3 == 0 ? LeadEventKind.Created : LeadEventKind.StageChanged,
                        LeadId = lead,
                        AgentId = Bed.Olena.UserId,
                        TeamId = Bed.Olena.TeamId,
                        ActorId = round % 2 == 0 ? Bed.Olena.UserId : Guid.CreateVersion7(),
                    }
                );
            }

            Clock.Advance(round % 10 == 9 ? TimeSpan.FromMinutes(1) : TimeSpan.FromSeconds(2));
            await ReachAsync(
                wall,
                () => Column(wall, stage).QuerySelectorAll(".wall-card").Length == WallPage.CardsShown
            );
            var held = await wall.InvokeAsync(() =>
            {
                Assert.InRange(wall.FindAll(".wall-card").Count, 0, WallPage.CardsShown * WallPage.MostColumns);
                Assert.InRange(wall.FindAll(".wall-moment").Count, 0, 1);
                return wall.Instance.Held;
            });
            most = (
                Math.Max(most.Cards, held.Cards),
                Math.Max(most.Marks, held.Marks),
                Math.Max(most.Names, held.Names)
            );
        }

        Assert.InRange(most.Cards, 1, ColumnWindow.Most * WallPage.MostColumns);
        Assert.InRange(most.Marks, 1, leads.Count);
        Assert.InRange(most.Names, 1, 1);
        Assert.Equal(1, Feed.Subscribers);
    }

    [Fact]
    public async Task LeftWall_LeavesFeedAndStatus()
    {
        await OpenAsync(Bed.Nina);
        Assert.Equal(1, Feed.Subscribers);

        await DisposeComponentsAsync();

        Assert.Equal(0, Feed.Subscribers);
        _status.Lost();
    }

    // Batches, late figures and thin columns follow the clock, and each other.
    private Task ReachAsync(IRenderedComponent<WallPage> wall, Func<bool> isReached) =>
        Live.Eventually.IsAsync(
            async () =>
            {
                if (await wall.InvokeAsync(isReached))
                {
                    return true;
                }

                Clock.Advance(TimeSpan.FromMilliseconds(250));
                return false;
            },
            Token
        );

    private async Task<IRenderedComponent<WallPage>> OpenAsync(Actor actor, string address = "/board/wall")
    {
        SignIn(actor);
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        var wall = Render<WallPage>();
        await wall.WaitForElementAsync(".wall-column");
        return wall;
    }

    private static IElement Column(IRenderedComponent<WallPage> wall, Guid stageId) =>
        wall.Find($"[data-column='{stageId}']");

    private static List<string> Today(IRenderedComponent<WallPage> wall) =>
        [.. wall.FindAll("[data-figure]").Select(figure => figure.TextContent)];
}
