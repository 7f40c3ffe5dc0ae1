using Npgsql;

namespace ProPartHub.Domain.Data.Server;

/// <summary>Checks that a database can carry the hub, before the first migration or request finds out the hard way.</summary>
public static class PostgresPreflight
{
    /// <summary>Name of the collation by which people's names are sorted.</summary>
    public const string NameCollation = "uk-x-icu";

    /// <summary>
    /// Checks version, encoding, Cyrillic letters, the Ukrainian collation and the extension pg_trgm. Changes nothing:
    /// where pg_trgm is not installed yet, installing it is tried in a transaction that is rolled back.
    /// </summary>
    /// <param name="connectionString">A connection to the database to check.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <exception cref="PostgresUnavailableException">The database cannot carry the hub; the message says why and what helps.</exception>
    /// <exception cref="NpgsqlException">The server cannot be reached or refuses: the caller decides whether to wait.</exception>
    public static async Task CheckAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await CheckVersionAndEncodingAsync(connection, cancellationToken);
        await CheckLettersAsync(connection, cancellationToken);
        await CheckTrigramsAsync(connection, cancellationToken);
    }

    private static async Task CheckVersionAndEncodingAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        if (connection.PostgreSqlVersion.Major < PostgresBinaries.OldestMajor)
        {
            throw new PostgresUnavailableException(
                $"The server runs PostgreSQL {connection.PostgreSqlVersion}; the hub needs {PostgresBinaries.OldestMajor} or later."
            );
        }

        await using var ask = new NpgsqlCommand("SELECT current_setting('server_encoding')", connection);
        if (await ask.ExecuteScalarAsync(cancellationToken) is not "UTF8")
        {
            throw new PostgresUnavailableException(
                $"The database '{connection.Database}' is not encoded in UTF8. {HowToMakeIt(connection)}"
            );
        }
    }

    private static async Task CheckLettersAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var ask = new NpgsqlCommand(
            """
            SELECT lower('Ї') = 'ї',
                   EXISTS (SELECT 1 FROM pg_collation WHERE collname = $1),
                   (SELECT datctype FROM pg_database WHERE datname = current_database())
            """,
            connection
        );
        ask.Parameters.AddWithValue(NameCollation);
        await using var row = await ask.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        if (!row.GetBoolean(0))
        {
            throw new PostgresUnavailableException(
                $"The database '{connection.Database}' has the locale '{row.GetString(2)}', which does not know Cyrillic letters: "
                    + $"search would miss Ukrainian names. {HowToMakeIt(connection)}"
            );
        }

        if (!row.GetBoolean(1))
        {
            throw new PostgresUnavailableException(
                $"The server has no collation '{NameCollation}', by which names are sorted: it was built without ICU. "
                    + "Use an ordinary build (Debian's, postgresql.org's, Homebrew's), or have an administrator run "
                    + "SELECT pg_import_system_collations('pg_catalog')."
            );
        }
    }

    private static async Task CheckTrigramsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        try
        {
            await using var ask = new NpgsqlCommand(
                "CREATE EXTENSION IF NOT EXISTS pg_trgm; SELECT cardinality(show_trgm('Їжак')) > 0",
                connection,
                transaction
            );
            if (await ask.ExecuteScalarAsync(cancellationToken) is not true)
            {
                throw new PostgresUnavailableException(
                    $"Trigram search in the database '{connection.Database}' ignores Cyrillic letters. {HowToMakeIt(connection)}"
                );
            }
        }
        catch (PostgresException exception)
        {
            throw new PostgresUnavailableException(
                $"The extension pg_trgm cannot be used in the database '{connection.Database}' ({exception.MessageText}). "
                    + "Have its owner or an administrator run CREATE EXTENSION pg_trgm there; where the server does not know it, "
                    + "install the contrib package (Debian has it in the server's package, Red Hat in postgresql-contrib).",
                exception
            );
        }

        await transaction.RollbackAsync(cancellationToken);
    }

    private static string HowToMakeIt(NpgsqlConnection connection) =>
        $"Make it anew: CREATE DATABASE \"{connection.Database}\" TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'. "
        + "If it is the hub's own development server, remove its folder and start again: it is made afresh.";
}
