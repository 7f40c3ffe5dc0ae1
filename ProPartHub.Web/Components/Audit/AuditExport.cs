using System.Globalization;
using Microsoft.Extensions.Localization;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.People;
using ProPartHub.Web.Account;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Hosting;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Audit;

/// <summary>
/// What the audit's filter finds as a CSV file: a line for each value that changed, read and sent page by page, so that
/// the memory it takes does not grow with it. The file itself is an event of the audit.
/// </summary>
internal sealed class AuditExport(
    AuditQueries audit,
    AuditWords words,
    SecurityLog log,
    ActLimits limits,
    IStringLocalizer<AuditTexts> texts,
    AgencyTime time,
    TimeProvider clock
)
{
    public async Task AnswerAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var actor = context.Actor() ?? throw new UnauthorizedAccessException("Nobody is signed in.");
        if (!await limits.MayAsync(context, actor, CostlyAct.Export))
        {
            return;
        }

        var query = AuditAddress.Read(key => context.Request.Query[key]);
        await log.RecordAsync(
            SecurityEventKind.AuditExported,
            actor,
            null,
            cancellationToken,
            ("filter", context.Request.QueryString.Value)
        );
        await using var writer = CsvAnswer.Begin(context, "audit", time);
        await WriteAsync(writer, actor, query, cancellationToken);
    }

    private async Task WriteAsync(
        StreamWriter writer,
        Actor actor,
        AuditQuery query,
        CancellationToken cancellationToken
    )
    {
        await writer.WriteAsync(
            CsvLine.Of(
                texts["Column_When"],
                texts["Column_Who"],
                texts["Column_Address"],
                texts["Column_What"],
                texts["Column_Person"],
                texts["Column_Lead"],
                texts["Column_Field"],
                texts["Column_Before"],
                texts["Column_After"]
            )
        );

        // What happens while the file is made is not in it; else a busy portal would never come to its end.
        var filter = query.ToFilter(time);
        var now = clock.GetUtcNow();
        filter = filter with { Before = filter.Before < now ? filter.Before : now };
        AuditPlace? after = null;
        do
        {
            var page = await audit.PageAsync(actor, filter, after, AuditQueries.MaxPageSize, cancellationToken);
            foreach (var line in page.Rows.SelectMany(row => LinesOf(page, row)))
            {
                await writer.WriteAsync(line.AsMemory(), cancellationToken);
            }

            await writer.FlushAsync(cancellationToken);
            after = page.Older;
        } while (after is not null);
    }

    private IEnumerable<string> LinesOf(AuditStretch page, AuditRow row)
    {
        string?[] head =
        [
            time.Local(row.Place.At).ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture),
            words.Who(row),
            row.Address,
            words.What(row),
            row.UserId is { } user ? page.People.GetValueOrDefault(user) : null,
            row.LeadId is { } lead && page.Leads.GetValueOrDefault(lead) is { } named ? $"L-{named.Number}" : null,
        ];
        if (row.Facts.Count == 0)
        {
            yield return CsvLine.Of([.. head, null, null, row.ErasedAt is null ? null : texts["Erased_What"].Value]);
        }

        foreach (var fact in row.Facts)
        {
            yield return CsvLine.Of([
                .. head,
                words.Name(row, fact),
                fact.IsChange ? words.Value(page, row, fact, fact.Before) : null,
                words.Value(page, row, fact, fact.After),
            ]);
        }
    }
}
