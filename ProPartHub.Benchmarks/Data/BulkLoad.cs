using Npgsql;

namespace ProPartHub.Benchmarks.Data;

/// <summary>Fills a table without its indexes and makes them afterwards, which takes a fraction of the time.</summary>
internal static class BulkLoad
{
    /// <param name="hub">Where.</param>
    /// <param name="table">The table; indexes that hold a constraint stay.</param>
    /// <param name="fill">Writes the rows.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task RunAsync(ScratchHub hub, string table, Func<Task> fill, CancellationToken cancellationToken)
    {
        var indexes = await IndexesAsync(hub, table, cancellationToken);
        foreach (var (name, _) in indexes)
        {
            await hub.ExecuteAsync($"DROP INDEX {name}", cancellationToken);
        }

        await fill();
        foreach (var (_, definition) in indexes)
        {
            await hub.ExecuteAsync($"SET maintenance_work_mem = '512MB'; {definition}", cancellationToken);
        }

        await hub.ExecuteAsync($"VACUUM ANALYZE {table}", cancellationToken);
    }

    private static async Task<IReadOnlyList<(string Name, string Definition)>> IndexesAsync(
        ScratchHub hub,
        string table,
        CancellationToken cancellationToken
    )
    {
        await using var command = hub.Get<NpgsqlDataSource>()
            .CreateCommand(
                """
                SELECT index.indexrelid::regclass::text, pg_get_indexdef(index.indexrelid) FROM pg_index AS index
                WHERE index.indrelid = $1::regclass AND NOT index.indisunique
                """
            );
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = table });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var indexes = new List<(string, string)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            indexes.Add((reader.GetString(0), reader.GetString(1)));
        }

        return indexes;
    }
}
