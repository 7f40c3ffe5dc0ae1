using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.Notifications;

/// <summary>Transactions whose events can be read: all of them have ended, and none can appear among them.</summary>
/// <param name="From">The first.</param>
/// <param name="Before">The first that is not among them.</param>
/// <param name="Next">From where to read once all of these were.</param>
internal sealed record EventWindow(ulong From, ulong Before, ulong Next)
{
    /// <summary>Whether the place is moved even where there is nothing to read.</summary>
    public bool MustBeginAnew => Next < From;

    /// <summary>The window above what was read.</summary>
    public static async Task<EventWindow> OfAsync(HubDbContext db, ulong readBelow, CancellationToken cancellationToken)
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

        // A database brought to another server from a backup: there transactions count from the start again. First what was
        // written before is read to its end, then all begins anew; keys of occasions keep the same from being told again.
        return readBelow > notBegun
            ? new EventWindow(readBelow, long.MaxValue, 0)
            : new EventWindow(readBelow, oldest, oldest);
    }

    private sealed record Limits(long OldestRunning, long NotBegun);
}
