using System.Globalization;
using System.Text.RegularExpressions;

namespace ProPartHub.Domain.Data.Server;

/// <summary>An installed set of PostgreSQL's programs.</summary>
/// <param name="Folder">The folder that holds postgres, initdb and pg_ctl.</param>
/// <param name="Major">The major version, for example 15.</param>
public sealed partial record PostgresBinaries(string Folder, int Major)
{
    /// <summary>The oldest major version the hub works on.</summary>
    public const int OldestMajor = 15;

    private static readonly string[] Needed = ["postgres", "initdb", "pg_ctl"];

    internal string Postgres => Program(Folder, "postgres");

    internal string InitDb => Program(Folder, "initdb");

    internal string PgCtl => Program(Folder, "pg_ctl");

    /// <summary>
    /// The first usable set: in <paramref name="configuredPath"/> alone when that is given, else in
    /// <paramref name="searchFolders"/> in their order.
    /// </summary>
    /// <param name="configuredPath">The folder of the programs, or the installation folder above its bin folder.</param>
    /// <param name="searchFolders">Where to look; <see langword="null"/> is <see cref="UsualFolders"/>.</param>
    /// <param name="major">Only this major version, because existing data was made by it; <see langword="null"/> takes any from <see cref="OldestMajor"/>.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>The programs, or <see langword="null"/> when no searched folder has them.</returns>
    /// <exception cref="PostgresUnavailableException">The configured folder does not hold what is needed.</exception>
    public static async Task<PostgresBinaries?> FindAsync(
        string? configuredPath,
        IEnumerable<string>? searchFolders = null,
        int? major = null,
        CancellationToken cancellationToken = default
    )
    {
        bool Suits(PostgresBinaries found) => major is null ? found.Major >= OldestMajor : found.Major == major;

        if (!string.IsNullOrWhiteSpace(configuredPath))
        {
            var configured =
                await ProbeAsync(configuredPath, cancellationToken)
                ?? await ProbeAsync(Path.Combine(configuredPath, "bin"), cancellationToken);
            return configured is not null && Suits(configured)
                ? configured
                : throw new PostgresUnavailableException(ConfiguredMessage(configuredPath, configured, major));
        }

        foreach (var folder in searchFolders ?? UsualFolders())
        {
            if (await ProbeAsync(folder, cancellationToken) is { } found && Suits(found))
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>
    /// The folders of PATH, then those where Debian, Red Hat, Homebrew, Postgres.app and the Windows installer put
    /// the programs, newest version first.
    /// </summary>
    public static IEnumerable<string> UsualFolders()
    {
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        var onPath = path.Split(
            Path.PathSeparator,
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );
        if (OperatingSystem.IsWindows())
        {
            var programs = Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles);
            return [.. onPath, .. Versions(Path.Combine(programs, "PostgreSQL"), "*")];
        }

        return
        [
            .. onPath,
            .. Versions("/usr/lib/postgresql", "*"),
            .. Versions("/usr", "pgsql-*"),
            .. Versions("/opt/homebrew/opt", "postgresql@*"),
            .. Versions("/usr/local/opt", "postgresql@*"),
            .. Versions("/Applications/Postgres.app/Contents/Versions", "*"),
        ];
    }

    private static IEnumerable<string> Versions(string parent, string pattern) =>
        Directory.Exists(parent)
            ? Directory
                .EnumerateDirectories(parent, pattern)
                .OrderByDescending(folder => FirstNumber(Path.GetFileName(folder)))
                .Select(folder => Path.Combine(folder, "bin"))
            : [];

    private static async Task<PostgresBinaries?> ProbeAsync(string folder, CancellationToken cancellationToken)
    {
        if (!Needed.All(name => File.Exists(Program(folder, name))))
        {
            return null;
        }

        var result = await ServerAccount.Current.RunAsync(
            Program(folder, "postgres"),
            ["--version"],
            cancellationToken
        );
        var major = FirstNumber(result.Output);
        return result.ExitCode == 0 && major > 0 ? new PostgresBinaries(Path.GetFullPath(folder), major) : null;
    }

    private static string ConfiguredMessage(string path, PostgresBinaries? found, int? major)
    {
        var needed = major is null
            ? $"version {OldestMajor} or later"
            : $"version {major}, which made the existing data";
        var problem = found is null
            ? "holds no working postgres, initdb and pg_ctl"
            : $"holds PostgreSQL {found.Major}";
        return $"The configured PostgreSQL folder '{path}' {problem}; the hub needs {needed}. "
            + $"Correct {PrivatePostgresOptions.BinariesSetting}, or remove it to let the hub look in the usual folders.";
    }

    private static string Program(string folder, string name) =>
        Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name);

    private static int FirstNumber(string text) =>
        NumberPattern().Match(text) is { Success: true } match
        && int.TryParse(match.ValueSpan, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;

    [GeneratedRegex("[0-9]+")]
    private static partial Regex NumberPattern();
}
