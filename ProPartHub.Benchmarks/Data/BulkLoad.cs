using Npgsql;

namespace ProPartHub.Benchmarks.Data;

/// <summary>
/// Fills a table without its indexes and foreign keys and makes them afterwards, which takes a fraction of the time.
/// </summary>
internal static class BulkLoad
{
    /// <param name="hub">Where.</param>
    /// <param name="table">The table; its unique indexes stay.</param>
    /// <param name="fill">Writes the rows.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task RunAsync(
        ScratchHub hub,
        string table,
        Func<Task> fill,
        CancellationToken cancellationToken
    )
    {
        var removed = await ReadAsync(hub, table, cancellationToken);
        foreach (var each in removed)
        {
            await hub.ExecuteAsync(each.Drop, cancellationToken);
        }

        await fill();
        foreach (var each in removed)
        {
            await hub.ExecuteAsync($"SET maintenance_work_mem = '512MB'; {each.Create}", cancellationToken);
        }

        // By itself: PostgreSQL takes no VACUUM among other commands.
        await hub.ExecuteAsync($"VACUUM ANALYZE {table}", cancellationToken);
    }

    private static async Task<IReadOnlyList<(string Drop, string Create)>> ReadAsync(
        ScratchHub hub,
        string table,
        CancellationToken cancellationToken
    )
    {
        await using var command = hub.Get<NpgsqlDataSource>()
            .CreateCommand(
                """
                SELECT format('DROP INDEX %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
                FROM pg_index WHERE indrelid = $1::regclass AND NOT indisunique
                UNION ALL
                SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname),
                    format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
                FROM pg_constraint WHERE conrelid = $1::regclass AND contype = 'f'
                """
            );
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = table });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var removed = new List<(string, string)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            removed.Add((reader.GetString(0), reader.GetString(1)));
        }

        return removed;
    }
}
