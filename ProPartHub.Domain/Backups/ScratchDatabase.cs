using System.Globalization;
using System.Security.Cryptography;
using Npgsql;

namespace ProPartHub.Domain.Backups;

/// <summary>
/// A database in which a backup is tried, dropped at the end. One that a crash left behind is known by its name and its age,
/// and goes with the next.
/// </summary>
internal sealed class ScratchDatabase : IAsyncDisposable
{
    /// <summary>What the names of all begin with.</summary>
    public const string Prefix = "propart_scratch_";

    /// <summary>None is needed for so long.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromHours(6);

    private const string Stamp = "yyyyMMddHHmmss";

    private readonly string _server;
    private readonly string _name;

    private ScratchDatabase(string server, string name) => (_server, _name) = (server, name);

    /// <summary>Reaches it.</summary>
    public string ConnectionString =>
        new NpgsqlConnectionStringBuilder(_server)
        {
            Database = _name,
            Pooling = false,
            CommandTimeout = 0,
            ApplicationName = "ProPart Hub backup",
        }.ConnectionString;

    /// <summary>Makes an empty one, with the locale of the database that the connection string names.</summary>
    /// <returns>Null where the role may not make databases.</returns>
    public static async Task<ScratchDatabase?> CreateAsync(
        string server,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync(cancellationToken);
        await DropOldAsync(connection, now, cancellationToken);
        var name =
            $"{Prefix}{now.UtcDateTime.ToString(Stamp, CultureInfo.InvariantCulture)}_{RandomNumberGenerator.GetHexString(6, lowercase: true)}";
        var locale = await DatabaseFigures.ValueAsync<string>(
            connection,
            """
            SELECT format('LC_COLLATE %L LC_CTYPE %L', datcollate, datctype)
            FROM pg_database WHERE datname = current_database() AND datlocprovider = 'c'
            """,
            cancellationToken
        );
        try
        {
            await using var create = new NpgsqlCommand(
                $"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' {locale}",
                connection
            )
            {
                CommandTimeout = 0,
            };
            await create.ExecuteNonQueryAsync(cancellationToken);
            return new ScratchDatabase(server, name);
        }
        catch (PostgresException refused) when (refused.SqlState is PostgresErrorCodes.InsufficientPrivilege)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Also when the look was broken off.
        await using var connection = new NpgsqlConnection(_server);
        await connection.OpenAsync(CancellationToken.None);
        await DropAsync(connection, _name, CancellationToken.None);
    }

    private static async Task DropOldAsync(
        NpgsqlConnection connection,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var names = new List<string>();
        await using (
            var ask = new NpgsqlCommand(
                $"SELECT datname FROM pg_database WHERE starts_with(datname, '{Prefix}') AND pg_has_role(datdba, 'MEMBER')",
                connection
            )
        )
        await using (var reader = await ask.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                names.Add(reader.GetString(0));
            }
        }

        foreach (var name in names.Where(name => IsOld(name, now)))
        {
            await DropAsync(connection, name, cancellationToken);
        }
    }

    private static bool IsOld(string name, DateTimeOffset now) =>
        name.Length > Prefix.Length + Stamp.Length
        && DateTimeOffset.TryParseExact(
            name.AsSpan(Prefix.Length, Stamp.Length),
            Stamp,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var madeAt
        )
        && now - madeAt > LongestLife;

    private static async Task DropAsync(NpgsqlConnection connection, string name, CancellationToken cancellationToken)
    {
        await using var drop = new NpgsqlCommand(
            $"DROP DATABASE IF EXISTS {DatabaseFigures.Quoted(name)} WITH (FORCE)",
            connection
        );
        await drop.ExecuteNonQueryAsync(cancellationToken);
    }
}
