using Medallion.Threading;
using Medallion.Threading.Postgres;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>
/// The right to talk to HubSpot: a session advisory lock of PostgreSQL on a direct connection. One holder for each
/// database, however many instances there are, so that one limiter is right for the whole installation.
/// </summary>
public sealed class SyncLease : IAsyncDisposable
{
    private const string NamePrefix = "ProPart Hub sync lease on ";

    // PostgreSQL cuts names of connections there, in bytes.
    private const int LongestName = 63;

    // The connection waits inside a query; without this the server learns only at its end that its client has died, and
    // for minutes nobody would talk to HubSpot.
    private const string NoticeDeathAtOnce = "-c client_connection_check_interval=2000";

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
            ApplicationName = ConnectionName(Environment.MachineName),
            Pooling = false,
            Options = NoticeDeathAtOnce,
        };
        try
        {
            return await TryTakeAsync(direct, cancellationToken);
        }
        catch (PostgresException unknown)
            when (unknown.SqlState is PostgresErrorCodes.InvalidParameterValue or PostgresErrorCodes.UndefinedObject)
        {
            // A server on a system that cannot look: there the hand-over takes as long as it takes.
            direct.Options = null;
            return await TryTakeAsync(direct, cancellationToken);
        }
    }

    private static async Task<SyncLease?> TryTakeAsync(
        NpgsqlConnectionStringBuilder direct,
        CancellationToken cancellationToken
    )
    {
        var key = new PostgresAdvisoryLockKey("propart-hub-hubspot-sync", allowHashing: true);
        var mutex = new PostgresDistributedLock(
            key,
            direct.ConnectionString,
            options => options.KeepaliveCadence(KeepAlive)
        );
        var handle = await mutex.TryAcquireAsync(TimeSpan.Zero, cancellationToken);
        return handle is null ? null : new SyncLease(handle);
    }

    /// <summary>The machine that holds the lease, by the name of its connection; null while nobody does.</summary>
    internal static async Task<string?> HolderAsync(HubDbContext db, CancellationToken cancellationToken)
    {
        var pattern = NamePrefix + "%";
        var names = await db
            .Database.SqlQuery<string>(
                $"""
                SELECT activity.application_name AS "Value"
                FROM pg_stat_activity AS activity
                WHERE activity.datname = current_database() AND activity.application_name LIKE {pattern}
                    AND EXISTS (
                        SELECT FROM pg_locks AS held
                        WHERE held.pid = activity.pid AND held.locktype = 'advisory' AND held.granted)
                """
            )
            .ToListAsync(cancellationToken);
        return names.Count == 0 ? null : names[0][NamePrefix.Length..];
    }

    private static string ConnectionName(string machine)
    {
        var name = NamePrefix + machine;
        return name.Length <= LongestName ? name : name[..LongestName];
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _handle.DisposeAsync();
}
