using Npgsql;

namespace ProPartHub.Domain.Data.Server;

/// <summary>Checks that a server can hold the hub's data as the hub needs it.</summary>
public static class PostgresPreflight
{
    /// <summary>Refuses servers older than 15 and databases that ignore the case of Cyrillic letters.</summary>
    /// <exception cref="PostgresUnavailableException">The server or database does not fit; the message says why.</exception>
    public static async Task CheckAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        if (connection.PostgreSqlVersion.Major < PostgresBinaries.MinimumVersion)
        {
            throw new PostgresUnavailableException(
                $"The server is PostgreSQL {connection.PostgreSqlVersion}; the hub needs {PostgresBinaries.MinimumVersion} or later."
            );
        }

        await using var command = new NpgsqlCommand(
            "SELECT lower('Ї') = 'ї' AND current_setting('server_encoding') = 'UTF8'",
            connection
        );
        if (await command.ExecuteScalarAsync(cancellationToken) is not true)
        {
            throw new PostgresUnavailableException(
                "The database ignores the case of Cyrillic letters: search would not find Ukrainian names. "
                    + "Make it with encoding UTF8 and locale C.UTF-8 or uk_UA.UTF-8, for example: "
                    + "CREATE DATABASE propart ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0."
            );
        }
    }
}
