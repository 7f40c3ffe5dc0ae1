using Microsoft.EntityFrameworkCore;
using Npgsql;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Data.Server;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Backups;

/// <summary>The database that a backup is restored into.</summary>
internal sealed class RestoreTarget(string connectionString)
{
    private const int LooksForOthers = 25;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);

    private readonly string _database = new NpgsqlConnectionStringBuilder(connectionString).Database ?? "";

    // A connection that rests in a pool would look like somebody who uses the database.
    private string Unpooled =>
        new NpgsqlConnectionStringBuilder(connectionString)
        {
            Pooling = false,
            CommandTimeout = 0,
            ApplicationName = "ProPart Hub restore",
        }.ConnectionString;

    /// <summary>Makes sure that it can be restored into.</summary>
    /// <param name="overwrite">Its name, typed to say that everything in it goes; null: it has to be empty.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>Major version of its server.</returns>
    /// <exception cref="BackupException">It is not there, not suitable, not empty or in use.</exception>
    public async Task<int> CheckAsync(string? overwrite, CancellationToken cancellationToken)
    {
        if (overwrite is not null && overwrite != _database)
        {
            throw new BackupException(
                $"--overwrite names '{overwrite}', the connection string '{_database}': nothing was changed."
            );
        }

        try
        {
            await PostgresPreflight.CheckAsync(Unpooled, cancellationToken);
        }
        catch (PostgresException missing) when (missing.SqlState is PostgresErrorCodes.InvalidCatalogName)
        {
            throw new BackupException(
                $"There is no database '{_database}'. Make it: CREATE DATABASE \"{_database}\" TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'.",
                missing
            );
        }
        catch (Exception fault) when (fault is PostgresUnavailableException or NpgsqlException)
        {
            throw new BackupException(fault.Message, fault);
        }

        await using var connection = await OpenAsync(cancellationToken);
        if (await DatabaseFigures.ValueAsync<long>(connection, DatabaseFigures.Own, cancellationToken) > 0)
        {
            await RefuseUnlessOverwritableAsync(connection, overwrite, cancellationToken);
        }

        return connection.PostgreSqlVersion.Major;
    }

    /// <summary>Empties it.</summary>
    public async Task EmptyAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var empty = new NpgsqlCommand(
            """
            DROP SCHEMA public CASCADE;
            CREATE SCHEMA public AUTHORIZATION pg_database_owner;
            GRANT USAGE ON SCHEMA public TO PUBLIC;
            """,
            connection
        );
        await empty.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// Ends every session and makes every cookie and one-time link of the time before worthless, forgets what only made sense on
    /// the old server, and writes down that it was restored.
    /// </summary>
    public async Task SettleAsync(
        HubDatabase database,
        BackupManifest manifest,
        string name,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        await using (var connection = await OpenAsync(cancellationToken))
        {
            var faults = await BackupVerification.FiguresAsync(manifest, connection, cancellationToken);
            if (faults.Count > 0)
            {
                throw new BackupException(
                    $"The database was restored and is not what the backup says ({faults.Count}): {faults[0]} Do not use it."
                );
            }
        }

        await database.InTransactionAsync(
            async (db, token) =>
            {
                var now = time.GetUtcNow();
                await db.Database.ExecuteSqlAsync(
                    $"UPDATE users SET security_stamp = upper(replace(gen_random_uuid()::text, '-', ''))",
                    token
                );
                await db
                    .UserSessions.Where(session => session.EndedAt == null)
                    .ExecuteUpdateAsync(row => row.SetProperty(session => session.EndedAt, now), token);
                // Marks count transactions; another server counts its own, and would take what is new for seen.
                await db.Database.ExecuteSqlAsync(
                    $"""
                    DELETE FROM seen_marks WHERE EXISTS (
                        SELECT FROM lead_events WHERE transaction_id >= pg_snapshot_xmax(pg_current_snapshot()))
                    """,
                    token
                );
                // The backup itself was under way in the picture that it holds.
                await db
                    .BackupRuns.Where(run => run.EndedAt == null)
                    .ExecuteUpdateAsync(
                        row =>
                            row.SetProperty(run => run.EndedAt, now)
                                .SetProperty(run => run.Result, BackupResult.Interrupted),
                        token
                    );
                db.SecurityEvents.Add(
                    SecurityLog.Entry(
                        SecurityEventKind.BackupRestored,
                        Actor.System,
                        time,
                        null,
                        ("backup", name),
                        ("taken", manifest.SnapshotAt.ToString("u"))
                    )
                );
            },
            cancellationToken
        );

        // Another server counts its transactions anew: first the seals begin anew with it, then the event above gets its own.
        // Unsealed it would look like one that was put in among sealed ones.
        var sealer = new AuditSealer(database, time);
        await sealer.SealAllAsync(cancellationToken);
        await sealer.SealAllAsync(cancellationToken);
    }

    private async Task RefuseUnlessOverwritableAsync(
        NpgsqlConnection connection,
        string? overwrite,
        CancellationToken cancellationToken
    )
    {
        if (overwrite is null)
        {
            throw new BackupException(
                $"The database '{_database}' is not empty. Restore into an empty one; or, if everything in it may go, add --overwrite {_database}."
            );
        }

        // Who has just left may still be seen for a moment.
        var others = await OthersAsync(connection, cancellationToken);
        for (var look = 1; others > 0 && look < LooksForOthers; look++)
        {
            await Task.Delay(BetweenLooks, cancellationToken);
            others = await OthersAsync(connection, cancellationToken);
        }

        if (others > 0)
        {
            throw new BackupException(
                $"{others} connections to the database '{_database}' are open: end the portal, every instance of it, first."
            );
        }
    }

    // The server's own workers come and go by themselves, and what they do ends where the database does.
    private static Task<long> OthersAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        DatabaseFigures.ValueAsync<long>(
            connection,
            """
            SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
            """,
            cancellationToken
        );

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(Unpooled);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }
}
