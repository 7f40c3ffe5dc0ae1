using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.Timeline;

/// <summary>Removes files of comments whose time has come; their contents go with the sweep of the store.</summary>
public sealed class AttachmentSweep(HubDatabase database, TimeProvider time)
{
    private const int Batch = 1000;

    /// <summary>Removes what is due. Several instances may do so side by side.</summary>
    /// <returns>How many files were removed.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var removed = 0;
        for (var some = Batch; some == Batch; removed += some)
        {
            some = await RemoveSomeAsync(cancellationToken);
        }

        return removed;
    }

    // In pieces: a long transaction would hold up whoever sends a comment meanwhile.
    private Task<int> RemoveSomeAsync(CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            (db, token) =>
            {
                var now = time.GetUtcNow();
                return db.Database.ExecuteSqlAsync(
                    $"""
                    DELETE FROM comment_attachments WHERE id IN (
                        SELECT id FROM comment_attachments WHERE remove_at <= {now}
                        ORDER BY remove_at LIMIT {Batch} FOR UPDATE SKIP LOCKED
                    )
                    """,
                    token
                );
            },
            cancellationToken
        );
}
