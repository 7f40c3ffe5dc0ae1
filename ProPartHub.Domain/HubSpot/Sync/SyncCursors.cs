using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>The rows that say how far each walk has come.</summary>
internal static class SyncCursors
{
    /// <summary>The row of a walk, to be changed; a new one where there is none. Inside the caller's transaction.</summary>
    public static async Task<SyncCursor> CursorAsync(
        this HubDbContext db,
        string objectType,
        CancellationToken cancellationToken
    ) =>
        await db.SyncCursors.SingleOrDefaultAsync(cursor => cursor.ObjectType == objectType, cancellationToken)
        ?? db.SyncCursors.Add(new SyncCursor { ObjectType = objectType }).Entity;
}
