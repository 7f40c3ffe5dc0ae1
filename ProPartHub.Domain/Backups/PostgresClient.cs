using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using ProPartHub.Domain.Data.Server;

namespace ProPartHub.Domain.Backups;

/// <summary>
/// The installed pg_dump and pg_restore. What they need to know of the server, the password too, travels in the environment
/// of the child alone: command lines can be read by everybody on the machine.
/// </summary>
internal sealed partial record PostgresClient(string Folder, int Major)
{
    private const string DumpProgram = "pg_dump";
    private const string RestoreProgram = "pg_restore";

    // Both outputs together are a list of steps or a fault, never the data.
    private const int LongestWords = 2000;

    /// <summary>The programs that fit best: of the server's own version, else of the next newer one.</summary>
    /// <param name="configured">Their folder; when given, nothing else is looked at.</param>
    /// <param name="atLeast">The oldest major version that does.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="BackupException">There are none, or only older ones.</exception>
    public static async Task<PostgresClient> FindAsync(
        string? configured,
        int atLeast,
        CancellationToken cancellationToken
    )
    {
        IEnumerable<string> folders = string.IsNullOrWhiteSpace(configured)
            ? PostgresBinaries.UsualFolders()
            : [configured, Path.Combine(configured, "bin")];
        var found = new List<PostgresClient>();
        foreach (var folder in folders)
        {
            if (await ProbeAsync(folder, cancellationToken) is { } client)
            {
                found.Add(client);
            }
        }

        if (found.Where(client => client.Major >= atLeast).MinBy(client => client.Major) is { } best)
        {
            return best;
        }

        var there = found.Count == 0 ? "none are installed" : $"the newest here are of {found.Max(each => each.Major)}";
        throw new BackupException(
            $"Backups need {DumpProgram} and {RestoreProgram} of PostgreSQL {atLeast} or later; {there}. "
                + $"Install them (Debian: postgresql-client-{atLeast} from apt.postgresql.org) or name their folder in {PrivatePostgresOptions.BinariesSetting}."
        );
    }

    /// <summary>Dumps what a snapshot shows.</summary>
    public Task DumpAsync(string connectionString, string snapshot, string file, CancellationToken cancellationToken) =>
        RunAsync(
            DumpProgram,
            ["--format=custom", $"--snapshot={snapshot}", "--no-password", $"--file={file}"],
            connectionString,
            cancellationToken
        );

    /// <summary>Lists what a dump holds, which also shows whether it can be read.</summary>
    public Task<string> ListAsync(string file, CancellationToken cancellationToken) =>
        RunAsync(RestoreProgram, ["--list", file], null, cancellationToken);

    /// <summary>Restores a dump into an empty database.</summary>
    /// <param name="file">The dump.</param>
    /// <param name="list">What of it, in a file.</param>
    /// <param name="connectionString">The database.</param>
    /// <param name="atOnce">True: all of it or nothing, in one transaction.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task RestoreAsync(
        string file,
        string list,
        string connectionString,
        bool atOnce,
        CancellationToken cancellationToken
    ) =>
        RunAsync(
            RestoreProgram,
            [
                "--no-owner",
                "--no-privileges",
                "--no-comments",
                "--no-password",
                "--exit-on-error",
                .. atOnce ? ["--single-transaction"] : Array.Empty<string>(),
                $"--use-list={list}",
                $"--dbname={new NpgsqlConnectionStringBuilder(connectionString).Database}",
                file,
            ],
            connectionString,
            cancellationToken
        );

    private static async Task<PostgresClient?> ProbeAsync(string folder, CancellationToken cancellationToken)
    {
        if (!File.Exists(Program(folder, DumpProgram)) || !File.Exists(Program(folder, RestoreProgram)))
        {
            return null;
        }

        var told = await ServerAccount.Current.RunAsync(Program(folder, DumpProgram), ["--version"], cancellationToken);
        return
            told.ExitCode == 0
            && VersionPattern().Match(told.Output) is { Success: true } match
            && int.TryParse(match.ValueSpan, CultureInfo.InvariantCulture, out var major)
            ? new PostgresClient(Path.GetFullPath(folder), major)
            : null;
    }

    private async Task<string> RunAsync(
        string program,
        IEnumerable<string> arguments,
        string? connectionString,
        CancellationToken cancellationToken
    )
    {
        var start = ServerAccount.Current.Command(Program(Folder, program), arguments);
        if (connectionString is not null)
        {
            foreach (var (name, value) in LibpqEnvironment.Of(connectionString))
            {
                start.Environment[name] = value;
            }
        }

        using var process = new Process { StartInfo = start };
        process.Start();
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        var words = (await errors).Trim();
        return process.ExitCode == 0
            ? await output
            : throw new BackupException(
                $"{program} failed: {(words.Length > LongestWords ? words[..LongestWords] + "…" : words)}"
            );
    }

    private static string Program(string folder, string name) =>
        Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name);

    [GeneratedRegex("[0-9]+")]
    private static partial Regex VersionPattern();
}
