using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.Files.Storage;

namespace ProPartHub.Domain.Backups;

/// <summary>What is to be restored, and where to.</summary>
/// <param name="From">Folder of the backup.</param>
/// <param name="Into">Connection string of the database; it is there, and empty.</param>
public sealed record RestoreOrder(string From, string Into)
{
    /// <summary>Folder where objects of the vault go; null: the portal's configured vault.</summary>
    public string? Files { get; init; }

    /// <summary>Name of the database, typed by the person who wants everything in it gone; null: a database that is not empty is refused.</summary>
    public string? Overwrite { get; init; }
}

/// <summary>
/// Restores a backup: files first, since an object without a row is swept and a row without an object would be a lost file,
/// then the database in one transaction, then the sessions are ended. It runs nothing else.
/// </summary>
public sealed class BackupRestore(
    BackupProtection protection,
    IFileVault vault,
    IOptions<BackupOptions> options,
    IDbContextFactory<HubDbContext> contexts,
    TimeProvider time
)
{
    /// <summary>Restores.</summary>
    /// <returns>What the backup held.</returns>
    /// <exception cref="BackupException">
    /// The backup is not whole or was changed, is of a newer format or schema, or the database is not there, not empty or in use.
    /// Nothing was changed then, unless the message says so.
    /// </exception>
    public async Task<BackupManifest> RestoreAsync(
        RestoreOrder order,
        BackupReport report,
        CancellationToken cancellationToken
    )
    {
        var contents = await BackupContents.OpenAsync(order.From, cancellationToken);
        RefuseNewerSchema(contents.Manifest);
        var place = new ObjectPlace(
            order.Files is { } files ? new FolderVault(new HubFileOptions { Folder = Path.GetFullPath(files) }) : vault
        );
        place.RefuseIfLacking(contents);
        if (await contents.FaultsAsync(report, cancellationToken) is [var first, ..] faults)
        {
            throw new BackupException($"The backup is damaged ({faults.Count}): {first}");
        }

        var target = new RestoreTarget(order.Into);
        var major = await target.CheckAsync(order.Overwrite, cancellationToken);
        if (major < contents.Manifest.ServerMajor)
        {
            throw new BackupException(
                $"The backup is of PostgreSQL {contents.Manifest.ServerMajor}; the server there runs {major}. Take one of the same version or newer."
            );
        }

        var client = await PostgresClient.FindAsync(
            options.Value.ProgramsFolder,
            Math.Max(major, contents.Manifest.DumpMajor),
            cancellationToken
        );
        var list = await contents.WriteListAsync(client, cancellationToken);
        try
        {
            await place.PutAsync(contents, report, cancellationToken);
            await report(new(BackupStep.Restoring));
            if (order.Overwrite is not null)
            {
                await target.EmptyAsync(cancellationToken);
            }

            await client.RestoreAsync(contents.Dump, list, order.Into, atOnce: true, cancellationToken);
        }
        finally
        {
            File.Delete(list);
        }

        await report(new(BackupStep.Comparing));
        await using var services = protection.Over(order.Into, time);
        await target.SettleAsync(
            services.GetRequiredService<HubDatabase>(),
            contents.Manifest,
            Path.GetFileName(contents.Path),
            time,
            cancellationToken
        );
        return contents.Manifest;
    }

    private void RefuseNewerSchema(BackupManifest manifest)
    {
        using var db = contexts.CreateDbContext();
        if (!db.Database.GetMigrations().Contains(manifest.Migration))
        {
            throw new BackupException(
                $"The backup has the schema {manifest.Migration}, which this portal does not know. Restore it with the portal's version {manifest.Portal} or newer."
            );
        }
    }
}
