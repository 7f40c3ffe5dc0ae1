using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Dashboards;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Points;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Components.Leads;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Web.Components.Dashboard;
using ProPartHub.Web.Components.Shared;
using Xunit;

namespace ProPartHub.Tests.Components.Dashboard;

/// <summary>The start page: what each sees, what a tap does, what a change by others reads again.</summary>
public sealed class DashboardPageTests : LeadComponentTest
{
    protected override async Task ArrangeAsync()
    {
        await base.ArrangeAsync();
        Bed.Time.SetUtcNow(Clock.GetUtcNow());
        Services.AddSingleton(Bed.Get<AgencyCalendar>());
        Services.AddSingleton(Bed.Get<AgendaQueries>());
        Services.AddSingleton(Bed.Get<NewsQueries>());
        Services.AddSingleton(Bed.Get<SeenMarks>());
        Services.AddSingleton(Bed.Get<QuietQueries>());
        Services.AddSingleton(Bed.Get<FigureQueries>());
        Services.AddSingleton(Bed.Get<TrendQueries>());
        Services.AddSingleton(Bed.Get<TeamQueries>());
        Services.AddSingleton(Bed.Get<PointQueries>());
        Services.AddSingleton(Bed.Get<RankingQueries>());
    }

    [Fact]
    public void NewAgent_IsShownTheFirstSteps()
    {
        var page = Open(Bed.Olena, ".first");

        Assert.Equal("/leads/new", page.Find(".first .button-primary").GetAttribute("href"));
        Assert.Empty(page.FindAll(".strip"));
        Assert.Contains("Ще 2", page.WaitForElement(".level").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Agent_SeesNumbersWithTheirListsAndFormulas_AndOwnPoints()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        await Bed.LeadAsync(Bed.Olena, 2);
        await Bed.LeadAsync(Bed.James, 3);
        await Bed.Get<LeadService>().MoveAsync(Bed.Olena, lead.Id, await Bed.StageAsync(LeadStatus.Won), null, Token);

        var page = Open(Bed.Olena, ".trend-table");

        Assert.Equal(
            ["2", "1", "1", "0", "50\u00a0%", "$0", "$0", "12\u00a0%"],
            page.FindAll(".figure-value").Select(value => value.TextContent)
        );
        Assert.Equal(
            [
                "/leads",
                "/leads?status=new&status=contacted&status=qualified",
                "/leads?status=won",
                "/leads?view=transferred",
                "/points",
            ],
            page.FindAll("a.figure").Select(link => link.GetAttribute("href"))
        );
        Assert.All(
            page.FindAll(".figure"),
            figure => Assert.NotEmpty(page.Find($"#{figure.GetAttribute("aria-describedby")}").TextContent)
        );
        Assert.Contains("1 200 балів", Plain(page.Find(".level").TextContent), StringComparison.Ordinal);
        Assert.Equal(
            ["1 Олена Гнатюк 1 200 1 2", "2 James Reed 100 0 1"],
            page.FindAll(".ranking tbody tr")
                .Select(row => Plain(string.Join(' ', row.Children.Select(cell => cell.TextContent.Trim()))))
        );
        Assert.DoesNotContain("Клієнт 3", page.Markup, StringComparison.Ordinal);
        Assert.Equal(12, page.FindAll(".trend-table tbody tr").Count);
        Assert.Equal("2", page.Find(".trend-table tbody td").TextContent);
    }

    [Fact]
    public async Task Manager_SeesTheTeamByAgent_AndNoOwnLevel()
    {
        await Bed.LeadAsync(Bed.Olena, 1);

        var page = Open(Bed.Nina, ".team tbody tr");

        Assert.Equal(["Олена Гнатюк", "Тарас Вовк"], page.FindAll(".team tbody th").Select(name => name.TextContent));
        Assert.Equal($"/leads?agent={Bed.Olena.UserId}", page.Find(".team tbody th a").GetAttribute("href"));
        Assert.Empty(page.FindAll(".level"));
    }

    [Fact]
    public async Task FollowUp_IsDoneByOneTap_AndTakenBackByAnother()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        await DueAsync(lead.Id, "Зателефонувати");
        var snackbar = Render<MudSnackbarProvider>();
        var page = Open(Bed.Olena, ".trend-table");

        await page.InvokeAsync(() => page.Find(".agenda button").Click());
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".agenda li")));
        Assert.NotNull(page.Find(".agenda-none"));
        snackbar.WaitForElement(".mud-snackbar button");
        await snackbar.InvokeAsync(() => snackbar.Find(".mud-snackbar button").Click());

        Assert.Contains("Зателефонувати", page.WaitForElement(".agenda li").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FollowUpByAColleague_ReadsTheAgendaAgain_AndNotTheNumbers()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        var page = Open(Bed.Olena, ".trend-table");
        await DueAsync(lead.Id, "Показ");
        Bed.Sql.Reset();

        await PublishAsync(lead.Id, LeadEventKind.FollowUpAdded, Bed.Nina);
        await ShownAsync(page, () => page.FindAll(".agenda li").Count == 1);

        Assert.DoesNotContain(Bed.Sql.Commands, command => command.Contains("stage_figures", StringComparison.Ordinal));
        Assert.DoesNotContain(Bed.Sql.Commands, command => command.Contains("point_entries", StringComparison.Ordinal));
    }

    [Fact]
    public async Task PointsOfAnybody_ReadTheRankingAgain()
    {
        await Bed.LeadAsync(Bed.Olena, 1);
        var page = Open(Bed.Olena, ".ranking tbody tr");
        await Bed.LeadAsync(Bed.James, 2);
        await Bed.LeadAsync(Bed.James, 3);

        Agency.Hear(nameof(AgencyTopic.Points));
        await ShownAsync(page, () => page.FindAll(".ranking tbody tr").Count == 2);

        Assert.Contains("James Reed", page.Find(".ranking tbody tr").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task News_IsShownByLead_AndSeenOnlyWhenTheScriptSaysSo()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        await Bed.Get<CommentService>()
            .AddAsync(Bed.Nina, Guid.CreateVersion7(), lead.Id, "Клієнт погодився", null, Token);
        var page = Open(Bed.Olena, ".news-answer");

        Assert.Contains("«Клієнт погодився»", page.Find(".news-text").TextContent, StringComparison.Ordinal);
        Assert.Equal(0, await MarksAsync());

        await page.InvokeAsync(() => page.FindComponent<NewsPanel>().Instance.Seen());
        await page.InvokeAsync(() => page.FindComponent<NewsPanel>().Instance.Seen());

        Assert.Equal(1, await MarksAsync());
    }

    [Fact]
    public async Task Months_AreAskedForAlone()
    {
        await Bed.LeadAsync(Bed.Olena, 1);
        var page = Open(Bed.Olena, ".trend-table");
        Bed.Sql.Reset();

        await page.InvokeAsync(() => page.FindAll("[aria-labelledby=trend-title] .segmented button")[1].Click());
        page.WaitForAssertion(() =>
            Assert.StartsWith("лис", page.Find(".trend-table tbody th").TextContent, StringComparison.Ordinal)
        );

        // The names of the rows are there before what is read of them.
        page.WaitForAssertion(() => Assert.Equal(2, Bed.Sql.Commands.Count));
    }

    [Fact]
    public async Task NumberOverTime_IsOfTheReadersChoice_WithItsFormula()
    {
        await BudgetedAsync(1, 300_000, "USD");
        await BudgetedAsync(2, 100_000, "USD");
        await BudgetedAsync(3, 900_000, "EUR");
        var page = Open(Bed.Olena, ".trend-table");
        Assert.Equal(3, page.FindAll(".trend-table thead th").Count);

        (TrendMetric Metric, string Last, string Formula)[] expected =
        [
            (TrendMetric.Active, "3", "досі не закриті"),
            (TrendMetric.Transferred, "0", "передані"),
            (TrendMetric.Conversion, "0 %", "усі × 100"),
            (TrendMetric.Budget, "$400 тис.", "Сума бюджетів у USD"),
            (TrendMetric.Average, "$133 тис.", "усі ліди"),
            (TrendMetric.Points, "300", "Ваші бали"),
        ];
        foreach (var (metric, last, formula) in expected)
        {
            await page.InvokeAsync(() => page.Find(".trend-choice select").Change(metric.ToString()));
            page.WaitForAssertion(() =>
            {
                Assert.Equal(2, page.FindAll(".trend-table thead th").Count);
                Assert.Equal(last, Plain(page.Find(".trend-table tbody td").TextContent));
            });
            Assert.Contains(formula, page.Find("#how-trend").TextContent, StringComparison.Ordinal);
            Assert.Equal("how-trend", page.Find("#how-trend-button").GetAttribute("popovertarget"));
        }

        // A team has no points of its own to follow.
        var managers = Open(Bed.Nina, ".trend-table");
        Assert.Equal(6, managers.FindAll(".trend-choice option").Count);
    }

    [Fact]
    public async Task SumsThatLeaveSomethingOut_SaySo_WhereTheyStand()
    {
        await BudgetedAsync(1, 300_000, "USD");
        await BudgetedAsync(2, 900_000, "EUR");
        await BudgetedAsync(3, null, "EUR");

        var line = Open(Bed.Olena, ".trend-table").Find(".other-money a");

        Assert.Equal("В іншій валюті, поза сумами: 1", line.TextContent);
        Assert.Equal("/leads?money=other", line.GetAttribute("href"));
        var list = new LeadListQuery { Money = LeadMoney.Other };
        Assert.Equal(1, (await Bed.Get<LeadQueries>().CountAsync(Bed.Olena, list, Token)).Value);
        Assert.Empty(Open(Bed.Taras, ".first").FindAll(".other-money"));
    }

    [Fact]
    public async Task EveryFormula_OpensByAPress_AndIsNamed()
    {
        await Bed.LeadAsync(Bed.Olena, 1);

        foreach (var (reader, formulas) in new[] { (Bed.Olena, 3), (Bed.Nina, 3) })
        {
            var page = Open(reader, ".trend-table");
            page.WaitForAssertion(() => Assert.Equal(formulas, page.FindAll(".formula-mark").Count));
            Assert.All(
                page.FindAll(".formula-mark"),
                mark =>
                {
                    Assert.StartsWith("Як рахується: ", mark.GetAttribute("aria-label"), StringComparison.Ordinal);
                    Assert.NotEmpty(page.Find($"#{mark.GetAttribute("popovertarget")}").TextContent.Trim());
                }
            );
        }
    }

    [Fact]
    public async Task SwitchedOff_NoPointsAreShown()
    {
        await Bed.LeadAsync(Bed.Olena, 1);
        var rules = await Bed.Get<PointSettings>().ReadAsync(Bed.Ada, Token);
        await Bed.Get<PointSettings>().SaveAsync(Bed.Ada, rules, rules with { IsOn = false }, Token);

        var page = Open(Bed.Olena, ".trend-table");

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[aria-labelledby=standing-title]")));
        Assert.Empty(page.FindAll(".ranking"));
    }

    [Fact]
    public async Task LeftPage_LeavesTheFeed()
    {
        await Bed.LeadAsync(Bed.Olena, 1);
        Open(Bed.Olena, ".trend-table");
        Assert.Equal(1, Feed.Subscribers);

        await DisposeComponentsAsync();

        Assert.Equal(0, Feed.Subscribers);
    }

    private Task<LeadCreated> BudgetedAsync(int number, decimal? budget, string currency) =>
        Bed.Get<LeadService>()
            .CreateAsync(Bed.Olena, HubBed.Input(number) with { BudgetTo = budget, Currency = currency }, null, Token);

    private IRenderedComponent<DashboardPage> Open(Actor actor, string loaded)
    {
        SignIn(actor);
        var page = Render<DashboardPage>();
        page.WaitForElement(loaded);
        return page;
    }

    private Task DueAsync(Guid leadId, string title) =>
        Bed.Get<FollowUpService>()
            .AddAsync(Bed.Nina, Guid.CreateVersion7(), leadId, new(title, null, Clock.GetUtcNow().AddHours(2)), Token);

    // The batch comes on a thread of its own, and what it asks for two seconds later.
    private async Task ShownAsync(IRenderedComponent<DashboardPage> page, Func<bool> isShown)
    {
        while (!isShown())
        {
            Clock.Advance(LateRefresh.Pause);
            await Task.Delay(10, Token);
        }
    }

    private Task<int> MarksAsync() => Bed.ReadAsync(db => Task.FromResult(db.SeenMarks.Count()));

    private static string Plain(string text) => text.Replace('\u00a0', ' ').Replace('\u202f', ' ');
}
