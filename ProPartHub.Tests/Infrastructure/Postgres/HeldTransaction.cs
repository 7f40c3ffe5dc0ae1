using Npgsql;
using ProPartHub.Tests.Live;

namespace ProPartHub.Tests.Infrastructure.Postgres;

/// <summary>
/// Another writer who has changed something and not committed yet: what the test does meanwhile runs into its locks. So two
/// writers are interleaved at the same place each time.
/// </summary>
internal sealed class HeldTransaction : IAsyncDisposable
{
    private readonly string _connectionString;
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    private HeldTransaction(string connectionString, NpgsqlConnection connection, NpgsqlTransaction transaction) =>
        (_connectionString, _connection, _transaction) = (connectionString, connection, transaction);

    /// <summary>The server process that runs it.</summary>
    public int ProcessId => _connection.ProcessID;

    /// <summary>Begins it and runs a command in it.</summary>
    public static async Task<HeldTransaction> BeginAsync(
        string connectionString,
        string sql,
        CancellationToken cancellationToken,
        params (string Name, object Value)[] values
    )
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
        return new HeldTransaction(connectionString, connection, transaction);
    }

    /// <summary>Waits until another session waits for this one.</summary>
    public Task UntilWaitedForAsync(CancellationToken cancellationToken) =>
        Eventually.IsAsync(
            async () =>
            {
                // On a connection of its own: within a transaction PostgreSQL shows the same picture again and again.
                await using var connection = new NpgsqlConnection(_connectionString);
                await connection.OpenAsync(cancellationToken);
                await using var command = new NpgsqlCommand(
                    "SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE @pid = ANY (pg_blocking_pids(pid)))",
                    connection
                );
                command.Parameters.AddWithValue("pid", ProcessId);
                return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
            },
            cancellationToken
        );

    public Task CommitAsync(CancellationToken cancellationToken) => _transaction.CommitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
