using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using ProPartHub.Domain.Agency.Shared;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.Telemetry;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Data;

/// <summary>
/// The one way to write: a transaction that survives transient faults, is never carried out twice and tells every
/// instance what it changed.
/// </summary>
public sealed class HubDatabase(
    IDbContextFactory<HubDbContext> contexts,
    TimeProvider time,
    SharedGenerations generations
)
{
    // Two writers rarely meet on one row in the same instant; a few tries are plenty and end a livelock.
    private const int ConcurrencyTries = 4;

    /// <summary>Above so many events in one transaction, browsers are told to read again instead.</summary>
    public const int LargestFanOut = 50;

    /// <summary>Opens a context for reading; dispose it as soon as the query is done.</summary>
    public async Task<HubDbContext> ReadAsync(CancellationToken cancellationToken)
    {
        var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return db;
    }

    /// <summary>
    /// Runs <paramref name="work"/> in a transaction and saves what it changed. On a transient fault, or a row that somebody
    /// else changed meanwhile, it runs again from the start with a fresh context, so it must have no effects outside the
    /// database and must make its ids before it is called. <see cref="LeadEvent"/>s that it added are announced at commit.
    /// </summary>
    /// <param name="work">Reads and changes entities; need not save them.</param>
    /// <param name="cancellationToken">Ends the wait; a commit under way is not undone.</param>
    /// <returns>What <paramref name="work"/> returned.</returns>
    /// <exception cref="DbUpdateConcurrencyException">A row changed again in every one of the tries.</exception>
    public async Task<T> InTransactionAsync<T>(
        Func<HubDbContext, CancellationToken, Task<T>> work,
        CancellationToken cancellationToken
    )
    {
        var operation = Guid.CreateVersion7();
        var begun = Stopwatch.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var result = await OverFaultsAsync(operation, work, cancellationToken);
                HubMetrics.Transactions.Record(Stopwatch.GetElapsedTime(begun).TotalSeconds);
                return result;
            }
            catch (DbUpdateConcurrencyException) when (attempt < ConcurrencyTries)
            {
                // The work reads again and merges again.
                CountRetry("conflict");
            }
        }
    }

    private async Task<T> OverFaultsAsync<T>(
        Guid operation,
        Func<HubDbContext, CancellationToken, Task<T>> work,
        CancellationToken cancellationToken
    )
    {
        T result = default!;
        var tries = 0;
        await using var outer = await contexts.CreateDbContextAsync(cancellationToken);
        try
        {
            await outer
                .Database.CreateExecutionStrategy()
                .ExecuteAsync(
                    operation,
                    async (_, id, token) =>
                    {
                        var isAgain = tries++ > 0;
                        if (isAgain)
                        {
                            CountRetry("fault");
                        }

                        // Kept before the commit: where its answer is lost, the caller is owed the same.
                        await RunOnceAsync(id, isAgain, work, value => result = value, token);
                        return true;
                    },
                    async (_, id, token) => new ExecutionResult<bool>(await WasCommittedAsync(id, token), true),
                    cancellationToken
                );
        }
        catch (DbUpdateException exception)
            when (exception.InnerException is PostgresException { ConstraintName: Operation.Key })
        {
            // A try that the server had seemed to lose was committed after all.
        }

        return result;
    }

    /// <inheritdoc cref="InTransactionAsync{T}"/>
    public Task InTransactionAsync(
        Func<HubDbContext, CancellationToken, Task> work,
        CancellationToken cancellationToken
    ) =>
        InTransactionAsync(
            async (db, token) =>
            {
                await work(db, token);
                return true;
            },
            cancellationToken
        );

    private async Task RunOnceAsync<T>(
        Guid operation,
        bool isAgain,
        Func<HubDbContext, CancellationToken, Task<T>> work,
        Action<T> keep,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        SharedChanges.Watch(db);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        db.Operations.Add(new Operation { Id = operation, At = time.GetUtcNow() });
        if (isAgain)
        {
            // Waits for an earlier try that a server which had fallen silent may still carry out, and gives way to it.
            await db.SaveChangesAsync(cancellationToken);
        }

        var result = await work(db, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await db.FinishAsync(cancellationToken);
        await AnnounceAsync(db, cancellationToken);
        keep(result);
        await transaction.CommitAsync(cancellationToken);
        foreach (var entry in db.ChangeTracker.Entries<SecurityEvent>())
        {
            HubMetrics.SecurityEvents.Add(1, new KeyValuePair<string, object?>("kind", entry.Entity.Kind.ToString()));
        }

        foreach (var topic in db.ChangedTopics)
        {
            generations.Change(topic);
        }
    }

    private async Task<bool> WasCommittedAsync(Guid operation, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Operations.AnyAsync(row => row.Id == operation, cancellationToken);
    }

    private static void CountRetry(string reason) =>
        HubMetrics.Retries.Add(1, new KeyValuePair<string, object?>("reason", reason));

    private async Task AnnounceAsync(HubDbContext db, CancellationToken cancellationToken)
    {
        var events = db.ChangeTracker.Entries<LeadEvent>().Select(entry => entry.Entity).ToList();
        if (events.Count == 0)
        {
            return;
        }

        await (
            events.Count > LargestFanOut
                ? db.NotifyRefreshAsync(cancellationToken)
                : db.NotifyAsync(
                    events.Select(entry => FeedMessage.For(entry) with { SentAt = time.GetUtcNow() }),
                    cancellationToken
                )
        );
    }
}
