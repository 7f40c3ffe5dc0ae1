using ProPartHub.Domain.Backups;

namespace ProPartHub.Web.Hosting;

/// <summary>
/// <c>backup [--to FOLDER]</c>: makes a backup of database and files, in the configured folder or in another, and verifies
/// it. The portal may run meanwhile.
/// </summary>
internal static class BackupCommand
{
    public const string Name = "backup";

    /// <summary>Runs the command against the configured database, without serving pages.</summary>
    /// <returns>The exit code: 0 made and sound, 1 not, 3 another one is under way.</returns>
    public static async Task<int> RunAsync(
        IServiceProvider services,
        string[] options,
        TextWriter output,
        CancellationToken cancellationToken
    )
    {
        var arguments = new ConfigurationBuilder().AddCommandLine(options).Build();
        var place = arguments["to"] is { Length: > 0 } to ? Path.GetFullPath(to) : null;
        var run = services.GetRequiredService<BackupPlan>().NewRun(place);
        if (
            !await services
                .GetRequiredService<BackupRunner>()
                .BackUpAsync(run, BackupConsole.Report(output), cancellationToken)
        )
        {
            await output.WriteLineAsync("Another backup is under way.");
            return 3;
        }

        if (run.Name is not null)
        {
            await output.WriteLineAsync(
                $"{Path.Combine(place ?? services.GetRequiredService<BackupShelf>().Folder!, run.Name)}: {BackupConsole.Size(run.Size)}, of which {BackupConsole.Size(run.Added)} are new."
            );
        }

        return await BackupConsole.EndAsync(run, output);
    }
}
