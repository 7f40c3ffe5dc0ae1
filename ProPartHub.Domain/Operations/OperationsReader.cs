using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.Backups;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Sync;

namespace ProPartHub.Domain.Operations;

/// <summary>
/// Reads <see cref="OperationsSnapshot"/>, once for everybody who asks within some seconds. One for the process; safe to call
/// from any thread.
/// </summary>
public sealed class OperationsReader(
    HubDatabase database,
    BackupShelf shelf,
    BackupPlan plan,
    SyncMonitor sync,
    IOptions<HubFileOptions> files,
    TimeProvider time
) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private TimeSpan _readAt;

    /// <summary>When this instance began to look after itself, which is when it started (UTC).</summary>
    public DateTimeOffset StartedAt { get; } = time.GetUtcNow();

    /// <summary>What was read last; null before the first reading and while the database does not answer.</summary>
    public OperationsSnapshot? Latest { get; private set; }

    /// <summary>What was read lately, or is read now; seven small commands.</summary>
    /// <param name="notOlderThan">So old it may be.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<OperationsSnapshot> ReadAsync(TimeSpan notOlderThan, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (Latest is { } known && time.Steady() - _readAt < notOlderThan)
            {
                return known;
            }

            Latest = await ReadAsync(cancellationToken);
            _readAt = time.Steady();
            return Latest;
        }
        catch
        {
            // Old figures must not pass for those of now.
            Latest = null;
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task<OperationsSnapshot> ReadAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await database.ReadAsync(cancellationToken);
        return new(
            now,
            await QueueReader.ReadAsync(db, now, cancellationToken),
            await DatabaseAsync(db, cancellationToken),
            await ExchangeAsync(db, cancellationToken),
            await BackupAsync(db, cancellationToken),
            !await db.AuditSealStates.AnyAsync(state => state.Fault != null, cancellationToken),
            [.. Folders()]
        );
    }

    private static async Task<DatabaseState> DatabaseAsync(HubDbContext db, CancellationToken cancellationToken)
    {
        var row = await db
            .Database.SqlQuery<DatabaseRow>(
                $"""
                SELECT pg_database_size(current_database()) AS size,
                    (SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database()) AS connections,
                    current_setting('max_connections')::int AS max_connections,
                    current_setting('server_version') AS server_version,
                    (SELECT max(migration_id) FROM "__EFMigrationsHistory") AS last_migration
                """
            )
            .SingleAsync(cancellationToken);
        // Names of migrations begin with their moment.
        var pending = db
            .Database.GetMigrations()
            .Count(name => string.CompareOrdinal(name, row.LastMigration ?? "") > 0);
        return new(row.Size, row.Connections, row.MaxConnections, row.ServerVersion, row.LastMigration, pending);
    }

    private async Task<ExchangeState> ExchangeAsync(HubDbContext db, CancellationToken cancellationToken)
    {
        var account = await db.HubSpotAccounts.SingleOrDefaultAsync(cancellationToken);
        var cursor = await db.SyncCursors.SingleOrDefaultAsync(
            row => row.ObjectType == HubSpotObjectTypes.Deals,
            cancellationToken
        );
        var isOn = sync.State is not SyncState.Off && account is { PausedAt: null };
        return new(
            isOn && !account!.SwitchedOff.HasFlag(SyncPart.Outbound),
            isOn && !account!.SwitchedOff.HasFlag(SyncPart.Inbound),
            cursor?.PolledUpTo
        );
    }

    private async Task<BackupState> BackupAsync(HubDbContext db, CancellationToken cancellationToken)
    {
        var last = await db
            .BackupRuns.Where(run => run.EndedAt != null)
            .OrderByDescending(run => run.EndedAt)
            .Select(run => (BackupResult?)run.Result)
            .FirstOrDefaultAsync(cancellationToken);
        return new(shelf.Folder is not null, await plan.LastGoodAsync(cancellationToken), last is BackupResult.Failed);
    }

    private IEnumerable<FolderState> Folders()
    {
        var named = new (HubFolder Folder, string? Path)[]
        {
            (HubFolder.Files, files.Value.Bucket.IsSet ? null : files.Value.Folder),
            (HubFolder.Backups, shelf.Folder),
            (HubFolder.Temporary, Path.GetTempPath()),
        };
        foreach (var (folder, path) in named.Where(entry => !string.IsNullOrEmpty(entry.Path)))
        {
            if (SpaceOf(folder, path!) is { } state)
            {
                yield return state;
            }
        }
    }

    private static FolderState? SpaceOf(HubFolder folder, string path)
    {
        try
        {
            var drive = new DriveInfo(Path.GetFullPath(path));
            return new(folder, drive.AvailableFreeSpace, drive.TotalSize);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A folder that is not there yet has no disk to tell of.
            return null;
        }
    }

    private sealed record DatabaseRow(
        long Size,
        int Connections,
        int MaxConnections,
        string ServerVersion,
        string? LastMigration
    );
}
