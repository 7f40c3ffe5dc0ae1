using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ProPartHub.Domain.Backups;

/// <summary>Files and folders of backups: nobody but the portal's own user may read them.</summary>
internal static class PrivateFile
{
    private const int BufferSize = 128 * 1024;
    private const UnixFileMode Owners = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>A new file.</summary>
    public static FileStream Create(string path)
    {
        var creation = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Options = FileOptions.Asynchronous,
            BufferSize = BufferSize,
        };
        if (!OperatingSystem.IsWindows())
        {
            creation.UnixCreateMode = Owners;
        }

        return new FileStream(path, creation);
    }

    /// <summary>A folder, with those above it that are not there yet.</summary>
    public static DirectoryInfo CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows() || Directory.Exists(path))
        {
            return Directory.CreateDirectory(path);
        }

        // One by one: the mode holds for the last folder alone.
        if (Path.GetDirectoryName(path) is { Length: > 0 } above)
        {
            CreateFolder(above);
        }

        return Directory.CreateDirectory(path, Owners | UnixFileMode.UserExecute);
    }

    /// <summary>Copies a content to its end, onto the disk.</summary>
    /// <returns>Length and SHA-256 of what was copied.</returns>
    public static async Task<(long Size, string Sha256)> CopyAsync(
        Stream content,
        string path,
        CancellationToken cancellationToken
    )
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferSize];
        long size = 0;
        await using var file = Create(path);
        for (int read; (read = await content.ReadAsync(buffer, cancellationToken)) > 0; size += read)
        {
            hash.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        await file.FlushAsync(cancellationToken);
        file.Flush(flushToDisk: true);
        return (size, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>Length and SHA-256 of a file.</summary>
    public static async Task<(long Size, string Sha256)> HashAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(
            path,
            FileMode.Open,
            FileAccess.Read,
            FileShare.Read,
            BufferSize,
            FileOptions.Asynchronous | FileOptions.SequentialScan
        );
        var hash = await SHA256.HashDataAsync(file, cancellationToken);
        return (file.Length, Convert.ToHexStringLower(hash));
    }

    /// <summary>Gives a file a second name on the same disk.</summary>
    /// <returns>False where the file system does not do that.</returns>
    public static bool TryLink(string existing, string name) =>
        !OperatingSystem.IsWindows() && Link(PathBytes(existing), PathBytes(name)) == 0;

    private static byte[] PathBytes(string path) => [.. System.Text.Encoding.UTF8.GetBytes(path), 0];

    [DllImport("libc", EntryPoint = "link")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link(byte[] existing, byte[] name);
}
