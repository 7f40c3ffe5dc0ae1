using ProPartHub.Domain.Files.Storage;

namespace ProPartHub.Domain.Backups;

/// <summary>
/// Stored objects on their way into a backup, as they lie: sealed. What the backup before has, and is the same by name, length
/// and time, gets a second name on the disk instead of a copy, once its bytes are proved to be what they were.
/// </summary>
/// <param name="vault">The vault.</param>
/// <param name="target">Folder of the new backup.</param>
/// <param name="before">Folder of the backup before; null for none.</param>
internal sealed class BackupObjects(IFileVault vault, string target, string? before)
{
    public const string VaultFolder = "files/vault";

    private readonly Dictionary<string, BackupObject> _copied = new(StringComparer.Ordinal);
    private readonly HashSet<string> _missing = new(StringComparer.Ordinal);
    private Dictionary<string, BackupObject> _known = [];
    private Dictionary<string, VaultObject> _listed = [];

    /// <summary>Bytes that were copied, and not only named again.</summary>
    public long Added { get; private set; }

    /// <summary>What is in the backup.</summary>
    public IEnumerable<BackupObject> All => _copied.Values.OrderBy(each => each.Path, StringComparer.Ordinal);

    /// <summary>What rows name and nobody has.</summary>
    public IEnumerable<string> Missing => _missing.Order(StringComparer.Ordinal);

    /// <summary>Looks at what lies in the vault, and at what the backup before holds.</summary>
    /// <returns>Bytes that will have to be copied, at most.</returns>
    public async Task<long> LookAsync(
        IReadOnlyList<string> names,
        IReadOnlyList<BackupObject> known,
        CancellationToken cancellationToken
    )
    {
        _known = known.ToDictionary(each => each.Path, StringComparer.Ordinal);
        if (vault.IsReady)
        {
            _listed = await vault
                .AllAsync(cancellationToken)
                .ToDictionaryAsync(each => each.Name, StringComparer.Ordinal, cancellationToken: cancellationToken);
        }

        return names.Sum(name =>
            _listed.GetValueOrDefault(name) is { } it && !IsKnown(VaultPath(name), it.Size, it.StoredAt) ? it.Size : 0
        );
    }

    /// <summary>Copies what is named and not there yet.</summary>
    public async Task CopyAsync(IReadOnlyList<string> names, BackupReport report, CancellationToken cancellationToken)
    {
        var done = 0;
        foreach (var name in names)
        {
            var listed = _listed.GetValueOrDefault(name);
            await CopyAsync(
                VaultPath(name),
                listed?.Size ?? -1,
                listed?.StoredAt ?? DateTimeOffset.MinValue,
                () => vault.OpenAsync(name, 0, cancellationToken),
                cancellationToken
            );
            await report(new(BackupStep.Files, ++done, names.Count));
        }
    }

    /// <summary>Removes what is not named: it was, when the first copies were made, and has gone since.</summary>
    public void KeepOnly(IReadOnlyList<string> names)
    {
        var kept = names.Select(VaultPath).ToHashSet();
        foreach (var path in _copied.Keys.Except(kept).ToList())
        {
            File.Delete(Path.Combine(target, path));
            _copied.Remove(path);
        }

        _missing.IntersectWith(kept);
    }

    // As a vault in a folder lays its objects, so that a backup can be opened as one.
    internal static string VaultPath(string name) => $"{VaultFolder}/{name[^2..]}/{name}";

    private bool IsKnown(string path, long size, DateTimeOffset storedAt) =>
        before is not null
        && _known.GetValueOrDefault(path) is { } known
        && known.Size == size
        && known.StoredAt == storedAt;

    private async Task CopyAsync(
        string path,
        long size,
        DateTimeOffset storedAt,
        Func<Task<Stream>> open,
        CancellationToken cancellationToken
    )
    {
        if (_copied.ContainsKey(path))
        {
            return;
        }

        var place = Path.Combine(target, path);
        PrivateFile.CreateFolder(Path.GetDirectoryName(place)!);
        if (IsKnown(path, size, storedAt) && await TryLinkAsync(_known[path], place, cancellationToken))
        {
            _copied[path] = _known[path];
            return;
        }

        try
        {
            await using var content = await open();
            var (length, hash) = await PrivateFile.CopyAsync(content, place, cancellationToken);
            (_copied[path], Added) = (new(path, length, hash, storedAt), Added + length);
            _missing.Remove(path);
        }
        catch (FileNotFoundException)
        {
            _missing.Add(path);
        }
    }

    // What has rotted on the disk of backups is copied anew, not handed on.
    private async Task<bool> TryLinkAsync(BackupObject known, string place, CancellationToken cancellationToken)
    {
        var old = Path.Combine(before!, known.Path);
        return File.Exists(old)
            && await PrivateFile.HashAsync(old, cancellationToken) == (known.Size, known.Sha256)
            && PrivateFile.TryLink(old, place);
    }
}
