using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.Files.Storage;

namespace ProPartHub.Domain.Backups;

/// <summary>Opens stored files of a backup as the portal would after a restore: through the rows and keys of the dump.</summary>
internal sealed class RestoredObjects(HubDatabase database, IDataProtectionProvider protection, TimeProvider time)
{
    /// <summary>So many are unsealed whole, spread at random; of all others the hashes are known to be right.</summary>
    public const int Sample = 200;

    /// <summary>What cannot be opened, apart from what was lost before the backup.</summary>
    public async Task<IReadOnlyList<string>> FaultsAsync(
        BackupContents contents,
        BackupReport report,
        CancellationToken cancellationToken
    )
    {
        var faults = new List<string>();
        var there = contents.Objects.Select(each => each.Path).ToHashSet(StringComparer.Ordinal);
        var lost = contents.Manifest.Missing.ToHashSet(StringComparer.Ordinal);
        await using var db = await database.ReadAsync(cancellationToken);
        var stored = await db.StoredFiles.Select(file => file.Id).ToListAsync(cancellationToken);
        faults.AddRange(
            stored
                .Select(id => BackupObjects.VaultPath(FileStore.NameOf(id)))
                .Where(path => !there.Contains(path) && !lost.Contains(path))
                .Take(Sample)
                .Select(path => $"{path} is named by a row and not in the backup.")
        );

        var files = Some(stored, id => there.Contains(BackupObjects.VaultPath(FileStore.NameOf(id))));
        var done = 0;
        var vault = new FolderVault(
            new HubFileOptions { Folder = System.IO.Path.Combine(contents.Path, BackupObjects.VaultFolder) }
        );
        var store = new FileStore(database, vault, protection, time);
        foreach (var id in files)
        {
            if (!await OpensAsync(db, store, id, cancellationToken))
            {
                faults.Add($"The stored file {id:N} cannot be opened with the keys of the backup.");
            }

            await report(new(BackupStep.Opening, ++done, files.Length));
        }

        return faults;
    }

    private static async Task<bool> OpensAsync(
        HubDbContext db,
        FileStore store,
        Guid id,
        CancellationToken cancellationToken
    )
    {
        var row = await db.StoredFiles.SingleAsync(file => file.Id == id, cancellationToken);
        try
        {
            await using var content = await store.OpenAsync(row, cancellationToken);
            return (await SHA256.HashDataAsync(content, cancellationToken)).AsSpan().SequenceEqual(row.Hash);
        }
        catch (Exception fault) when (fault is FileUnreadableException or CryptographicException or IOException)
        {
            return false;
        }
    }

    private static T[] Some<T>(IEnumerable<T> all, Func<T, bool> isThere)
    {
        var candidates = all.Where(isThere).ToArray();
        Random.Shared.Shuffle(candidates);
        return candidates[..Math.Min(Sample, candidates.Length)];
    }
}
