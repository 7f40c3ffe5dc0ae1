using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace ProPartHub.Domain.Backups;

/// <summary>What became of the last look at a backup; kept in its folder, where it outlives the database.</summary>
/// <param name="At">When (UTC).</param>
/// <param name="IsRestored">Whether the dump was restored and compared; false: only hashes and the dump's list were looked at.</param>
/// <param name="Faults">What is wrong with it; empty for nothing.</param>
/// <param name="NotRestored">Why it was not restored; null where it was.</param>
public sealed record BackupVerdict(
    DateTimeOffset At,
    bool IsRestored,
    IReadOnlyList<string> Faults,
    string? NotRestored = null
)
{
    /// <summary>Name of its file in the backup's folder.</summary>
    internal const string FileName = "verified.json";

    /// <summary>True where nothing was found wrong.</summary>
    public bool IsSound => Faults.Count == 0;
}

/// <summary>A whole backup in its folder.</summary>
/// <param name="Name">Name of its folder.</param>
/// <param name="Manifest">What it holds.</param>
/// <param name="Verdict">What its last verification found; null where there was none.</param>
public sealed record StoredBackup(string Name, BackupManifest Manifest, BackupVerdict? Verdict);

/// <summary>
/// The folder of backups, each in a folder named by its time. One is made under a name that begins with a dot and renamed when
/// it is whole, so what was left half made is never taken for one.
/// </summary>
public sealed partial class BackupShelf(IOptions<BackupOptions> options, TimeProvider time)
{
    private const string Prefix = "propart-";
    private const string Stamp = "yyyy-MM-dd'T'HHmmss'Z'";
    private const string Partial = ".partial";

    /// <summary>The configured folder; null where none is.</summary>
    public string? Folder => options.Value.IsOn ? Path.GetFullPath(options.Value.Folder!) : null;

    /// <summary>Whole backups, newest first; folders that cannot be read are passed over.</summary>
    public static async Task<IReadOnlyList<StoredBackup>> ListAsync(string? folder, CancellationToken cancellationToken)
    {
        var backups = new List<StoredBackup>();
        if (folder is null || !Directory.Exists(folder))
        {
            return backups;
        }

        foreach (
            var path in Directory
                .EnumerateDirectories(folder, Prefix + "*")
                .Where(path => NamePattern().IsMatch(Path.GetFileName(path)))
                .OrderDescending(StringComparer.Ordinal)
        )
        {
            try
            {
                var manifest = await BackupManifest.ReadAsync(path, cancellationToken);
                backups.Add(new(Path.GetFileName(path), manifest, await VerdictOfAsync(path, cancellationToken)));
            }
            catch (BackupException)
            {
                // Something else under such a name, or of a newer portal: no backup for this one.
            }
        }

        return backups;
    }

    /// <summary>The place of one in the configured folder.</summary>
    /// <exception cref="BackupException">There is no such backup.</exception>
    public string PathOf(string name) =>
        Folder is { } folder && NamePattern().IsMatch(name) && Directory.Exists(Path.Combine(folder, name))
            ? Path.Combine(folder, name)
            : throw new BackupException($"There is no backup '{name}'.");

    /// <summary>What the last look at a backup found; null where there was none.</summary>
    internal static async Task<BackupVerdict?> VerdictOfAsync(string path, CancellationToken cancellationToken) =>
        File.Exists(Path.Combine(path, BackupVerdict.FileName))
            ? await BackupManifest.ReadJsonAsync<BackupVerdict>(
                Path.Combine(path, BackupVerdict.FileName),
                cancellationToken
            )
            : null;

    /// <summary>Writes down what a look found, in place of what stood there.</summary>
    internal static async Task KeepVerdictAsync(string path, BackupVerdict verdict, CancellationToken cancellationToken)
    {
        var partial = Path.Combine(path, $".{BackupVerdict.FileName}");
        File.Delete(partial);
        await BackupManifest.WriteJsonAsync(partial, verdict, cancellationToken);
        File.Move(partial, Path.Combine(path, BackupVerdict.FileName), overwrite: true);
    }

    /// <summary>Begins a backup: its name, and the folder to make it in. Whoever calls holds the lease, so what others left half made goes.</summary>
    internal (string Name, string Path) Begin(string folder)
    {
        PrivateFile.CreateFolder(folder);
        foreach (var left in Directory.EnumerateDirectories(folder, $".{Prefix}*"))
        {
            Directory.Delete(left, recursive: true);
        }

        var at = time.GetUtcNow();
        string name;
        do
        {
            name = Prefix + at.ToString(Stamp, CultureInfo.InvariantCulture);
            at = at.AddSeconds(1);
        } while (Directory.Exists(Path.Combine(folder, name)));
        return (name, PrivateFile.CreateFolder(Path.Combine(folder, $".{name}{Partial}")).FullName);
    }

    /// <summary>Gives a whole backup its name.</summary>
    internal static string Finish(string folder, string name, string partial)
    {
        var path = Path.Combine(folder, name);
        Directory.Move(partial, path);
        return path;
    }

    /// <summary>Removes a backup; one whose removal is cut short is no backup any more.</summary>
    internal static void Remove(string folder, string name)
    {
        var leaving = Path.Combine(folder, $".{name}.leaving");
        Directory.Move(Path.Combine(folder, name), leaving);
        Directory.Delete(leaving, recursive: true);
    }

    [GeneratedRegex("^propart-[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{6}Z$")]
    private static partial Regex NamePattern();
}
