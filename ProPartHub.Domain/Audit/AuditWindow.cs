using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.Audit;

/// <summary>Which transactions' events can be sealed now: all of them have ended, and none can appear among them.</summary>
internal sealed class AuditWindow
{
    private readonly ulong _from;
    private readonly ulong? _before;

    private AuditWindow(ulong from, ulong? before, ulong next) => (_from, _before, Next) = (from, before, next);

    /// <summary>Below it all is sealed once this window is empty.</summary>
    public ulong Next { get; }

    /// <summary>Below it all is sealed once everything up to a transaction was, some of that one's own perhaps not.</summary>
    public ulong NextAfter(ulong transaction) => _before is null ? _from : transaction;

    /// <summary>The window above what is sealed.</summary>
    public static async Task<AuditWindow> OfAsync(
        HubDbContext db,
        ulong sealedBelow,
        CancellationToken cancellationToken
    )
    {
        var limits = await db
            .Database.SqlQuery<Limits>(
                $"""
                SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS oldest_running,
                    pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS not_begun
                """
            )
            .SingleAsync(cancellationToken);
        var (oldest, notBegun) = ((ulong)limits.OldestRunning, (ulong)limits.NotBegun);

        // A database brought to another server from a backup: there transactions count from the start again, and what was
        // written before carries numbers that none has had yet. First that is sealed to its end, then all begins anew.
        return sealedBelow > notBegun
            ? new AuditWindow(notBegun, before: null, next: 0)
            : new AuditWindow(sealedBelow, oldest, oldest);
    }

    /// <summary>Its events that have no seal.</summary>
    public IQueryable<T> Unsealed<T>(IQueryable<T> events, IQueryable<AuditSeal> seals)
        where T : class, IAuditEvent
    {
        var (from, before) = (_from, _before ?? ulong.MaxValue);
        return events.Where(row => row.TransactionId >= from && row.TransactionId < before).WithoutSeal(seals);
    }

    private sealed record Limits(long OldestRunning, long NotBegun);
}

/// <summary>
/// One at a time over all instances: adding links, and erasing what links were made of, so that no link is made of content
/// that is erased in the same moment. Held until the transaction ends.
/// </summary>
internal static class AuditLock
{
    private const long Key = 0x50_50_48_41_55_44_49_54;

    /// <summary>Takes the lock if it is free.</summary>
    public static Task<bool> TryAsync(HubDbContext db, CancellationToken cancellationToken) =>
        db
            .Database.SqlQuery<bool>($"""SELECT pg_try_advisory_xact_lock({Key}) AS "Value" """)
            .SingleAsync(cancellationToken);

    /// <summary>Waits for the lock.</summary>
    public static Task TakeAsync(HubDbContext db, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({Key})", cancellationToken);
}
