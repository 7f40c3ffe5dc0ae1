using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace ProPartHub.Domain.Data.Server;

/// <summary>The files of one private server: made on first use, and freed of what a killed run left behind.</summary>
internal sealed class PostgresCluster(PostgresFolder folder, PostgresBinaries binaries, ServerAccount account)
{
    /// <summary>The superuser of private servers.</summary>
    public const string Superuser = "postgres";

    // With the locale C, lower() and trigrams ignore Cyrillic. C.UTF-8 exists on Linux alone; elsewhere a language's
    // locale gives the letters their case, while sorting stays plain (names sort by an ICU collation anyway).
    private static readonly string[] Locale =
        OperatingSystem.IsLinux() ? ["--locale=C.UTF-8"]
        : OperatingSystem.IsMacOS() ? ["--locale=C", "--lc-ctype=en_US.UTF-8"]
        : ["--locale=C", "--lc-ctype=English_United States.1252"];

    /// <summary>The process id in the server's pid file; <see langword="null"/> when it has none.</summary>
    public int? Pid
    {
        get
        {
            try
            {
                var first = File.ReadLines(folder.PidFile).FirstOrDefault();
                return int.TryParse(first, CultureInfo.InvariantCulture, out var pid) ? pid : null;
            }
            catch (IOException)
            {
                return null;
            }
        }
    }

    /// <summary>Makes the data folder unless there is one.</summary>
    /// <exception cref="PostgresUnavailableException">initdb failed; the message has its words.</exception>
    public async Task InitializeAsync(CancellationToken cancellationToken)
    {
        if (Directory.Exists(folder.Data))
        {
            return;
        }

        // Made under another name and renamed when complete: an interrupted first start leaves nothing half made.
        var unfinished = folder.Data + ".new";
        if (Directory.Exists(unfinished))
        {
            Directory.Delete(unfinished, recursive: true);
        }

        var result = await account.RunAsync(
            binaries.InitDb,
            [
                $"--pgdata={unfinished}",
                $"--username={Superuser}",
                $"--pwfile={folder.PasswordFile}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                .. Locale,
                "--no-sync",
                "--no-instructions",
            ],
            cancellationToken
        );
        if (result.ExitCode != 0)
        {
            throw new PostgresUnavailableException(
                $"PostgreSQL could not make its data folder in '{folder.Root}':{Environment.NewLine}{result.Output.Trim()}"
            );
        }

        Directory.Move(unfinished, folder.Data);
    }

    /// <summary>Stops a server that a killed run left behind on the same data, if there is one.</summary>
    /// <param name="mode">pg_ctl's stop mode: fast, or immediate for data nobody wants.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="PostgresUnavailableException">It does not stop.</exception>
    public async Task<bool> StopLeftoverAsync(string mode, CancellationToken cancellationToken)
    {
        if (Pid is not { } pid || !IsServerOf(pid))
        {
            return false;
        }

        var result = await account.RunAsync(
            binaries.PgCtl,
            [$"--pgdata={folder.Data}", $"--mode={mode}", "--wait", "--timeout=30", "stop"],
            cancellationToken
        );
        return result.ExitCode == 0
            ? true
            : throw new PostgresUnavailableException(
                $"A PostgreSQL server (process {pid}) still runs on '{folder.Data}' and could not be stopped: {result.Output.Trim()} "
                    + "End that process, then start the hub again."
            );
    }

    /// <summary>The server's arguments.</summary>
    /// <param name="options">How it is to run.</param>
    /// <param name="address">Where it is to listen.</param>
    public IEnumerable<string> Arguments(PrivatePostgresOptions options, PostgresAddress address)
    {
        yield return "-D";
        yield return folder.Data;
        if (options.IsThrowAway)
        {
            yield return "-F";
        }

        List<string> settings =
        [
            .. address.Settings,
            $"max_connections={options.MaxConnections}",
            "timezone=UTC",
            "log_timezone=UTC",
            "lc_messages=C",
        ];
        if (options.IsThrowAway)
        {
            settings.AddRange([
                "synchronous_commit=off",
                "full_page_writes=off",
                "wal_level=minimal",
                "max_wal_senders=0",
            ]);
        }

        foreach (var setting in settings)
        {
            yield return "-c";
            yield return setting;
        }
    }

    /// <summary>Makes the role and the database of the hub unless they are there.</summary>
    public static async Task CreateDatabaseAsync(
        string superuserConnectionString,
        string database,
        string password,
        CancellationToken cancellationToken
    )
    {
        await using var connection = new NpgsqlConnection(superuserConnectionString);
        await connection.OpenAsync(cancellationToken);
        var name = Quote(database);
        await ExecuteUnlessAsync(
            "SELECT 1 FROM pg_roles WHERE rolname = $1",
            $"CREATE ROLE {name} LOGIN PASSWORD '{password}'"
        );
        await ExecuteUnlessAsync(
            "SELECT 1 FROM pg_database WHERE datname = $1",
            $"CREATE DATABASE {name} OWNER {name}"
        );

        async Task ExecuteUnlessAsync(string question, string statement)
        {
            await using var ask = new NpgsqlCommand(question, connection);
            ask.Parameters.AddWithValue(database);
            if (await ask.ExecuteScalarAsync(cancellationToken) is null)
            {
                await using var create = new NpgsqlCommand(statement, connection);
                await create.ExecuteNonQueryAsync(cancellationToken);
            }
        }
    }

    private static string Quote(string name) => '"' + name.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';

    // A pid file survives a crash or a power cut, and its number may by now be another program's, which must not be
    // signalled. A PostgreSQL server works in its data folder; where that cannot be asked, its name has to do.
    private bool IsServerOf(int pid)
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                return new FileInfo($"/proc/{pid}/cwd").LinkTarget == folder.Data;
            }

            using var process = Process.GetProcessById(pid);
            return process.ProcessName.StartsWith("postgres", StringComparison.OrdinalIgnoreCase);
        }
        catch (Exception exception) when (exception is ArgumentException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
