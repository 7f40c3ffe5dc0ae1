using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.Audit;

/// <summary>
/// Adds events to the chain in the order of their transactions, some seconds after they were committed, so that nobody
/// who writes waits for it. Only transactions below the oldest one still running are taken: an event with a lower id
/// that commits late has a transaction at or above it and is sealed later, never skipped.
/// </summary>
public sealed class AuditSealer(HubDatabase database, TimeProvider time)
{
    /// <summary>Most links added in one transaction.</summary>
    public const int BatchSize = 1000;

    /// <summary>Adds the next links.</summary>
    /// <returns>How many; <see cref="BatchSize"/> when there may be more, 0 also while another instance seals.</returns>
    public async Task<int> SealAsync(CancellationToken cancellationToken)
    {
        if (!await HasWorkAsync(cancellationToken))
        {
            return 0;
        }

        return await database.InTransactionAsync(
            async (db, token) => await AuditLock.TryAsync(db, token) ? await SealAsync(db, token) : 0,
            cancellationToken
        );
    }

    /// <summary>Adds links until none is left to add.</summary>
    public async Task SealAllAsync(CancellationToken cancellationToken)
    {
        while (await SealAsync(cancellationToken) > 0)
        {
            // The next batch.
        }
    }

    // An idle portal writes nothing.
    private async Task<bool> HasWorkAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var below = await db.AuditSealStates.Select(state => state.SealedBelow).SingleOrDefaultAsync(cancellationToken);
        return await AuditWindow.OfAsync(db, below, cancellationToken) is { } window
            && (
                // On another server all begins anew, also where nothing of the time before is left to seal.
                window.Next < below
                || await window.Unsealed(db.SecurityEvents, db.AuditSeals).AnyAsync(cancellationToken)
                || await window.Unsealed(db.LeadEvents, db.AuditSeals).AnyAsync(cancellationToken)
            );
    }

    private async Task<int> SealAsync(HubDbContext db, CancellationToken cancellationToken)
    {
        var state = await db.AuditSealStates.SingleOrDefaultAsync(cancellationToken);
        if (state is null)
        {
            db.AuditSealStates.Add(state = new AuditSealState());
        }

        var window = await AuditWindow.OfAsync(db, state.SealedBelow, cancellationToken);
        var events = await NextAsync(db, window, cancellationToken);
        var now = time.GetUtcNow();
        foreach (var content in events)
        {
            var seal = content.Seal(state.Position + 1, state.Head, now);
            db.AuditSeals.Add(seal);
            (state.Position, state.Head, state.SealedAt) = (seal.Position, seal.Hash, now);
        }

        state.SealedBelow = events.Count < BatchSize ? window.Next : window.NextAfter(events[^1].TransactionId);
        return events.Count;
    }

    private static async Task<List<AuditContent>> NextAsync(
        HubDbContext db,
        AuditWindow window,
        CancellationToken cancellationToken
    )
    {
        return
        [
            .. (await EventsAsync(db.SecurityEvents, AuditContent.Of))
                .Concat(await EventsAsync(db.LeadEvents, AuditContent.Of))
                .OrderBy(content => content.TransactionId)
                .ThenBy(content => content.Source)
                .ThenBy(content => content.Id)
                .Take(BatchSize),
        ];

        async Task<IEnumerable<AuditContent>> EventsAsync<T>(IQueryable<T> rows, Func<T, AuditContent> contentOf)
            where T : class, IAuditEvent
        {
            var events = await window
                .Unsealed(rows.AsNoTracking(), db.AuditSeals)
                .OrderBy(row => row.TransactionId)
                .ThenBy(row => row.Id)
                .Take(BatchSize)
                .ToListAsync(cancellationToken);
            return events.Select(contentOf);
        }
    }
}
