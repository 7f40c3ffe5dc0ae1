using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.Audit;

/// <summary>What is wrong with an event or a link.</summary>
public enum AuditFaultKind
{
    /// <summary>The event holds something else than when it was sealed.</summary>
    Changed = 1,

    /// <summary>The event is gone.</summary>
    Missing,

    /// <summary>The event was put among sealed ones after they were.</summary>
    Inserted,

    /// <summary>The event's content is gone without an erasure on record.</summary>
    ErasedOffRecord,

    /// <summary>The link itself was changed, or one is missing.</summary>
    Chain,

    /// <summary>The links end before, or the last is another than, what the state or the caller wrote down.</summary>
    Head,
}

/// <summary>The first thing found wrong.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Position">Place in the chain; 0 for an event that has none.</param>
/// <param name="Source">The event's table.</param>
/// <param name="EventId">The event; 0 when it is about the chain alone.</param>
public sealed record AuditFault(AuditFaultKind Kind, long Position, AuditSource? Source, long EventId)
{
    /// <inheritdoc/>
    public override string ToString() =>
        Source is null
            ? $"{Kind} at link {Position}"
            : $"{Kind}: {(Source is AuditSource.Security ? "security_events" : "lead_events")} {EventId}, link {Position}";
}

/// <summary>What walking the chain showed.</summary>
/// <param name="IntactUpTo">The last link up to which all is as it was sealed.</param>
/// <param name="Head">That link's hash, as hexadecimal text.</param>
/// <param name="SealedAt">When it was added (UTC).</param>
/// <param name="Erased">How many events up to it had content erased on record.</param>
/// <param name="Waiting">How many events wait to be sealed.</param>
/// <param name="Fault">The first thing wrong; null when nothing is.</param>
public sealed record AuditVerdict(
    long IntactUpTo,
    string Head,
    DateTimeOffset? SealedAt,
    long Erased,
    long Waiting,
    AuditFault? Fault
);

/// <summary>
/// Walks the chain from its first link and compares every event with its seal. It reads at its own pace: what people write
/// meanwhile neither waits nor matters.
/// </summary>
public sealed class AuditVerification(HubDatabase database, TimeProvider time)
{
    private const int BatchSize = 1000;

    /// <summary>Verifies everything sealed so far and writes the outcome down.</summary>
    /// <param name="expectedHead">A head written down elsewhere that must be in the chain; null for none.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    public async Task<AuditVerdict> VerifyAsync(string? expectedHead, CancellationToken cancellationToken)
    {
        var verdict = await WalkAsync(expectedHead, cancellationToken);
        await database.InTransactionAsync(
            async (db, token) =>
            {
                if (await db.AuditSealStates.SingleOrDefaultAsync(token) is { } state)
                {
                    (state.VerifiedAt, state.VerifiedPosition) = (time.GetUtcNow(), verdict.IntactUpTo);
                    state.Fault = verdict.Fault?.ToString();
                }
            },
            cancellationToken
        );
        return verdict;
    }

    private async Task<AuditVerdict> WalkAsync(string? expectedHead, CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var state = await db.AuditSealStates.SingleOrDefaultAsync(cancellationToken) ?? new AuditSealState();
        var walk = new AuditWalk(expectedHead);
        for (var seals = await NextAsync(0); seals.Count > 0; seals = await NextAsync(seals[^1].Position))
        {
            await CompareAsync(db, walk, seals, cancellationToken);
            if (walk.Fault is not null)
            {
                break;
            }
        }

        walk.End(state);
        var fault = walk.Fault ?? await InsertedAsync(db, state, cancellationToken);
        return new AuditVerdict(
            walk.Position,
            Convert.ToHexStringLower(walk.Head),
            walk.SealedAt,
            walk.Erased,
            await AuditWaiting.CountAsync(db, state, cancellationToken),
            fault
        );

        Task<List<AuditSeal>> NextAsync(long after) =>
            db
                .AuditSeals.Where(seal => seal.Position > after && seal.Position <= state.Position)
                .OrderBy(seal => seal.Position)
                .Take(BatchSize)
                .ToListAsync(cancellationToken);
    }

    private static async Task CompareAsync(
        HubDbContext db,
        AuditWalk walk,
        List<AuditSeal> seals,
        CancellationToken cancellationToken
    )
    {
        var events = new Dictionary<(AuditSource, long), AuditContent>();
        await AddAsync(db.SecurityEvents, AuditContent.Of);
        await AddAsync(db.LeadEvents, AuditContent.Of);
        var erasures = seals.Select(seal => seal.ErasureId).OfType<long>().ToHashSet();
        var known = await db
            .SecurityEvents.Where(row =>
                erasures.Contains(row.Id)
                && (row.Kind == SecurityEventKind.ClientErased || row.Kind == SecurityEventKind.AuditExpired)
            )
            .Select(row => row.Id)
            .ToHashSetAsync(cancellationToken);
        foreach (var seal in seals)
        {
            walk.Step(seal, events.GetValueOrDefault((seal.Source, seal.EventId)), known);
            if (walk.Fault is not null)
            {
                return;
            }
        }

        async Task AddAsync<T>(IQueryable<T> rows, Func<T, AuditContent> contentOf)
            where T : class, IAuditEvent
        {
            var ids = seals.Where(seal => seal.Source == T.Source).Select(seal => seal.EventId).ToList();
            foreach (var row in await rows.Where(row => ids.Contains(row.Id)).ToListAsync(cancellationToken))
            {
                events[(T.Source, row.Id)] = contentOf(row);
            }
        }
    }

    // Everything of a transaction below what is sealed has a seal; what has none was not there at the time.
    private static async Task<AuditFault?> InsertedAsync(
        HubDbContext db,
        AuditSealState state,
        CancellationToken cancellationToken
    )
    {
        var below = state.SealedBelow;
        return await FirstAsync(db.SecurityEvents) ?? await FirstAsync(db.LeadEvents);

        async Task<AuditFault?> FirstAsync<T>(IQueryable<T> events)
            where T : class, IAuditEvent
        {
            var inserted = await events
                .Where(row => row.TransactionId < below)
                .WithoutSeal(db.AuditSeals)
                .OrderBy(row => row.Id)
                .Select(row => (long?)row.Id)
                .FirstOrDefaultAsync(cancellationToken);
            return inserted is { } id ? new AuditFault(AuditFaultKind.Inserted, 0, T.Source, id) : null;
        }
    }
}
