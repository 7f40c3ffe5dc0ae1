namespace ProPartHub.Domain.Transfer.Legacy;

/// <summary>
/// A copy of the former portal's files, of its bucket or of its <c>static/uploads</c>. The database names them by key, path
/// or address; they are found by the longest end of it that is there.
/// </summary>
internal sealed class LegacyFolder(string folder)
{
    private readonly string _folder = Path.GetFullPath(folder);

    /// <summary>The file's path on this machine; null where it is not in the folder.</summary>
    public string? Find(string path)
    {
        var plain = path.Split('?', '#')[0].Replace('\\', '/');
        return Under(plain) ?? Under(Uri.UnescapeDataString(plain));
    }

    private string? Under(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        // Whatever the database says, nothing outside the folder is read.
        if (
            parts.Length == 0
            || parts.Any(part => part is ".." or "." || part.Contains('\0', StringComparison.Ordinal))
        )
        {
            return null;
        }

        return Enumerable
            .Range(0, parts.Length)
            .Select(start => Path.Combine([_folder, .. parts[start..]]))
            .FirstOrDefault(file =>
                Path.GetFullPath(file).StartsWith(_folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)
                && File.Exists(file)
                && File.ResolveLinkTarget(file, returnFinalTarget: true) is null
            );
    }
}
