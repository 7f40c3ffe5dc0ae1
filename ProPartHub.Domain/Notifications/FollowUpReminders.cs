using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.Notifications;

/// <summary>
/// Tells agents of follow-ups that are due, or will be in the minutes each has chosen, and of those still open an hour after
/// their time. A follow-up that is put off is due anew.
/// </summary>
public sealed class FollowUpReminders(HubDatabase database, NotificationWriter writer, TimeProvider time)
{
    /// <summary>Most told in one transaction.</summary>
    public const int BatchSize = 500;

    /// <summary>How long after its time an open follow-up counts as forgotten.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    /// <summary>Tells what is to be told now.</summary>
    public async Task RemindAsync(CancellationToken cancellationToken)
    {
        foreach (var kind in new[] { NotificationKind.FollowUpDue, NotificationKind.FollowUpOverdue })
        {
            while (await RemindAsync(kind, cancellationToken) == BatchSize)
            {
                // The next batch.
            }
        }
    }

    private async Task<int> RemindAsync(NotificationKind kind, CancellationToken cancellationToken)
    {
        // Nobody writes while nothing is due.
        await using (var db = await database.ReadAsync(cancellationToken))
        {
            if ((await DueAsync(db, kind, most: 1, cancellationToken)).Count == 0)
            {
                return 0;
            }
        }

        return await database.InTransactionAsync(
            async (db, token) =>
            {
                if (!await NotificationLock.TryAsync(db, token))
                {
                    return 0;
                }

                var due = await DueAsync(db, kind, BatchSize, token);
                await writer.WriteAsync(db, [.. due.Select(row => Told(row, kind))], token);
                return due.Count;
            },
            cancellationToken
        );
    }

    private static Occasion Told(DueFollowUp row, NotificationKind kind) =>
        new(row.AgentId, kind, string.Create(CultureInfo.InvariantCulture, $"follow-up:{row.Id:N}"), row.DueAt)
        {
            LeadId = row.LeadId,
            SubjectId = row.Id,
        };

    private Task<List<DueFollowUp>> DueAsync(
        HubDbContext db,
        NotificationKind kind,
        int most,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        var (oldest, isDue) = (now - NotificationMaker.News, kind is NotificationKind.FollowUpDue);
        var latest = isDue ? now.AddMinutes(NotificationPreferences.MostReminderMinutes) : now - Grace;
        var (key, most24) = (NotificationPreferences.Key.Name, NotificationPreferences.MostReminderMinutes);
        return db
            .Database.SqlQuery<DueFollowUp>(
                $"""
                SELECT due.id, due.lead_id, lead.agent_id, due.due_at
                FROM follow_ups AS due
                JOIN leads AS lead ON lead.id = due.lead_id
                JOIN users AS person ON person.id = lead.agent_id
                LEFT JOIN person_settings AS setting ON setting.user_id = person.id AND setting.key = {key}
                WHERE due.done_at IS NULL AND due.deleted_at IS NULL AND due.due_at > {oldest} AND due.due_at <= {latest}
                    AND lead.erased_at IS NULL AND lead.archived_at IS NULL AND person.is_active
                    AND (NOT {isDue} OR due.due_at <= {now} + make_interval(mins =>
                        least({most24}, coalesce((setting.value ->> 'reminderMinutes')::int, 0))))
                    AND NOT EXISTS (
                        SELECT FROM notifications AS told
                        WHERE told.subject_id = due.id AND told.kind = {(int)kind}
                            AND told.user_id = lead.agent_id AND told.at = due.due_at)
                ORDER BY due.due_at, due.id LIMIT {most}
                """
            )
            .ToListAsync(cancellationToken);
    }

    private sealed record DueFollowUp(Guid Id, Guid LeadId, Guid AgentId, DateTimeOffset DueAt);
}
