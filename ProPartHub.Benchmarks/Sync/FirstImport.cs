using Microsoft.EntityFrameworkCore;
using ProPartHub.Benchmarks.Data;

namespace ProPartHub.Benchmarks.Sync;

/// <summary>Tells when a hub's first import has ended.</summary>
internal static class FirstImport
{
    // Every record of these is taken in: deals, notes, calls, mails, meetings and tasks.
    private const int Types = 6;

    public static async Task<bool> IsDoneAsync(ScratchHub hub, CancellationToken cancellationToken)
    {
        await using var db = await hub.OpenAsync(cancellationToken);
        return await db.SyncCursors.CountAsync(cursor => cursor.ImportedAt != null, cancellationToken) == Types;
    }
}
