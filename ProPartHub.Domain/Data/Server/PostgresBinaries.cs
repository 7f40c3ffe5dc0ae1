using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ProPartHub.Domain.Data.Server;

/// <summary>Installed PostgreSQL programs.</summary>
/// <param name="Folder">Folder of <c>postgres</c> and <c>initdb</c>.</param>
/// <param name="Version">Major version.</param>
public sealed partial record PostgresBinaries(string Folder, int Version)
{
    /// <summary>Oldest major version that the hub runs on.</summary>
    public const int MinimumVersion = 15;

    private static string Suffix => OperatingSystem.IsWindows() ? ".exe" : "";

    /// <summary>Path of one of the programs.</summary>
    public string Program(string name) => Path.Combine(Folder, name + Suffix);

    /// <summary>
    /// The newest suitable programs: in the configured folder alone when one is given, else on PATH and in the usual
    /// folders of Debian, Red Hat, Homebrew and Windows. Null when there are none.
    /// </summary>
    public static PostgresBinaries? Find(string? configuredFolder)
    {
        var folders = string.IsNullOrWhiteSpace(configuredFolder) ? UsualFolders() : [configuredFolder];
        return folders
            .Where(folder => File.Exists(Path.Combine(folder, "initdb" + Suffix)))
            .Distinct(StringComparer.Ordinal)
            .Select(folder => (folder, version: VersionOf(folder)))
            .Where(found => found.version >= MinimumVersion)
            .OrderByDescending(found => found.version)
            .Select(found => new PostgresBinaries(found.folder, found.version))
            .FirstOrDefault();
    }

    private static IEnumerable<string> UsualFolders()
    {
        var path = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? [];
        string[] roots =
        [
            "/usr/lib/postgresql",
            "/opt/homebrew/opt",
            "/usr/local/opt",
            Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "PostgreSQL"),
        ];
        return path.Concat(["/usr/pgsql-18/bin", "/usr/pgsql-17/bin", "/usr/pgsql-16/bin", "/usr/pgsql-15/bin"])
            .Concat(
                roots
                    .Where(Directory.Exists)
                    .SelectMany(Directory.EnumerateDirectories)
                    .Select(folder => Path.Combine(folder, "bin"))
            )
            .Where(folder => folder.Length > 0);
    }

    private static int VersionOf(string folder)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(Path.Combine(folder, "initdb" + Suffix), "--version")
                {
                    RedirectStandardOutput = true,
                }
            );
            var match = Major().Match(process!.StandardOutput.ReadToEnd());
            return match.Success ? int.Parse(match.Value, CultureInfo.InvariantCulture) : 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // Not executable for us: as good as not there.
            return 0;
        }
    }

    [GeneratedRegex(@"\d+")]
    private static partial Regex Major();
}
