using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.Operations;

/// <summary>Counts what waits, in one command: each part of it reads an index of what waits and nothing else.</summary>
internal static class QueueReader
{
    /// <summary>Every queue, in the order of <see cref="QueueName"/>.</summary>
    /// <param name="db">The database.</param>
    /// <param name="now">The present moment (UTC): what is due later does not wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<IReadOnlyList<QueueState>> ReadAsync(
        HubDbContext db,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var rows = await db
            .Database.SqlQuery<Row>(
                $"""
                SELECT {(int)QueueName.Pushes} AS queue, count(*)::int AS depth, min(since) AS oldest
                FROM outbox WHERE parked_at IS NULL
                UNION ALL
                SELECT {(int)QueueName.Parked}, count(*)::int, min(parked_at) FROM outbox WHERE parked_at IS NOT NULL
                UNION ALL
                SELECT {(int)QueueName.Webhooks}, count(*)::int, min(received_at)
                FROM webhook_events WHERE processed_at IS NULL
                UNION ALL
                SELECT {(int)QueueName.Mails}, count(*)::int, min(created_at)
                FROM mails WHERE sent_at IS NULL AND given_up_at IS NULL
                UNION ALL
                SELECT {(int)QueueName.Notifications}, sum(depth)::int, min(oldest)
                FROM (SELECT coalesce(max(read_below), '0') AS below FROM notification_cursor) AS reached,
                    LATERAL (
                        SELECT count(*) AS depth, min(occurred_at) AS oldest
                        FROM lead_events WHERE transaction_id >= reached.below
                        UNION ALL
                        SELECT count(*), min(occurred_at) FROM security_events WHERE transaction_id >= reached.below
                    ) AS untold
                UNION ALL
                SELECT {(int)QueueName.NotificationMails}, count(*)::int, min(mail_at)
                FROM notifications WHERE mail_at <= {now}
                UNION ALL
                SELECT {(int)QueueName.Imports}, count(*)::int, min(due_at) FROM lead_imports WHERE due_at <= {now}
                UNION ALL
                SELECT {(int)QueueName.BulkActs}, count(*)::int, min(due_at)
                FROM bulk_acts WHERE finished_at IS NULL AND due_at <= {now}
                UNION ALL
                SELECT {(int)QueueName.Backups}, count(*)::int, min(asked_at)
                FROM backup_runs WHERE result = {(int)Backups.BackupResult.Waiting}
                UNION ALL
                SELECT {(int)QueueName.Audit}, sum(depth)::int, min(oldest)
                FROM (SELECT coalesce(max(sealed_below), '0') AS below FROM audit_seal_state) AS reached,
                    LATERAL (
                        SELECT count(*) AS depth, min(occurred_at) AS oldest
                        FROM lead_events WHERE transaction_id >= reached.below
                        UNION ALL
                        SELECT count(*), min(occurred_at) FROM security_events WHERE transaction_id >= reached.below
                    ) AS unsealed
                UNION ALL
                SELECT {(int)QueueName.FormerFiles}, count(*)::int, NULL
                FROM (
                    SELECT FROM verification_documents WHERE file_name IS NOT NULL
                    UNION ALL
                    SELECT FROM comment_attachments WHERE file_name IS NOT NULL
                ) AS left_behind
                """
            )
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.OrderBy(row => row.Queue)
                .Select(row => new QueueState((QueueName)row.Queue, row.Depth, row.Oldest)),
        ];
    }

    private sealed record Row(int Queue, int Depth, DateTimeOffset? Oldest);
}
