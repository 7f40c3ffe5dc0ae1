using Npgsql;
using ProPartHub.Benchmarks.Data;
using ProPartHub.Benchmarks.Lists;
using ProPartHub.Domain.Dashboards;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Reports;

namespace ProPartHub.Benchmarks.Reports;

/// <summary>Each report over the leads of twelve months and each part of the start page, as an admin reads them.</summary>
internal static class ReportBenchmark
{
    public static async Task RunAsync(
        BenchmarkOptions options,
        MarkdownReport report,
        CancellationToken cancellationToken
    )
    {
        var (reports, parts) = (new SizeComparison(ReadTiming.Slow), new SizeComparison(ReadTiming.Slow));
        foreach (var size in SizeComparison.Sizes(options))
        {
            var recorder = new CommandRecorder();
            await using var hub = await ScratchHub.StartAsync(recorder, cancellationToken);
            await AgencySeed.WriteAsync(hub, size, cancellationToken);
            await HistorySeed.WriteAsync(hub, cancellationToken);
            var source = hub.Get<NpgsqlDataSource>();
            await reports.MeasureAsync(size, Reports(hub), source, recorder, cancellationToken);
            await parts.MeasureAsync(size, StartPage(hub), source, recorder, cancellationToken);
        }

        reports.Write(report, "Reports over twelve months");
        parts.Write(report, "Start page");
    }

    private static IReadOnlyList<MeasuredRead> Reports(ScratchHub hub)
    {
        var year = new LeadListQuery { CreatedFrom = DateTimeOffset.UtcNow.AddMonths(-12) };
        var (funnel, stages) = (hub.Get<FunnelQueries>(), hub.Get<StageTimeQueries>());
        var (answers, forecast) = (hub.Get<AnswerTimeQueries>(), hub.Get<ForecastQueries>());
        var cohorts = hub.Get<CohortQueries>();
        return
        [
            new("funnel by agent", token => funnel.ReadAsync(Actor.System, year, ReportGrouping.Agent, token)),
            new("funnel by source", token => funnel.ReadAsync(Actor.System, year, ReportGrouping.Source, token)),
            new("time in stages", token => stages.ReadAsync(Actor.System, year, token)),
            new("time to answer", token => answers.ReadAsync(Actor.System, year, ReportGrouping.Agent, token)),
            new("forecast", token => forecast.ReadAsync(Actor.System, year, token)),
            new("cohorts", token => cohorts.ReadAsync(Actor.System, year, token)),
        ];
    }

    private static IReadOnlyList<MeasuredRead> StartPage(ScratchHub hub)
    {
        var (agenda, figures) = (hub.Get<AgendaQueries>(), hub.Get<FigureQueries>());
        var (quiet, team) = (hub.Get<QuietQueries>(), hub.Get<TeamQueries>());
        var (trend, news) = (hub.Get<TrendQueries>(), hub.Get<NewsQueries>());
        var yesterday = new SeenPlace(null, DateTimeOffset.UtcNow.AddDays(-1));
        return
        [
            new("figures", token => figures.ReadAsync(Actor.System, token)),
            new("agenda", token => agenda.ReadAsync(Actor.System, token)),
            new("quiet leads", token => quiet.ReadAsync(Actor.System, token)),
            new("team", token => team.ReadAsync(Actor.System, token)),
            new("trend, weeks", token => trend.ReadAsync(Actor.System, TrendMetric.Leads, TrendStep.Week, token)),
            new("trend, months", token => trend.ReadAsync(Actor.System, TrendMetric.Leads, TrendStep.Month, token)),
            new("news of a day", token => news.ReadAsync(Actor.System, yesterday, token)),
        ];
    }
}
