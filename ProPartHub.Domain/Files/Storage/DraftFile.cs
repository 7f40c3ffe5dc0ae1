namespace ProPartHub.Domain.Files.Storage;

/// <summary>Files that only the portal's own user may read.</summary>
internal static class DraftFile
{
    /// <summary>A new file that goes when it is closed, also with the process.</summary>
    public static FileStream In(string folder) =>
        Create(Path.Combine(folder, $"{Guid.NewGuid():N}.draft"), FileOptions.Asynchronous | FileOptions.DeleteOnClose);

    /// <summary>A new file of this name.</summary>
    public static FileStream Create(string path, FileOptions options)
    {
        var creation = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = options,
        };
        if (!OperatingSystem.IsWindows())
        {
            creation.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new(path, creation);
    }
}
