using System.Data;
using Npgsql;
using NpgsqlTypes;

namespace ProPartHub.Domain.Transfer.Legacy;

/// <summary>
/// The former portal's database, read as it stood in one moment: a single read-only transaction, a page of rows at a time.
/// </summary>
internal sealed class LegacySource : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;
    private readonly Dictionary<string, IReadOnlyList<string>> _columns = [];

    private LegacySource(NpgsqlConnection connection, NpgsqlTransaction transaction) =>
        (_connection, _transaction) = (connection, transaction);

    /// <summary>Opens it and takes the picture.</summary>
    /// <exception cref="NpgsqlException">The database cannot be reached.</exception>
    public static async Task<LegacySource> OpenAsync(string connectionString, CancellationToken cancellationToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = "ProPart Hub (moving in)",
            Pooling = false,
            KeepAlive = 30,
        };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
            var source = new LegacySource(connection, transaction);
            // Between two pages the hub writes, which may take longer than the old server lets a transaction rest.
            await source.ExecuteAsync(
                """
                SET TRANSACTION READ ONLY;
                SET LOCAL DateStyle = 'ISO, YMD';
                SET LOCAL TimeZone = 'UTC';
                SET LOCAL extra_float_digits = 1;
                SET LOCAL idle_in_transaction_session_timeout = 0;
                """,
                cancellationToken
            );
            return source;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>The columns that the table has, as they are named there; none where there is no such table.</summary>
    public async Task<IReadOnlyList<string>> ColumnsAsync(LegacyTable table, CancellationToken cancellationToken)
    {
        if (_columns.TryGetValue(table.Name, out var known))
        {
            return known;
        }

        await using var command = Command(
            """
            SELECT attname FROM pg_attribute
            WHERE attrelid = to_regclass(quote_ident(@table)) AND attnum > 0 AND NOT attisdropped
            """
        );
        command.Parameters.AddWithValue("table", table.Name);
        var columns = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            columns.Add(reader.GetString(0));
        }

        return _columns[table.Name] = columns;
    }

    /// <summary>The next rows by their numbers; none at the end, or where there is no such table.</summary>
    public async Task<IReadOnlyList<LegacyRow>> ReadAsync(
        LegacyTable table,
        long after,
        int most,
        CancellationToken cancellationToken
    )
    {
        var there = await ColumnsAsync(table, cancellationToken);
        if (there.Count == 0)
        {
            return [];
        }

        string[] columns = [.. table.Columns.Where(there.Contains)];
        await using var command = Command(
            $"""
            SELECT id::bigint{string.Concat(columns.Select(column => $", \"{column}\"::text"))}
            FROM "{table.Name}" WHERE id > @after ORDER BY id LIMIT @most
            """
        );
        command.Parameters.AddWithValue("after", NpgsqlDbType.Bigint, after);
        command.Parameters.AddWithValue("most", most);
        var rows = new List<LegacyRow>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var values = new Dictionary<string, string?>(columns.Length);
            foreach (var (place, column) in columns.Index())
            {
                values[column] = reader.IsDBNull(place + 1) ? null : reader.GetString(place + 1);
            }

            rows.Add(new LegacyRow(reader.GetInt64(0), values));
        }

        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = Command(sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    // Only names from LegacyTable come into it, never anything that was read.
#pragma warning disable CA2100
    private NpgsqlCommand Command(string sql) => new(sql, _connection, _transaction);
#pragma warning restore CA2100
}
