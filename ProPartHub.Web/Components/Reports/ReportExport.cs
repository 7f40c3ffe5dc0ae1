using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Localization;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Domain.Reports;
using ProPartHub.Web.Account;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Hosting;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Reports;

/// <summary>A report as a CSV file, with the numbers of the page. Each file is in the audit.</summary>
internal sealed class ReportExport(
    FunnelQueries funnel,
    AnswerTimeQueries answers,
    StageTimeQueries stages,
    ForecastQueries forecast,
    CohortQueries cohorts,
    SecurityLog log,
    ActLimits limits,
    ReportWords words,
    IStringLocalizer<ReportTexts> texts,
    IStringLocalizer<SharedTexts> shared,
    AgencyTime time
)
{
    public async Task AnswerAsync(HttpContext context, string kind)
    {
        var actor = context.Actor() ?? throw new UnauthorizedAccessException("Nobody is signed in.");
        if (LeadListAddress.ParseEnum<ReportKind>(kind) is not { } report)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (!await limits.MayAsync(context, actor, CostlyAct.Export))
        {
            return;
        }

        var choice = ReportAddress.Read(new Uri(context.Request.GetEncodedUrl()), time);
        var lines = await LinesAsync(report, actor, choice, context.RequestAborted);
        await log.RecordAsync(
            SecurityEventKind.ReportExported,
            actor,
            null,
            context.RequestAborted,
            ("report", report.ToString()),
            ("filter", context.Request.QueryString.Value)
        );
        await using var writer = CsvAnswer.Begin(context, "report-" + kind.ToLowerInvariant(), time);
        foreach (var line in lines)
        {
            await writer.WriteAsync(CsvLine.Of(line).AsMemory(), context.RequestAborted);
        }
    }

    private async Task<IEnumerable<string?[]>> LinesAsync(
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

    private IEnumerable<string?[]> Funnel(IEnumerable<FunnelLine> lines, ReportGrouping grouping) =>
        [
            [
                texts[$"Grouping_{grouping}"],
                texts["Total"],
                shared["Stage_new"],
                shared["Stage_contacted"],
                shared["Stage_qualified"],
                shared["Stage_won"],
                shared["Stage_lost"],
                texts["Conversion"],
                texts["WonBudget"],
            ],
            .. lines.Select(line =>
                (string?[])
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
                    ]
            ),
        ];

    private IEnumerable<string?[]> Answers(IEnumerable<AnswerTimeLine> lines, ReportGrouping grouping) =>
        [
            [
                texts[$"Grouping_{grouping}"],
                texts["Total"],
                texts["Answers_InHour"],
                texts["Answers_InDay"],
                texts["Answers_Later"],
                texts["Answers_Never"],
                texts["Average_Hours"],
            ],
            .. lines.Select(line =>
                (string?[])
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

    private IEnumerable<string?[]> Stages(IEnumerable<StageTimeLine> lines) =>
        [
            [
                texts["Pipeline"],
                texts["Stage"],
                texts["Stages_Stays"],
                texts["Stages_InDay"],
                texts["Stages_InWeek"],
                texts["Stages_InMonth"],
                texts["Stages_Longer"],
                texts["Average_Hours"],
            ],
            .. lines.Select(line =>
                (string?[])
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

    private IEnumerable<string?[]> Forecast(IEnumerable<ForecastLine> lines) =>
        [
            [
                texts["Pipeline"],
                texts["Stage"],
                texts["Forecast_Leads"],
                texts["Forecast_Budget"],
                texts["Forecast_Share"],
                texts["Forecast_Expected"],
            ],
            .. lines.Select(line =>
                (string?[])
                    [
                        line.Pipeline,
                        line.Label,
                        Number(line.Leads),
                        Number(line.Budget),
                        Number(line.Share),
                        Number(line.Expected),
                    ]
            ),
        ];

    private IEnumerable<string?[]> Cohorts(IEnumerable<CohortLine> lines) =>
        [
            [
                texts["Cohorts_Month"],
                texts["Cohorts_Total"],
                .. CohortQueries.Spans.Select(days => texts["Cohorts_Within", days].Value),
                texts["Cohorts_Won"],
            ],
            .. lines.Select(line =>
                (string?[])
                    [
                        line.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture),
                        Number(line.Total),
                        .. line.WonWithin.Select(won => Number(won)),
                        Number(line.Won),
                    ]
            ),
        ];

    private static string? Number(decimal? value) => value?.ToString("0.##", CultureInfo.InvariantCulture);

    private static string? Hours(TimeSpan? length) => Number((decimal?)length?.TotalHours);
}

internal static class ReportExportHosting
{
    public static void MapReportExport(this WebApplication app) =>
        app.MapGet(
                $"{ReportAddress.Path}/export/{{kind}}",
                (HttpContext context, string kind, ReportExport export) => export.AnswerAsync(context, kind)
            )
            .RequireAuthorization(policy => policy.RequireRole(nameof(Role.Admin), nameof(Role.Manager)))
            .ExcludeFromDescription();
}
