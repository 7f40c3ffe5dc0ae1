using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Live;

/// <summary>What a reader missed, and from where to ask next time.</summary>
/// <param name="Batch">The changes, or "read everything again" when they are too many.</param>
/// <param name="Position">Hand this to the next call.</param>
public sealed record FeedCatchUp(FeedBatch Batch, ulong Position);

/// <summary>
/// Answers "what happened since?", which NOTIFY cannot. A position is a transaction id and not an event id: event ids
/// are taken before commit, so 7 may appear after 8 was read, and a reader that remembers 8 would never see it. A
/// position is the oldest transaction that still ran, in any database of the server: all below it have ended, so
/// nothing can appear there any more.
/// </summary>
public sealed class FeedHistory(HubDatabase database)
{
    /// <summary>Above so many events it is cheaper to read everything again.</summary>
    public const int MostEvents = 500;

    /// <summary>The position of now: take it before reading what is shown, and ask from it later.</summary>
    public async Task<ulong> PositionAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        return await OldestRunningAsync(db, cancellationToken);
    }

    /// <summary>
    /// What the actor may know of since a position. Whatever has committed comes at once, also above the next position;
    /// that part comes again next time, which does no harm because batches carry no values.
    /// </summary>
    /// <param name="actor">Whose row rights decide what comes.</param>
    /// <param name="position">From <see cref="PositionAsync"/> or an earlier answer.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<FeedCatchUp> SinceAsync(Actor actor, ulong position, CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);

        // The position first: a transaction that the second command does not see either ran at the first, and is not
        // below its oldest, or began later and is above it. Read the other way round, it could fall between the two.
        var next = await OldestRunningAsync(db, cancellationToken);
        var events = await db
            .LeadEvents.ToldTo(actor)
            .Where(entry => entry.TransactionId >= position)
            .OrderBy(entry => entry.TransactionId)
            .ThenBy(entry => entry.Id)
            .Take(MostEvents + 1)
            .Select(entry => new LeadEvent
            {
                Id = entry.Id,
                ActorName = string.Empty,
                LeadId = entry.LeadId,
                Kind = entry.Kind,
                ActorId = entry.ActorId,
                Origin = entry.Origin,
                AgentId = entry.AgentId,
                PreviousAgentId = entry.PreviousAgentId,
                TeamId = entry.TeamId,
                PreviousTeamId = entry.PreviousTeamId,
            })
            .ToListAsync(cancellationToken);
        return new FeedCatchUp(
            events.Count > MostEvents
                ? FeedBatch.Refresh
                : FeedBatch.Of(
                    // Read without what was changed: any of them may have moved figures.
                    events
                        .Select(entry =>
                            FeedRights.ChangeFor(actor, FeedMessage.For(entry) with { KeepsFigures = null })
                        )
                        .OfType<LeadChange>()
                ),
            next
        );
    }

    private static async Task<ulong> OldestRunningAsync(HubDbContext db, CancellationToken cancellationToken) =>
        (ulong)
            await db
                .Database.SqlQuery<long>(
                    $"""SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS "Value" """
                )
                .SingleAsync(cancellationToken);
}
