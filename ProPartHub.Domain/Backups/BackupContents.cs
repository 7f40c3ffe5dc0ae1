namespace ProPartHub.Domain.Backups;

/// <summary>A backup whose parts are compared with what its manifest says of them.</summary>
/// <param name="Path">Its folder.</param>
/// <param name="Manifest">What it holds.</param>
/// <param name="Objects">Its stored objects.</param>
internal sealed record BackupContents(string Path, BackupManifest Manifest, IReadOnlyList<BackupObject> Objects)
{
    // More would only repeat what the first say.
    private const int MostFaults = 20;

    /// <summary>The dump.</summary>
    public string Dump => System.IO.Path.Combine(Path, Manifest.Dump.Path);

    /// <summary>Opens a backup; its list of objects is the one that was written, or it is refused.</summary>
    /// <exception cref="BackupException">It is no whole backup, of a newer format, or its list was changed.</exception>
    public static async Task<BackupContents> OpenAsync(string path, CancellationToken cancellationToken)
    {
        path = System.IO.Path.GetFullPath(path);
        var manifest = await BackupManifest.ReadAsync(path, cancellationToken);
        if (await FaultOfAsync(path, manifest.Objects, cancellationToken) is { } fault)
        {
            throw new BackupException(fault);
        }

        return new(path, manifest, await manifest.ReadObjectsAsync(path, cancellationToken));
    }

    /// <summary>Compares every part with its hash.</summary>
    /// <returns>What is wrong; empty for nothing.</returns>
    public async Task<IReadOnlyList<string>> FaultsAsync(BackupReport report, CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        var (done, total) = (0, Objects.Count + 1);
        foreach (
            var part in Objects.Select(each => new BackupPart(each.Path, each.Size, each.Sha256)).Prepend(Manifest.Dump)
        )
        {
            if (faults.Count < MostFaults && await FaultOfAsync(Path, part, cancellationToken) is { } fault)
            {
                faults.Add(fault);
            }

            await report(new(BackupStep.Hashes, ++done, total));
        }

        return faults;
    }

    /// <summary>Writes the list of what of a dump is restored: all but the schema that every database has.</summary>
    /// <returns>The list's file, for the caller to remove.</returns>
    public async Task<string> WriteListAsync(PostgresClient client, CancellationToken cancellationToken)
    {
        var list = await client.ListAsync(Dump, cancellationToken);
        var file = System.IO.Path.GetTempFileName();
        await File.WriteAllLinesAsync(
            file,
            list.Split('\n').Where(line => !line.Contains(" SCHEMA - public ", StringComparison.Ordinal)),
            cancellationToken
        );
        return file;
    }

    private static async Task<string?> FaultOfAsync(string folder, BackupPart part, CancellationToken cancellationToken)
    {
        var path = System.IO.Path.GetFullPath(System.IO.Path.Combine(folder, part.Path));
        if (!path.StartsWith(folder + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            return $"{part.Path} lies outside the backup.";
        }

        try
        {
            var (size, hash) = await PrivateFile.HashAsync(path, cancellationToken);
            return size != part.Size ? $"{part.Path} has {size} bytes, not {part.Size}: it is cut off or was changed."
                : hash != part.Sha256 ? $"{part.Path} was changed: its SHA-256 is another."
                : null;
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return $"{part.Path} is missing.";
        }
    }
}
