using Medallion.Threading;
using Medallion.Threading.Postgres;
using Npgsql;

namespace ProPartHub.Domain.Backups;

/// <summary>
/// The right to make a backup or to look at one: a session advisory lock on a direct connection, so one at a time over all
/// instances and commands; it goes with the process that holds it.
/// </summary>
internal sealed class BackupLease : IAsyncDisposable
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    private readonly IDistributedSynchronizationHandle _handle;

    private BackupLease(IDistributedSynchronizationHandle handle) => _handle = handle;

    /// <summary>Cancelled when the connection that holds the lock is lost: another may have it.</summary>
    public CancellationToken Lost => _handle.HandleLostToken;

    /// <summary>Takes it if it is free; null while somebody else has it.</summary>
    public static async Task<BackupLease?> TryTakeAsync(string connectionString, CancellationToken cancellationToken)
    {
        var direct = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = "ProPart Hub backup lease",
            Pooling = false,
        };
        var mutex = new PostgresDistributedLock(
            new PostgresAdvisoryLockKey("propart-hub-backup", allowHashing: true),
            direct.ConnectionString,
            options => options.KeepaliveCadence(KeepAlive)
        );
        return await mutex.TryAcquireAsync(TimeSpan.Zero, cancellationToken) is { } handle
            ? new BackupLease(handle)
            : null;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _handle.DisposeAsync();
}
