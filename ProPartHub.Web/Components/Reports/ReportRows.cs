using System.Globalization;
using Microsoft.Extensions.Localization;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Reports;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Reports;

/// <summary>A report as the rows of a file: its titles, then raw numbers and lengths in hours.</summary>
internal sealed class ReportRows(
    FunnelQueries funnel,
    AnswerTimeQueries answers,
    StageTimeQueries stages,
    ForecastQueries forecast,
    CohortQueries cohorts,
    ReportWords words,
    IStringLocalizer<ReportTexts> texts,
    IStringLocalizer<SharedTexts> shared
)
{
    public async Task<IEnumerable<object?[]>> ReadAsync(
        ReportKind report,
        Actor actor,
        ReportChoice choice,
        CancellationToken cancellationToken
    ) =>
        report switch
        {
            ReportKind.Funnel => Funnel(
                await funnel.ReadAsync(actor, choice.Leads, choice.Grouping, cancellationToken),
                choice.Grouping
            ),
            ReportKind.Answers => Answers(
                await answers.ReadAsync(actor, choice.Leads, choice.Grouping, cancellationToken),
                choice.Grouping
            ),
            ReportKind.Stages => Stages(await stages.ReadAsync(actor, choice.Leads, cancellationToken)),
            ReportKind.Forecast => Forecast(await forecast.ReadAsync(actor, choice.Leads, cancellationToken)),
            _ => Cohorts(await cohorts.ReadAsync(actor, choice.Leads, cancellationToken)),
        };

    private IEnumerable<object?[]> Funnel(IEnumerable<FunnelLine> lines, ReportGrouping grouping) =>
        [
            [
                texts[$"Grouping_{grouping}"].Value,
                texts["Total"].Value,
                shared["Stage_new"].Value,
                shared["Stage_contacted"].Value,
                shared["Stage_qualified"].Value,
                shared["Stage_won"].Value,
                shared["Stage_lost"].Value,
                texts["Conversion"].Value,
                texts["WonBudget"].Value,
                texts["WonOtherwise"].Value,
            ],
            .. lines.Select(line =>
                (object?[])
                    [
                        words.NameOf(line.Key, grouping),
                        Number(line.Total),
                        Number(line.New),
                        Number(line.Contacted),
                        Number(line.Qualified),
                        Number(line.Won),
                        Number(line.Lost),
                        Number(line.Conversion),
                        Number(line.WonBudget),
                        Number(line.WonOtherwise),
                    ]
            ),
        ];

    private IEnumerable<object?[]> Answers(IEnumerable<AnswerTimeLine> lines, ReportGrouping grouping) =>
        [
            [
                texts[$"Grouping_{grouping}"].Value,
                texts["Total"].Value,
                texts["Answers_InHour"].Value,
                texts["Answers_InDay"].Value,
                texts["Answers_Later"].Value,
                texts["Answers_Never"].Value,
                texts["Average_Hours"].Value,
            ],
            .. lines.Select(line =>
                (object?[])
                    [
                        words.NameOf(line.Key, grouping),
                        Number(line.Total),
                        Number(line.InHour),
                        Number(line.InDay),
                        Number(line.Later),
                        Number(line.Never),
                        Hours(line.Average),
                    ]
            ),
        ];

    private IEnumerable<object?[]> Stages(IEnumerable<StageTimeLine> lines) =>
        [
            [
                texts["Pipeline"].Value,
                texts["Stage"].Value,
                texts["Stages_Stays"].Value,
                texts["Stages_InDay"].Value,
                texts["Stages_InWeek"].Value,
                texts["Stages_InMonth"].Value,
                texts["Stages_Longer"].Value,
                texts["Average_Hours"].Value,
            ],
            .. lines.Select(line =>
                (object?[])
                    [
                        line.Pipeline,
                        line.Label,
                        Number(line.Total),
                        Number(line.InDay),
                        Number(line.InWeek),
                        Number(line.InMonth),
                        Number(line.Longer),
                        Hours(line.Average),
                    ]
            ),
        ];

    private IEnumerable<object?[]> Forecast(IEnumerable<ForecastLine> lines) =>
        [
            [
                texts["Pipeline"].Value,
                texts["Stage"].Value,
                texts["Forecast_Leads"].Value,
                texts["Forecast_Budget"].Value,
                texts["Forecast_Otherwise"].Value,
                texts["Forecast_Ended"].Value,
                texts["Forecast_Share"].Value,
                texts["Forecast_Expected"].Value,
            ],
            .. lines.Select(line =>
                (object?[])
                    [
                        line.Pipeline,
                        line.Label,
                        Number(line.Leads),
                        Number(line.Budget),
                        Number(line.Otherwise),
                        Number(line.Ended),
                        Number(line.Share),
                        Number(line.Expected),
                    ]
            ),
        ];

    private IEnumerable<object?[]> Cohorts(IEnumerable<CohortLine> lines) =>
        [
            [
                texts["Cohorts_Month"].Value,
                texts["Cohorts_Total"].Value,
                .. CohortQueries.Spans.Select(days => texts["Cohorts_Within", days].Value),
                texts["Cohorts_Won"].Value,
            ],
            .. lines.Select(line =>
                (object?[])
                    [
                        line.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture),
                        Number(line.Total),
                        .. line.WonWithin.Select(won => Number(won)),
                        Number(line.Won),
                    ]
            ),
        ];

    private static decimal? Number(decimal? value) => value;

    private static decimal? Hours(TimeSpan? length) => (decimal?)length?.TotalHours;
}
