using System.Globalization;
using ProPartHub.Domain.Backups;

namespace ProPartHub.Web.Hosting;

/// <summary>What the commands of backups say on the console, in English as the log does.</summary>
internal static class BackupConsole
{
    private const int Often = 500;

    /// <summary>A line for each step, and one now and then while files are gone through.</summary>
    public static BackupReport Report(TextWriter output)
    {
        var step = BackupStep.Waiting;
        return progress =>
        {
            if (progress.Step == step && progress.Done % Often != 0)
            {
                return Task.CompletedTask;
            }

            step = progress.Step;
            return output.WriteLineAsync(
                progress.Total == 0 ? $"{Words(step)} …" : $"{Words(step)} … {progress.Done} of {progress.Total}"
            );
        };
    }

    /// <summary>What became of a run.</summary>
    public static async Task<int> EndAsync(BackupRun run, TextWriter output)
    {
        if (run.Result is BackupResult.Done)
        {
            await output.WriteLineAsync(
                run.Check switch
                {
                    BackupCheck.Restored => $"{run.Name}: sound; restored, compared and opened.",
                    BackupCheck.HashesOnly => $"{run.Name}: sound as far as hashes tell; NOT RESTORED.",
                    _ => $"{run.Name}: made; not verified.",
                }
            );
        }
        else
        {
            await output.WriteLineAsync($"{run.Name ?? "The backup"}: FAILED.");
        }

        if (run.Words is { Length: > 0 } words)
        {
            await output.WriteLineAsync(words);
        }

        return run.Result is BackupResult.Done ? 0 : 1;
    }

    /// <summary>A length as people read it.</summary>
    public static string Size(long bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024d / 1024d:0.0} MB");

    private static string Words(BackupStep step) =>
        step switch
        {
            BackupStep.Files => "Files",
            BackupStep.Database => "Dumping the database",
            BackupStep.Hashes => "Comparing hashes",
            BackupStep.Restoring => "Restoring the database",
            BackupStep.Comparing => "Comparing with the manifest",
            BackupStep.Opening => "Opening files",
            _ => "Waiting",
        };
}
