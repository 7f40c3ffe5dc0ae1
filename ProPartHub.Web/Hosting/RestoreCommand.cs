using ProPartHub.Domain.Backups;

namespace ProPartHub.Web.Hosting;

/// <summary>
/// <c>restore --from PATH --into "CONNECTION STRING" [--files FOLDER] [--overwrite DATABASE]</c>: restores
/// database and files of a backup. Without the folder files go where the settings say.
/// </summary>
internal static class RestoreCommand
{
    public const string Name = "restore";

    // The connection string has the password of the new database; in this variable nobody else on the machine reads it.
    private const string IntoVariable = "RESTORE_INTO";

    private const string Usage =
        $"Usage: restore --from PATH --into \"CONNECTION STRING\" [--files FOLDER] [--overwrite DATABASE]\n--into may stand in the environment as {IntoVariable}.";

    /// <summary>Runs the command without serving pages.</summary>
    /// <returns>The exit code: 0 restored, 1 not, 2 wrongly called.</returns>
    public static async Task<int> RunAsync(
        IServiceProvider services,
        string[] options,
        TextWriter output,
        CancellationToken cancellationToken
    )
    {
        var arguments = new ConfigurationBuilder().AddCommandLine(options).Build();
        var into = arguments["into"] ?? Environment.GetEnvironmentVariable(IntoVariable);
        if (arguments["from"] is not { Length: > 0 } from || string.IsNullOrWhiteSpace(into))
        {
            await output.WriteLineAsync(Usage);
            return 2;
        }

        var order = new RestoreOrder(from, into) { Files = arguments["files"], Overwrite = arguments["overwrite"] };
        try
        {
            var manifest = await services
                .GetRequiredService<BackupRestore>()
                .RestoreAsync(order, BackupConsole.Report(output), cancellationToken);
            await SayNextAsync(manifest, output);
            return 0;
        }
        catch (BackupException fault)
        {
            await output.WriteLineAsync(fault.Message);
            return 1;
        }
    }

    private static async Task SayNextAsync(BackupManifest manifest, TextWriter output)
    {
        await output.WriteLineAsync($"Restored as of {manifest.SnapshotAt:yyyy-MM-dd HH:mm:ss} UTC. Next:");
        if (manifest.KeysAreEncrypted)
        {
            await output.WriteLineAsync(
                "  - DataProtection__Certificate must be the certificate of that time, or files and authenticator apps stay closed."
            );
        }

        string[] steps =
        [
            "ConnectionStrings__Hub names this database, Files__… names these files; then run migrate.",
            "Start the portal. Everybody signs in anew: all sessions and one-time links of the time before have ended.",
            "Look through /admin/people: whoever was switched off, or lost a role, after that moment has it again.",
            "Clients erased after that moment are there again: erase them anew (the former audit or the requests say whom).",
            "HubSpot: what changed there since comes with the next exchange; what was pushed from here since is recognised and not pushed twice.",
            "Mails that waited at that moment may be sent a second time.",
        ];
        foreach (var step in steps)
        {
            await output.WriteLineAsync($"  - {step}");
        }

        if (manifest.Missing.Count > 0)
        {
            await output.WriteLineAsync(
                $"  - {manifest.Missing.Count} files were lost before the backup and stay lost; manifest.json names them."
            );
        }
    }
}
