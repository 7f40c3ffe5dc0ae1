using ProPartHub.Domain.Backups;

namespace ProPartHub.Web.Hosting;

/// <summary>
/// <c>verify-backup PATH</c>: compares every part of a backup with its hash, restores it into a scratch database, compares
/// that with the manifest and opens files with the keys inside. It writes what it found into the backup's folder alone, so it
/// works with a database that is lost, given a server that it may make databases on.
/// </summary>
internal static class VerifyBackupCommand
{
    public const string Name = "verify-backup";

    private const string Usage = "Usage: verify-backup PATH";

    /// <summary>Runs the command without serving pages.</summary>
    /// <returns>The exit code: 0 sound, 1 not, 2 wrongly called.</returns>
    public static async Task<int> RunAsync(
        IServiceProvider services,
        string[] options,
        TextWriter output,
        CancellationToken cancellationToken
    )
    {
        if (options is not [var path, ..])
        {
            await output.WriteLineAsync(Usage);
            return 2;
        }

        try
        {
            var verdict = await services
                .GetRequiredService<BackupVerification>()
                .VerifyAsync(path, BackupConsole.Report(output), cancellationToken);
            await output.WriteLineAsync(
                !verdict.IsSound ? "NOT SOUND:"
                : verdict.IsRestored ? "Sound: restored, compared and opened."
                : "Sound as far as hashes tell; NOT RESTORED."
            );
            foreach (var words in verdict.Faults.Append(verdict.NotRestored).OfType<string>())
            {
                await output.WriteLineAsync(words);
            }

            return verdict.IsSound ? 0 : 1;
        }
        catch (BackupException fault)
        {
            await output.WriteLineAsync($"NOT SOUND: {fault.Message}");
            return 1;
        }
    }
}
