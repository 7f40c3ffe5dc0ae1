using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Audit;

/// <summary>
/// Erases the content of events past their retention: that something happened, when and to what stays, names, addresses
/// and values go. Each batch is put on record before it is erased.
/// </summary>
public sealed class AuditRetention(HubDatabase database, IOptions<AuditOptions> options, TimeProvider time)
{
    private const int BatchSize = 5000;

    /// <summary>Erases everything that is due.</summary>
    /// <returns>How many events lost their content.</returns>
    public async Task<int> ApplyAsync(CancellationToken cancellationToken)
    {
        var total = 0;
        for (var erased = BatchSize; erased >= BatchSize; total += erased)
        {
            erased = await database.InTransactionAsync(EraseBatchAsync, cancellationToken);
        }

        return total;
    }

    private async Task<int> EraseBatchAsync(HubDbContext db, CancellationToken cancellationToken)
    {
        await AuditLock.TakeAsync(db, cancellationToken);
        var now = time.GetUtcNow();
        var (keep, keepBrief) = (
            now.AddDays(-options.Value.KeepDays),
            now.AddDays(-Math.Min(options.Value.KeepViewDays, options.Value.KeepDays))
        );
        if (!await IsDueAsync(db, keep, keepBrief, cancellationToken))
        {
            return 0;
        }

        var record = SecurityLog.Entry(
            SecurityEventKind.AuditExpired,
            Actor.System,
            time,
            null,
            ("before", Day(keep)),
            ("log-ins and views before", Day(keepBrief))
        );
        db.SecurityEvents.Add(record);
        await db.SaveChangesAsync(cancellationToken);
        var lasting = Enum.GetValues<SecurityEventKind>().Except(AuditGroups.Brief).ToList();
        return await AuditErasure.EraseSecurityEventsAsync(
                db,
                AuditGroups.Brief,
                keepBrief,
                BatchSize,
                record.Id,
                now,
                cancellationToken
            )
            + await AuditErasure.EraseSecurityEventsAsync(
                db,
                lasting,
                keep,
                BatchSize,
                record.Id,
                now,
                cancellationToken
            )
            + await AuditErasure.EraseLeadEventsAsync(db, keep, BatchSize, record.Id, now, cancellationToken);
    }

    // Nothing is put on record where nothing is erased.
    private static async Task<bool> IsDueAsync(
        HubDbContext db,
        DateTimeOffset keep,
        DateTimeOffset keepBrief,
        CancellationToken cancellationToken
    )
    {
        var brief = AuditGroups.Brief.ToList();
        var security = db.SecurityEvents.Where(row =>
            row.ErasedAt == null && (row.OccurredAt < keep || (row.OccurredAt < keepBrief && brief.Contains(row.Kind)))
        );
        var leads = db.LeadEvents.Where(row => row.OccurredAt < keep && (row.ErasedAt == null || row.ActorName != ""));
        return await security.AnyAsync(cancellationToken) || await leads.AnyAsync(cancellationToken);
    }

    private static string Day(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
