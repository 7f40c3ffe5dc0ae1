using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using NSubstitute;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Reports;
using ProPartHub.Web.Components.Reports;
using ProPartHub.Web.Localization;
using Xunit;

namespace ProPartHub.Tests.Components.Reports;

/// <summary>A report that is being read, has nothing to show or could not be read says so, each in its own place.</summary>
public sealed class ReportStatesTests : ReportComponentTest
{
    private static readonly ReportChoice Choice = new(new LeadListQuery(), ReportGrouping.Agent);

    private readonly IDbContextFactory<HubDbContext> _contexts = Substitute.For<IDbContextFactory<HubDbContext>>();
    private Func<int, Task> _meanwhile = _ => Task.CompletedTask;
    private int _asked;

    public static TheoryData<ReportKind> Kinds => new(Enum.GetValues<ReportKind>());

    private IStringLocalizer<ReportTexts> Texts => Services.GetRequiredService<IStringLocalizer<ReportTexts>>();

    protected override async Task ArrangeAsync()
    {
        await base.ArrangeAsync();
        var real = Bed.Get<IDbContextFactory<HubDbContext>>();
        _contexts
            .CreateDbContextAsync(Arg.Any<CancellationToken>())
            .Returns(async call =>
            {
                await _meanwhile(++_asked);
                return await real.CreateDbContextAsync(call.Arg<CancellationToken>());
            });
        var database = new HubDatabase(_contexts, Clock, new());
        Services.AddSingleton(new FunnelQueries(database));
        Services.AddSingleton(new AnswerTimeQueries(database));
        Services.AddSingleton(new StageTimeQueries(database));
        Services.AddSingleton(new ForecastQueries(database, Bed.Get<AgencyCalendar>(), Clock));
        Services.AddSingleton(new CohortQueries(database, Bed.Get<AgencyCalendar>(), Clock));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Panel_ThatIsBeingRead_ShowsItsNameAndRowsToCome_AndNoFiles(ReportKind kind)
    {
        var panel = Panel(kind, isLoading: true, isEmpty: false);

        Assert.Equal(Texts[$"{kind}_Title"], panel.Find("h2").TextContent);
        Assert.NotEmpty(panel.FindAll("[role=status].skeleton-rows"));
        Assert.Empty(panel.FindAll(".report-files, .report-none, .report-frame, .content"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Panel_ThatIsEmpty_SaysWhatIsMissing_AndOffersNoFiles(ReportKind kind)
    {
        var panel = Panel(kind, isLoading: false, isEmpty: true);

        Assert.Equal(Texts[$"{kind}_Empty"], panel.Find(".report-none").TextContent);
        Assert.Equal(Texts[$"{kind}_Formula"], panel.Find(".report-formula").TextContent);
        Assert.Empty(panel.FindAll(".report-files, .skeleton-rows, .report-frame, .content"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Panel_ThatWasRead_CanBeScrolledByKeys_AndTakenAwayAsEitherFile(ReportKind kind)
    {
        var panel = Panel(kind, isLoading: false, isEmpty: false);

        Assert.NotEmpty(panel.FindAll(".report-frame[tabindex='0'] .content"));
        Assert.Equal(panel.Find("h2").Id, panel.Find(".report-frame").GetAttribute("aria-labelledby"));
        var file = $"/reports/export/{kind.ToString().ToLowerInvariant()}";
        Assert.Equal(
            [file, $"{file}?format=xlsx"],
            panel.FindAll(".report-files a[download]").Select(link => link.GetAttribute("href"))
        );
        Assert.Empty(panel.FindAll(".skeleton-rows, .report-none"));
    }

    [Fact]
    public void EachReport_TellsBeingReadFromHavingNothingToShow()
    {
        AssertStates<FunnelReport, FunnelLine>(ReportKind.Funnel, []);
        AssertStates<AnswerTimeReport, AnswerTimeLine>(ReportKind.Answers, []);
        AssertStates<StageTimeReport, StageTimeLine>(ReportKind.Stages, []);
        AssertStates<ForecastReport, ForecastLine>(ReportKind.Forecast, []);
        // A month without leads is a line of noughts; twelve of them are nothing.
        AssertStates<CohortReport, CohortLine>(
            ReportKind.Cohorts,
            [new(new DateOnly(2026, 10, 1), 0, 0, []), new(new DateOnly(2026, 11, 1), 0, 0, [])]
        );
    }

    [Fact]
    public async Task Page_ShowsEachReportAsItComes_AndHasNothingReadTwiceAtOnce()
    {
        await LiveAsync();
        var steps = Enumerable.Range(0, 5).Select(_ => new TaskCompletionSource()).ToList();
        _meanwhile = number => steps[number - 1].Task;
        SignIn(Bed.Nina);
        Services.GetRequiredService<NavigationManager>().NavigateTo("/reports");

        var page = Render<ReportsPage>();

        for (var shown = 0; shown < 5; shown++)
        {
            page.WaitForAssertion(() =>
            {
                Assert.Equal(shown, page.FindAll(".report-table").Count);
                Assert.Equal(5 - shown, page.FindAll(".report .skeleton-rows").Count);
                Assert.True(Refresh(page).HasAttribute("disabled"));
            });
            await page.InvokeAsync(steps[shown].SetResult);
        }

        page.WaitForAssertion(() => Assert.False(Refresh(page).HasAttribute("disabled")));
        Assert.Equal(5, page.FindAll(".report-table").Count);
        Assert.Equal(5, _asked);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task ReportThatCannotBeRead_IsSaid_AndTriedAgain(int report)
    {
        await LiveAsync();
        _meanwhile = number => number == report ? throw new TimeoutException("no answer") : Task.CompletedTask;
        SignIn(Bed.Nina);
        Services.GetRequiredService<NavigationManager>().NavigateTo("/reports");

        var page = Render<ReportsPage>();

        Assert.Equal("Не вдалося прочитати звіти", page.WaitForElement(".empty-state h2").TextContent);
        Assert.Empty(page.FindAll(".report, .skeleton-rows"));
        // What went wrong may be told before the reading has come to its end.
        page.WaitForAssertion(() => Assert.False(Refresh(page).HasAttribute("disabled")));
        await page.InvokeAsync(() => page.Find(".empty-state button").ClickAsync(new()));

        page.WaitForAssertion(() => Assert.Equal(5, page.FindAll(".report-table").Count));
        Assert.Empty(page.FindAll(".empty-state, .skeleton-rows"));
    }

    private static IElement Refresh(IRenderedComponent<ReportsPage> page) => page.Find(".page-header-actions button");

    private IRenderedComponent<ReportPanel> Panel(ReportKind kind, bool isLoading, bool isEmpty) =>
        Render<ReportPanel>(parameters =>
            parameters
                .Add(panel => panel.Kind, kind)
                .Add(panel => panel.Choice, Choice)
                .Add(panel => panel.IsLoading, isLoading)
                .Add(panel => panel.IsEmpty, isEmpty)
                .Add(panel => panel.ChildContent, "<p class=\"content\"></p>")
        );

    private void AssertStates<TReport, TLine>(ReportKind kind, IReadOnlyList<TLine> empty)
        where TReport : IComponent
    {
        var report = Render<TReport>(parameters =>
        {
            parameters.TryAdd("Choice", Choice);
            parameters.TryAdd<IReadOnlyList<TLine>?>("Lines", null);
        });
        Assert.NotEmpty(report.FindAll(".skeleton-rows"));
        Assert.Empty(report.FindAll(".report-none, .report-table"));

        report.Render(parameters => parameters.TryAdd("Lines", empty));
        Assert.Equal(Texts[$"{kind}_Empty"], report.Find(".report-none").TextContent);
        Assert.Empty(report.FindAll(".skeleton-rows, .report-table, .report-files"));
    }
}
