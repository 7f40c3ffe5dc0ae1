using System.Globalization;
using Microsoft.Extensions.Localization;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Columns;
using ProPartHub.Domain.Leads.Tags;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Settings;
using ProPartHub.Web.Account;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Hosting;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Leads.Listing;

/// <summary>
/// What the list finds, with the reader's own columns, as a CSV file or a workbook: read and sent page by page, so that the
/// memory it takes does not grow with it. Each file is an event of the audit.
/// </summary>
internal sealed class LeadExport(
    LeadQueries leads,
    LeadColumnQueries besides,
    TagService tags,
    PersonSettings settings,
    SecurityLog log,
    ActLimits limits,
    LeadExportCells cells,
    IStringLocalizer<LeadsTexts> texts,
    AgencyTime time
)
{
    public const string Path = "/leads/export";

    public async Task AnswerAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var actor = context.Actor() ?? throw new UnauthorizedAccessException("Nobody is signed in.");
        if (!await limits.MayAsync(context, actor, CostlyAct.Export))
        {
            return;
        }

        var asked = new UriBuilder { Path = Path, Query = context.Request.QueryString.Value }.Uri;
        var query = LeadListAddress.Read(asked, time) with
        {
            Cursor = null,
            Backward = false,
            PageSize = LeadListQuery.MaxPageSize,
        };
        var layout = (await settings.ReadAsync(actor, LeadColumnLayout.Key, cancellationToken)).InOrder();
        LeadColumn[] columns = [.. layout.Columns.Select(place => place.Column)];
        var count = await leads.CountAsync(actor, query, cancellationToken, LeadCount.Cap);
        await log.RecordAsync(
            SecurityEventKind.LeadsExported,
            actor,
            null,
            cancellationToken,
            ("filter", LeadListAddress.Write(query, time)[LeadListAddress.Path.Length..]),
            ("format", TableAnswer.IsWorkbook(context) ? "XLSX" : "CSV"),
            ("columns", string.Join(", ", columns)),
            ("leads", count.Value.ToString(CultureInfo.InvariantCulture) + (count.IsCapped ? "+" : ""))
        );
        await TableAnswer.WriteAsync(
            context,
            "leads",
            texts["List_Title"],
            time,
            add => WriteAsync(actor, query, columns, add, cancellationToken)
        );
    }

    private async Task WriteAsync(
        Actor actor,
        LeadListQuery query,
        LeadColumn[] columns,
        Func<IReadOnlyList<object?>, CancellationToken, Task> add,
        CancellationToken cancellationToken
    )
    {
        await add([.. columns.SelectMany(cells.Titles)], cancellationToken);
        string? next = null;
        do
        {
            var page = await leads.PageAsync(actor, query with { Cursor = next }, cancellationToken);
            var ids = page.Rows.Select(row => row.Id).ToList();
            var extras = await besides.ReadAsync(actor, ids, columns, cancellationToken);
            var marks = columns.Contains(LeadColumn.Tags) ? await tags.OfAsync(actor, ids, cancellationToken) : null;
            foreach (var row in page.Rows)
            {
                var extra = extras.GetValueOrDefault(row.Id);
                var own = marks?.GetValueOrDefault(row.Id) ?? [];
                await add([.. columns.SelectMany(column => cells.Values(column, row, extra, own))], cancellationToken);
            }

            next = page.Next;
        } while (next is not null);
    }
}

internal static class LeadExportHosting
{
    public static void MapLeadExport(this WebApplication app) =>
        app.MapGet(
                LeadExport.Path,
                (HttpContext context, LeadExport export) => export.AnswerAsync(context, context.RequestAborted)
            )
            .RequireAuthorization()
            .ExcludeFromDescription();
}
