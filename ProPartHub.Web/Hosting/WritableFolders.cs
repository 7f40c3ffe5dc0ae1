using Microsoft.Extensions.Options;
using ProPartHub.Domain.Backups;
using ProPartHub.Domain.Files;

namespace ProPartHub.Web.Hosting;

/// <summary>
/// The folders that the settings name, tried before the start: a log that is nowhere, or a document that cannot be kept,
/// would be noticed when it is needed.
/// </summary>
internal static class WritableFolders
{
    /// <summary>What is wrong with them, setting by setting.</summary>
    public static IEnumerable<string> Faults(IServiceProvider services)
    {
        var logs = LoggingHosting.Folder(services);
        if (logs.Length > 0 && !CanWrite(logs))
        {
            yield return $"Hub:LogFolder is {logs}, where this user cannot write; empty, the log goes to the console alone.";
        }

        var files = services.GetRequiredService<IOptions<HubFileOptions>>().Value;
        if (!files.Bucket.IsSet && !string.IsNullOrWhiteSpace(files.Folder) && !CanWrite(files.Folder))
        {
            yield return $"Files:Folder is {files.Folder}, where this user cannot write; empty, no files are taken.";
        }

        var backups = services.GetRequiredService<IOptions<BackupOptions>>().Value;
        if (backups.IsOn && !CanWrite(backups.Folder!))
        {
            yield return $"Backup:Folder is {backups.Folder}, where this user cannot write; empty, no backups are made.";
        }
    }

    // Permissions alone do not tell: a file system may be read-only, or full.
    private static bool CanWrite(string folder)
    {
        try
        {
            var probe = Path.Combine(Directory.CreateDirectory(folder).FullName, $".probe-{Guid.NewGuid():N}");
            using var file = new FileStream(
                probe,
                new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.Write,
                    Options = FileOptions.DeleteOnClose,
                }
            );
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
