using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Dashboards;

/// <summary>Keeps up to where people have seen what changed.</summary>
public sealed class SeenMarks(HubDatabase database, TimeProvider time)
{
    /// <summary>So long after somebody last saw the page a new visit begins; sooner, the changes of this one stay.</summary>
    public static readonly TimeSpan VisitGap = TimeSpan.FromMinutes(30);

    /// <summary>What somebody sees who never was here: the changes of so many days.</summary>
    public static readonly TimeSpan FirstVisit = TimeSpan.FromDays(3);

    /// <summary>From where the actor's visit shows changes. Nothing is stored: only who has seen something moves the mark.</summary>
    public async Task<SeenPlace> VisitAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var mark = await db.SeenMarks.SingleOrDefaultAsync(row => row.UserId == actor.UserId, cancellationToken);
        var now = time.GetUtcNow();
        return mark is null ? new(null, now - FirstVisit)
            : now - mark.SeenAt > VisitGap ? new(mark.SeenSnapshot, mark.SeenAt)
            : new(mark.VisitSnapshot, mark.VisitAt);
    }

    /// <summary>The actor has seen everything up to a place. A mark never moves back, whatever other windows show.</summary>
    /// <param name="actor">Who has seen it.</param>
    /// <param name="visit">From where the page showed changes: <see cref="VisitAsync"/>.</param>
    /// <param name="seen">Up to where: <see cref="News.UpTo"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Errors.ForbiddenException">An admin only looks through the actor's eyes, and sees for nobody.</exception>
    public Task SeenAsync(Actor actor, SeenPlace visit, SeenPlace seen, CancellationToken cancellationToken)
    {
        var user = actor.Writing().UserId;
        return database.InTransactionAsync(
            (db, token) =>
                db.Database.ExecuteSqlAsync(
                    $"""
                    INSERT INTO seen_marks (user_id, visit_snapshot, visit_at, seen_snapshot, seen_at)
                    SELECT id, {visit.Snapshot}, {visit.At}, {seen.Snapshot}, {seen.At} FROM users WHERE id = {user}
                    ON CONFLICT (user_id) DO UPDATE
                    SET seen_snapshot = EXCLUDED.seen_snapshot, seen_at = EXCLUDED.seen_at,
                        visit_at = greatest(seen_marks.visit_at, EXCLUDED.visit_at),
                        visit_snapshot = CASE WHEN seen_marks.visit_at < EXCLUDED.visit_at
                            THEN EXCLUDED.visit_snapshot ELSE seen_marks.visit_snapshot END
                    WHERE seen_marks.seen_at < EXCLUDED.seen_at
                    """,
                    token
                ),
            cancellationToken
        );
    }
}
