using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Files.Storage;
using ProPartHub.Domain.Telemetry;

namespace ProPartHub.Domain.Files;

/// <summary>
/// Removes contents that nothing refers to. Which tables refer to contents is asked of the model, so that a new one need not
/// be entered here.
/// </summary>
public sealed partial class FileSweep(
    HubDatabase database,
    IFileVault vault,
    WorkLog work,
    TimeProvider time,
    ILogger<FileSweep> logger
) : BackgroundService
{
    /// <summary>So long a content waits for a row that refers to it, and an object for its own row.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);

    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    private const int Batch = 200;

    /// <summary>Does it now. Several instances may do so side by side.</summary>
    /// <returns>How many objects were removed.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var removed = 0;
        for (var gone = await TakeRowsAsync(cancellationToken); gone.Count > 0; )
        {
            foreach (var id in gone)
            {
                await vault.RemoveAsync(FileStore.NameOf(id), cancellationToken);
            }

            removed += gone.Count;
            gone = gone.Count == Batch ? await TakeRowsAsync(cancellationToken) : [];
        }

        return removed + await RemoveStrayAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (vault.IsReady)
        {
            work.Expect(BackgroundWork.FileSweep);
        }

        using var timer = new PeriodicTimer(Pause, time);
        while (vault.IsReady && await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (await work.RunAsync(BackgroundWork.FileSweep, () => RunAsync(stoppingToken)) is > 0 and var removed)
                {
                    LogRemoved(removed);
                }
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                // What is left is met again.
                LogFailure(failure);
            }
        }
    }

    // The row first: its object is then a stray, which the next run finds should this one end here.
    private Task<List<Guid>> TakeRowsAsync(CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async (db, token) =>
            {
                var before = time.GetUtcNow() - KeptFor;
#pragma warning disable EF1002 // Names of tables and columns, from the model alone.
                var unused = await db
                    .StoredFiles.FromSqlRaw(
                        $"""
                        SELECT * FROM stored_files f WHERE handed_in_at < @before {Unreferred(db.Model)}
                        LIMIT {Batch} FOR UPDATE SKIP LOCKED
                        """,
                        new Npgsql.NpgsqlParameter("before", before)
                    )
                    .Select(file => file.Id)
                    .ToListAsync(token);
#pragma warning restore EF1002
                await db.StoredFiles.Where(file => unused.Contains(file.Id)).ExecuteDeleteAsync(token);
                return unused;
            },
            cancellationToken
        );

    private static string Unreferred(IModel model) =>
        string.Concat(
            model
                .FindEntityType(typeof(StoredFile))!
                .GetReferencingForeignKeys()
                .Select(key =>
                {
                    var table = StoreObjectIdentifier.Create(key.DeclaringEntityType, StoreObjectType.Table)!.Value;
                    return $" AND NOT EXISTS (SELECT 1 FROM {table.Name} r WHERE r.{key.Properties[0].GetColumnName(table)} = f.id)";
                })
        );

    private async Task<int> RemoveStrayAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - KeptFor;
        var removed = 0;
        await foreach (
            var some in vault
                .AllAsync(cancellationToken)
                .Where(item => item.StoredAt < before)
                .Chunk(Batch)
                .WithCancellation(cancellationToken)
        )
        {
            var strays = await StraysAmongAsync(some, cancellationToken);
            foreach (var name in strays)
            {
                await vault.RemoveAsync(name, cancellationToken);
            }

            removed += strays.Count;
        }

        return removed;
    }

    private async Task<IReadOnlyList<string>> StraysAmongAsync(
        IReadOnlyCollection<VaultObject> objects,
        CancellationToken cancellationToken
    )
    {
        // What is not named as an object of ours is a part of one that was being written when the machine stopped.
        var ids = objects
            .Select(item => Guid.TryParseExact(item.Name, "N", out var id) ? id : (Guid?)null)
            .OfType<Guid>()
            .ToList();
        await using var db = await database.ReadAsync(cancellationToken);
        var known = await db
            .StoredFiles.Where(file => ids.Contains(file.Id))
            .Select(file => file.Id)
            .ToListAsync(cancellationToken);
        return [.. objects.Select(item => item.Name).Except(known.Select(FileStore.NameOf))];
    }

    [LoggerMessage(LogLevel.Information, "{Count} stored files that nothing refers to were removed")]
    private partial void LogRemoved(int count);

    [LoggerMessage(LogLevel.Warning, "Stored files could not be swept; the next try is in an hour")]
    private partial void LogFailure(Exception failure);
}
