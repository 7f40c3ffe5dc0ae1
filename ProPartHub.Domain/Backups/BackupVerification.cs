using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.Backups;

/// <summary>
/// Finds out whether a backup is one: compares every part with its hash, restores the dump into a scratch database, compares
/// that with the manifest, walks the audit's chain and opens stored files with the keys that are inside.
/// </summary>
public sealed class BackupVerification(
    BackupConnection connection,
    BackupProtection protection,
    IOptions<BackupOptions> options,
    TimeProvider time
)
{
    /// <summary>Looks at a backup and writes in its folder what was found.</summary>
    /// <exception cref="BackupException">It is no whole backup, or the programs to look at it are missing.</exception>
    public async Task<BackupVerdict> VerifyAsync(string path, BackupReport report, CancellationToken cancellationToken)
    {
        var contents = await BackupContents.OpenAsync(path, cancellationToken);
        List<string> faults = [.. await contents.FaultsAsync(report, cancellationToken)];
        string? notRestored = null;
        // What is broken already is not worth a database.
        if (faults.Count == 0)
        {
            notRestored = await RestoreAsync(contents, faults, report, cancellationToken);
        }

        var isRestored = faults.Count == 0 && notRestored is null;
        var verdict = new BackupVerdict(time.GetUtcNow(), isRestored, faults, notRestored);
        await BackupShelf.KeepVerdictAsync(contents.Path, verdict, cancellationToken);
        return verdict;
    }

    private async Task<string?> RestoreAsync(
        BackupContents contents,
        List<string> faults,
        BackupReport report,
        CancellationToken cancellationToken
    )
    {
        var server = options.Value.VerifyOn is { Length: > 0 } other ? other : connection.ConnectionString;
        var major = await BackupMaker.ServerMajorAsync(server, cancellationToken);
        var client = await PostgresClient.FindAsync(
            options.Value.ProgramsFolder,
            Math.Max(major, contents.Manifest.DumpMajor),
            cancellationToken
        );
        var list = await contents.WriteListAsync(client, cancellationToken);
        try
        {
            await report(new(BackupStep.Restoring));
            await using var scratch = await ScratchDatabase.CreateAsync(server, time.GetUtcNow(), cancellationToken);
            if (scratch is null)
            {
                return "The database's role may not create databases (ALTER ROLE … CREATEDB, or Backup__VerifyOn); only hashes and the dump's list were looked at.";
            }

            try
            {
                // Table by table: one long transaction would keep live updates and the audit's seals of the whole server waiting.
                await client.RestoreAsync(
                    contents.Dump,
                    list,
                    scratch.ConnectionString,
                    atOnce: false,
                    cancellationToken
                );
                await CompareAsync(contents, scratch.ConnectionString, faults, report, cancellationToken);
            }
            catch (BackupException fault)
            {
                faults.Add(fault.Message);
            }

            return null;
        }
        finally
        {
            File.Delete(list);
        }
    }

    private async Task CompareAsync(
        BackupContents contents,
        string scratch,
        List<string> faults,
        BackupReport report,
        CancellationToken cancellationToken
    )
    {
        await report(new(BackupStep.Comparing));
        await using (var direct = new NpgsqlConnection(scratch))
        {
            await direct.OpenAsync(cancellationToken);
            faults.AddRange(await FiguresAsync(contents.Manifest, direct, cancellationToken));
        }

        await using var services = protection.Over(scratch, time);
        var database = services.GetRequiredService<HubDatabase>();
        var head = contents.Manifest.AuditHead;
        var audit = await new AuditVerification(database, time).VerifyAsync(
            head.Length > 0 ? head : null,
            cancellationToken
        );
        if (audit.Fault is { } fault)
        {
            faults.Add($"The audit's chain is not intact: {fault}.");
        }

        faults.AddRange(
            await new RestoredObjects(
                database,
                services.GetRequiredService<IDataProtectionProvider>(),
                time
            ).FaultsAsync(contents, report, cancellationToken)
        );
    }

    /// <summary>What of a restored database is not as the manifest says.</summary>
    internal static async Task<IReadOnlyList<string>> FiguresAsync(
        BackupManifest manifest,
        NpgsqlConnection restored,
        CancellationToken cancellationToken
    )
    {
        var faults = new List<string>();
        var rows = await DatabaseFigures.RowsAsync(restored, cancellationToken);
        foreach (var table in manifest.Rows.Keys.Union(rows.Keys))
        {
            if (
                manifest.Rows.GetValueOrDefault(table, -1) is var written
                && rows.GetValueOrDefault(table, -1) is var there
                && written != there
            )
            {
                faults.Add($"Table {table} has {Count(there)}; the manifest says {Count(written)}.");
            }
        }

        var migration = await DatabaseFigures.ValueAsync<string>(
            restored,
            DatabaseFigures.Migration,
            cancellationToken
        );
        if (migration != manifest.Migration)
        {
            faults.Add($"The last migration is {migration}; the manifest says {manifest.Migration}.");
        }

        var keys = await DatabaseFigures.ValueAsync<long>(restored, DatabaseFigures.ForeignKeys, cancellationToken);
        if (keys != manifest.ForeignKeys)
        {
            faults.Add($"{keys} foreign keys hold; the manifest says {manifest.ForeignKeys}.");
        }

        return faults;
    }

    private static string Count(long rows) => rows < 0 ? "no place" : $"{rows} rows";
}
