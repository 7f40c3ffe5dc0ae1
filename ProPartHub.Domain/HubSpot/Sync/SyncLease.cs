using Medallion.Threading;
using Medallion.Threading.Postgres;
using Npgsql;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>
/// The right to talk to HubSpot: a session advisory lock of PostgreSQL on a direct connection. One holder for each
/// database, however many instances there are, so that one limiter is right for the whole installation.
/// </summary>
public sealed class SyncLease : IAsyncDisposable
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    private readonly IDistributedSynchronizationHandle _handle;

    private SyncLease(IDistributedSynchronizationHandle handle) => _handle = handle;

    /// <summary>Cancelled when the connection that holds the lock is lost: stop at once, another may have it.</summary>
    public CancellationToken Lost => _handle.HandleLostToken;

    /// <summary>Takes the lease if it is free.</summary>
    /// <param name="connectionString">Address of the database, not through a transaction pooler.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null while another instance has it.</returns>
    public static async Task<SyncLease?> TryTakeAsync(string connectionString, CancellationToken cancellationToken)
    {
        // Apart from the hub's pool, so that a lock never rides on a connection that a query then gets.
        var direct = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = "ProPart Hub sync lease",
            Pooling = false,
        };
        var key = new PostgresAdvisoryLockKey("propart-hub-hubspot-sync", allowHashing: true);
        var mutex = new PostgresDistributedLock(
            key,
            direct.ConnectionString,
            options => options.KeepaliveCadence(KeepAlive)
        );
        var handle = await mutex.TryAcquireAsync(TimeSpan.Zero, cancellationToken);
        return handle is null ? null : new SyncLease(handle);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _handle.DisposeAsync();
}
