using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.People.Verification;

namespace ProPartHub.Domain.Timeline;

/// <summary>Removes files of comments whose time has come, row and file together.</summary>
public sealed partial class AttachmentSweep(
    HubDatabase database,
    DocumentStore store,
    TimeProvider time,
    ILogger<AttachmentSweep> logger
)
{
    private const int Batch = 100;

    /// <summary>Removes what is due. Several instances may do so side by side.</summary>
    /// <returns>How many files were removed.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var removed = 0;
        var after = Guid.Empty;
        while (store.IsReady)
        {
            var (last, count) = await RemoveSomeAsync(after, cancellationToken);
            removed += count;
            if (last is null)
            {
                break;
            }

            after = last.Value;
        }

        return removed;
    }

    // The file first: a row whose file is gone is met again, a file that no row names would lie there for good.
    private Task<(Guid? Last, int Removed)> RemoveSomeAsync(Guid after, CancellationToken cancellationToken) =>
        database.InTransactionAsync<(Guid?, int)>(
            async (db, token) =>
            {
                var now = time.GetUtcNow();
                var due = await db
                    .CommentAttachments.FromSql(
                        $"""
                        SELECT * FROM comment_attachments WHERE remove_at <= {now} AND id > {after}
                        ORDER BY id LIMIT {Batch} FOR UPDATE SKIP LOCKED
                        """
                    )
                    .ToListAsync(token);
                var gone = due.Where(IsRemoved).Select(attachment => attachment.Id).ToList();
                await db.CommentAttachments.Where(row => gone.Contains(row.Id)).ExecuteDeleteAsync(token);
                return (due.Count == 0 ? null : due[^1].Id, gone.Count);
            },
            cancellationToken
        );

    private bool IsRemoved(CommentAttachment attachment)
    {
        try
        {
            store.Remove([attachment.FileName]);
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Not the others' fault; it is tried again in an hour.
            LogKept(attachment.Id, fault);
            return false;
        }
    }

    [LoggerMessage(
        LogLevel.Warning,
        "The file of attachment {Attachment} could not be removed; the next try is in an hour"
    )]
    private partial void LogKept(Guid attachment, Exception fault);
}
