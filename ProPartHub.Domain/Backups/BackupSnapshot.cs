using Npgsql;

namespace ProPartHub.Domain.Backups;

/// <summary>
/// One picture of the database, shared by the dump and by everything that is counted for the manifest, whatever people write
/// meanwhile. It is read only, so it holds nobody up: neither writers nor what waits for the oldest running transaction.
/// </summary>
internal sealed class BackupSnapshot : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    private BackupSnapshot(NpgsqlConnection connection, NpgsqlTransaction transaction, string name) =>
        (_connection, _transaction, Name) = (connection, transaction, name);

    /// <summary>Its name for pg_dump, as long as it is open.</summary>
    public string Name { get; }

    /// <summary>Opens one.</summary>
    public static async Task<BackupSnapshot> OpenAsync(string connectionString, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connectionString)
            {
                Pooling = false,
                CommandTimeout = 0,
                ApplicationName = "ProPart Hub backup",
            }.ConnectionString
        );
        await connection.OpenAsync(cancellationToken);
        var transaction = await connection.BeginTransactionAsync(
            System.Data.IsolationLevel.RepeatableRead,
            cancellationToken
        );
        await using var export = new NpgsqlCommand(
            """
            SET TRANSACTION READ ONLY;
            SET LOCAL statement_timeout = 0;
            SET LOCAL idle_in_transaction_session_timeout = 0;
            SELECT pg_export_snapshot();
            """,
            connection,
            transaction
        );
        return new(connection, transaction, (string)(await export.ExecuteScalarAsync(cancellationToken))!);
    }

    /// <summary>Rows of each table.</summary>
    public Task<IReadOnlyDictionary<string, long>> RowsAsync(CancellationToken cancellationToken) =>
        DatabaseFigures.RowsAsync(_connection, cancellationToken);

    /// <summary>A single value.</summary>
    public Task<T?> ValueAsync<T>(string sql, CancellationToken cancellationToken) =>
        DatabaseFigures.ValueAsync<T>(_connection, sql, cancellationToken);

    /// <summary>The objects that its rows refer to.</summary>
    public Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellationToken) =>
        ObjectNames.ReadAsync(_connection, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
