using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Files.Storage;

namespace ProPartHub.Domain.Files;

/// <summary>
/// Contents of files, sealed in a vault that nobody but the portal reads. Rights are the business of who calls: the store
/// hands out whatever it is asked for.
/// </summary>
public sealed class FileStore(
    HubDatabase database,
    IFileVault vault,
    IDataProtectionProvider protection,
    TimeProvider time
)
{
    private readonly IDataProtector _protector = protection.CreateProtector("ProPartHub.Files.v1");

    /// <summary>False where no place is set for files: then none are taken.</summary>
    public bool IsReady => vault.IsReady;

    /// <summary>
    /// Takes a content and commits it by itself: the caller's rows refer to it afterwards. What no row refers to within
    /// <see cref="FileSweep.KeptFor"/> goes again.
    /// </summary>
    /// <param name="file">The file; its claimed size is not believed.</param>
    /// <param name="rule">What is taken there.</param>
    /// <param name="cancellationToken">Ends the upload; nothing is kept then.</param>
    public async Task<FileSaved> SaveAsync(HandedIn file, FileRule rule, CancellationToken cancellationToken)
    {
        if (FaultOf(file, rule) is { } fault)
        {
            return new(null, fault);
        }

        await using var content = file.Content();
        return await SaveAsync(content, file.Name, rule, cancellationToken);
    }

    /// <inheritdoc cref="SaveAsync(HandedIn, FileRule, CancellationToken)"/>
    /// <param name="content">The content, from its beginning; need not be able to seek.</param>
    /// <param name="name">The person's name of it, which must end as its kind does.</param>
    /// <param name="rule">What is taken there.</param>
    /// <param name="cancellationToken">Ends the upload; nothing is kept then.</param>
    public async Task<FileSaved> SaveAsync(
        Stream content,
        string name,
        FileRule rule,
        CancellationToken cancellationToken
    )
    {
        if (!IsReady)
        {
            return new(null, FileFault.NoStore);
        }

        var key = RandomNumberGenerator.GetBytes(Sealing.KeyLength);
        await using var draft = vault.NewDraft();
        var (size, hash) = await Sealing.SealAsync(content, draft, key, rule.LargestSize, cancellationToken);
        if (size == 0 || size > rule.LargestSize)
        {
            return new(null, size == 0 ? FileFault.Empty : FileFault.TooLarge);
        }

        FileType? type;
        await using (
            var readable = new UnsealedStream(
                (from, _) => Task.FromResult<Stream>(At(draft, from)),
                key,
                size,
                isDraft: true
            )
        )
        {
            type = await FileTypes.OfAsync(name, readable, cancellationToken);
        }

        if (rule.Types is { } taken && (type is null || !taken.Contains(type.Value)))
        {
            return new(null, FileFault.WrongType);
        }

        var stored = new StoredFile
        {
            Id = Guid.CreateVersion7(),
            Hash = hash,
            Size = size,
            Type = type ?? FileType.Other,
            SealedKey = [],
            HandedInAt = time.GetUtcNow(),
        };
        return new(await KeepAsync(stored, key, draft, cancellationToken), null);
    }

    /// <summary>Opens a content. It can seek; it must be read without blocking.</summary>
    /// <exception cref="FileUnreadableException">Its object is gone or was changed, or the keys are lost.</exception>
    public async Task<Stream> OpenAsync(Guid storedFileId, CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var file =
            await db.StoredFiles.SingleOrDefaultAsync(row => row.Id == storedFileId, cancellationToken)
            ?? throw new FileUnreadableException(storedFileId, new FileNotFoundException());
        return await OpenAsync(file, cancellationToken);
    }

    /// <inheritdoc cref="OpenAsync(Guid, CancellationToken)"/>
    public async Task<Stream> OpenAsync(StoredFile file, CancellationToken cancellationToken)
    {
        var content = default(UnsealedStream);
        try
        {
            var key = ProtectorOf(file.Id).Unprotect(file.SealedKey);
            content = new((from, token) => vault.OpenAsync(NameOf(file.Id), from, token), key, file.Size);
            await content.CheckAsync(cancellationToken);
            return content;
        }
        catch (Exception fault) when (fault is CryptographicException or IOException)
        {
            content?.Dispose();
            throw new FileUnreadableException(file.Id, fault);
        }
    }

    /// <summary>The name of a content's object in the vault.</summary>
    internal static string NameOf(Guid storedFileId) => storedFileId.ToString("N");

    // Bound to its row: another's key in its place does not open.
    private IDataProtector ProtectorOf(Guid storedFileId) => _protector.CreateProtector(NameOf(storedFileId));

    private FileFault? FaultOf(HandedIn file, FileRule rule) =>
        !IsReady ? FileFault.NoStore
        : file.Size == 0 ? FileFault.Empty
        : file.Size > rule.LargestSize ? FileFault.TooLarge
        : null;

    private static FileStream At(FileStream draft, long place)
    {
        draft.Position = place;
        return draft;
    }

    // The object comes before its row: an object without a row is swept, a row without an object would be a lost file.
    private async Task<StoredFile> KeepAsync(
        StoredFile stored,
        byte[] key,
        FileStream draft,
        CancellationToken cancellationToken
    )
    {
        var known = await FindAsync(stored.Hash, cancellationToken);
        if (known is not null && await vault.HasAsync(NameOf(known.Id), cancellationToken))
        {
            if (await TouchAsync(known, cancellationToken))
            {
                return known;
            }
        }

        await vault.PutAsync(NameOf(stored.Id), draft, cancellationToken);
        stored.SealedKey = ProtectorOf(stored.Id).Protect(key);
        var kept = await database.InTransactionAsync((db, token) => PutRowAsync(db, stored, token), cancellationToken);
        if (kept.Id != stored.Id)
        {
            // Somebody else handed in the same meanwhile, or its object was lost and is here again.
            if (await vault.HasAsync(NameOf(kept.Id), cancellationToken))
            {
                await vault.RemoveAsync(NameOf(stored.Id), cancellationToken);
                return kept;
            }

            await vault.PutAsync(NameOf(kept.Id), draft, cancellationToken);
            await ReplaceKeyAsync(kept, ProtectorOf(kept.Id).Protect(key), cancellationToken);
            await vault.RemoveAsync(NameOf(stored.Id), cancellationToken);
        }

        return kept;
    }

    private async Task<StoredFile?> FindAsync(byte[] hash, CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        return await db.StoredFiles.SingleOrDefaultAsync(row => row.Hash == hash, cancellationToken);
    }

    // False when the sweep was faster.
    private Task<bool> TouchAsync(StoredFile file, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async (db, token) =>
                await db
                    .StoredFiles.Where(row => row.Id == file.Id)
                    .ExecuteUpdateAsync(row => row.SetProperty(each => each.HandedInAt, time.GetUtcNow()), token) == 1,
            cancellationToken
        );

    private static async Task<StoredFile> PutRowAsync(
        HubDbContext db,
        StoredFile stored,
        CancellationToken cancellationToken
    )
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO stored_files (id, hash, type, size, sealed_key, handed_in_at)
            VALUES ({stored.Id}, {stored.Hash}, {(int)
                stored.Type}, {stored.Size}, {stored.SealedKey}, {stored.HandedInAt})
            ON CONFLICT (hash) DO UPDATE SET handed_in_at = excluded.handed_in_at
            """,
            cancellationToken
        );
        return await db.StoredFiles.AsNoTracking().SingleAsync(row => row.Hash == stored.Hash, cancellationToken);
    }

    private Task<int> ReplaceKeyAsync(StoredFile file, byte[] sealedKey, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            (db, token) =>
                db
                    .StoredFiles.Where(row => row.Id == file.Id)
                    .ExecuteUpdateAsync(row => row.SetProperty(each => each.SealedKey, sealedKey), token),
            cancellationToken
        );
}

/// <summary>A content's object is gone or was changed by somebody else than the portal, or the keys are lost.</summary>
public sealed class FileUnreadableException(Guid storedFileId, Exception inner)
    : Exception($"The stored file {storedFileId:N} cannot be read.", inner);
