using Npgsql;

namespace ProPartHub.Domain.Backups;

/// <summary>What a manifest says of a database, asked of any database.</summary>
internal static class DatabaseFigures
{
    /// <summary>The last migration.</summary>
    public const string Migration =
        """SELECT migration_id FROM "__EFMigrationsHistory" ORDER BY migration_id DESC LIMIT 1""";

    /// <summary>Foreign keys that hold.</summary>
    public const string ForeignKeys =
        "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND convalidated AND connamespace = 'public'::regnamespace";

    /// <summary>Tables, views, sequences and functions that no extension brought: none in an empty database.</summary>
    public const string Own = """
        SELECT (SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
                    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e'))
            + (SELECT count(*) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
                WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
                    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e'))
        """;

    private const string Tables = """
        SELECT c.relname FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
            AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
        ORDER BY c.relname
        """;

    /// <summary>Rows of each table.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> RowsAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        var tables = new List<string>();
        await using (var ask = new NpgsqlCommand(Tables, connection))
        await using (var reader = await ask.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                tables.Add(reader.GetString(0));
            }
        }

        var rows = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in tables)
        {
            rows[table] = await ValueAsync<long>(
                connection,
                $"SELECT count(*) FROM {Quoted(table)}",
                cancellationToken
            );
        }

        return rows;
    }

    /// <summary>A single value; the default where there is none.</summary>
    public static async Task<T?> ValueAsync<T>(
        NpgsqlConnection connection,
        string sql,
        CancellationToken cancellationToken
    )
    {
        await using var ask = new NpgsqlCommand(sql, connection);
        return await ask.ExecuteScalarAsync(cancellationToken) is T value ? value : default;
    }

    /// <summary>A name as SQL takes it.</summary>
    public static string Quoted(string name) => '"' + name.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
}
