using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Localization;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Web.Account;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Hosting;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Reports;

/// <summary>A report as a CSV file or a workbook, with the numbers of the page. Each file is in the audit.</summary>
internal sealed class ReportExport(
    ReportRows rows,
    SecurityLog log,
    ActLimits limits,
    IStringLocalizer<ReportTexts> texts,
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
        var lines = await rows.ReadAsync(report, actor, choice, context.RequestAborted);
        await log.RecordAsync(
            SecurityEventKind.ReportExported,
            actor,
            null,
            context.RequestAborted,
            ("report", report.ToString()),
            ("format", TableAnswer.IsWorkbook(context) ? "XLSX" : "CSV"),
            ("filter", context.Request.QueryString.Value)
        );
        await TableAnswer.WriteAsync(
            context,
            "report-" + kind.ToLowerInvariant(),
            texts[$"{report}_Title"],
            time,
            async add =>
            {
                foreach (var line in lines)
                {
                    await add(line, context.RequestAborted);
                }
            }
        );
    }
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
