using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Notifications;

/// <summary>
/// Marks the actor's own notifications as read; others' are out of reach. What somebody has looked at is no change of the
/// agency's data, so it is not in the audit.
/// </summary>
public sealed class NotificationReading(HubDatabase database, TimeProvider time)
{
    /// <summary>Marks some as read.</summary>
    /// <exception cref="Errors.ForbiddenException">An admin only looks through the actor's eyes.</exception>
    public Task MarkAsync(Actor actor, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        MarkAsync(actor, rows => rows.Where(row => ids.Contains(row.Id)), cancellationToken);

    /// <summary>Marks all of a lead as read, since its page was opened.</summary>
    /// <inheritdoc cref="MarkAsync(Actor, IReadOnlyCollection{Guid}, CancellationToken)"/>
    public Task MarkLeadAsync(Actor actor, Guid leadId, CancellationToken cancellationToken) =>
        MarkAsync(actor, rows => rows.Where(row => row.LeadId == leadId), cancellationToken);

    /// <summary>Marks everything up to a moment as read: what comes while the button is pressed stays unread.</summary>
    /// <inheritdoc cref="MarkAsync(Actor, IReadOnlyCollection{Guid}, CancellationToken)"/>
    public Task MarkAllAsync(Actor actor, DateTimeOffset upTo, CancellationToken cancellationToken) =>
        MarkAsync(actor, rows => rows.Where(row => row.CreatedAt <= upTo), cancellationToken);

    private async Task MarkAsync(
        Actor actor,
        Func<IQueryable<Notification>, IQueryable<Notification>> which,
        CancellationToken cancellationToken
    )
    {
        var (userId, now) = (actor.Writing().UserId, time.GetUtcNow());
        await using (var db = await database.ReadAsync(cancellationToken))
        {
            // Every opening of a lead asks; most find nothing, and write nothing.
            if (!await Unread(db).AnyAsync(cancellationToken))
            {
                return;
            }
        }

        await database.InTransactionAsync(
            async (db, token) =>
            {
                await Unread(db).ExecuteUpdateAsync(row => row.SetProperty(read => read.ReadAt, now), token);
                // The person's other windows and devices.
                await NotificationWriter.TellAsync(db, [userId], token);
            },
            cancellationToken
        );

        IQueryable<Notification> Unread(HubDbContext db) =>
            which(db.Notifications.Where(row => row.UserId == userId && row.ReadAt == null && row.IsInPortal));
    }
}
