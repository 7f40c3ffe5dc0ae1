using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Transfer.Legacy;

namespace ProPartHub.Web.Hosting;

/// <summary>
/// <c>import-legacy --from CONNECTION [--files FOLDER] [--report PATH] [--apply]</c>: moves in from the old portal. Without
/// <c>--apply</c> it works everything out, says what it would do and writes nothing.
/// </summary>
internal static class ImportLegacyCommand
{
    public const string Name = "import-legacy";

    // In place of --from, for who would not have a password in the list of processes.
    private const string FromSetting = "Legacy";

    private const string Usage = """
        Usage: import-legacy --from CONNECTION [--files FOLDER] [--report PATH.csv|PATH.md] [--apply]
                             [--new-passwords] [--queue-new]
          --from           the old PostgreSQL database, as Host=…;Database=… or postgresql://…;
                           or set ConnectionStrings__Legacy
          --files          a copy of the old static/uploads, or of the bucket
          --apply          write; without it (or with --dry-run) nothing is written
          --new-passwords  everybody brought chooses a new password at the next sign-in
          --queue-new      open leads that HubSpot never had wait for it from now on
        """;

    private static readonly string[] Switches = ["--apply", "--dry-run", "--new-passwords", "--queue-new"];

    private static readonly string[] Values = ["--from", "--files", "--report"];

    /// <summary>Runs the command against the configured database, without serving pages.</summary>
    /// <returns>The exit code: 0 done, 1 refused or failed, 2 wrongly called.</returns>
    public static async Task<int> RunAsync(
        IServiceProvider services,
        string[] options,
        TextWriter output,
        CancellationToken cancellationToken
    )
    {
        if (Read(options) is not { } given || given.ContainsKey("--apply") && given.ContainsKey("--dry-run"))
        {
            await output.WriteLineAsync(Usage);
            return 2;
        }

        var from =
            given.GetValueOrDefault("--from")
            ?? services.GetRequiredService<IConfiguration>().GetConnectionString(FromSetting);
        var files = given.GetValueOrDefault("--files");
        if (LegacyAddress.Read(from) is not { } address || (files is not null && !Directory.Exists(files)))
        {
            await output.WriteLineAsync(
                files is null || Directory.Exists(files) ? Usage : $"There is no folder {files}."
            );
            return 2;
        }

        var file = given.GetValueOrDefault("--report");
        try
        {
            if (file is not null)
            {
                // What was repaired is said once: a place that cannot be written must stop the run, not its report.
                await File.WriteAllTextAsync(file, "", cancellationToken);
            }

            await using var scope = services.CreateAsyncScope();
            var report = await scope
                .ServiceProvider.GetRequiredService<LegacyImport>()
                .RunAsync(
                    new LegacyOrder
                    {
                        From = address,
                        Files = files,
                        IsApplied = given.ContainsKey("--apply"),
                        DemandsNewPasswords = given.ContainsKey("--new-passwords"),
                        QueuesNewLeads = given.ContainsKey("--queue-new"),
                    },
                    cancellationToken
                );
            await LegacyReportFile.WriteAsync(report, output, file, cancellationToken);
            return 0;
        }
        catch (Exception exception)
            when (exception
                    is LegacyRefusedException
                        or NpgsqlException
                        or DbUpdateException
                        or RetryLimitExceededException
                        or IOException
                        or UnauthorizedAccessException
            )
        {
            // PostgreSQL's words name no password; what was committed before stays and the next run goes on from there.
            await output.WriteLineAsync($"Stopped: {exception.GetBaseException().Message}");
            return 1;
        }
    }

    // Null for what is not an option of this command: a slip must not become a run without it.
    private static Dictionary<string, string?>? Read(string[] options)
    {
        var given = new Dictionary<string, string?>();
        for (var place = 0; place < options.Length; place++)
        {
            var (name, value) =
                options[place].Split('=', 2) is [var left, var right] && left.StartsWith("--", StringComparison.Ordinal)
                    ? (left, (string?)right)
                    : (options[place], null);
            if (Values.Contains(name))
            {
                value ??= ++place < options.Length ? options[place] : null;
                if (string.IsNullOrWhiteSpace(value))
                {
                    return null;
                }
            }
            else if (!Switches.Contains(name) || value is not null)
            {
                return null;
            }

            given[name] = value;
        }

        return given;
    }
}
