using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Catalogue.Photos;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Documents;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.Files.Pictures;

namespace ProPartHub.Domain.Transfer.Legacy;

/// <summary>Where a file of the former portal belongs here.</summary>
/// <param name="Owner">The person or property.</param>
/// <param name="Caption">What a photo shows, where that is known.</param>
internal sealed record LegacyPlace(DocumentOwner Owner, string? Caption);

/// <summary>
/// Puts files of the former portal where they belong: among the documents of a person or a property, or the photos of a
/// property. Each takes the key of its row, so that <c>legacy_ids</c> names it, and its row goes in the same transaction.
/// </summary>
internal sealed class LegacyFilePlaces(HubDatabase database)
{
    /// <summary>Where a file belongs; null where that was deleted here.</summary>
    public async Task<LegacyPlace?> FindAsync(LegacyFile file, CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        if (file.Kind is LegacyKind.UserDocument)
        {
            return await db.Users.AnyAsync(user => user.Id == file.OwnerId, cancellationToken)
                ? new(new(DocumentOwnerKind.Person, file.OwnerId!.Value), null)
                : null;
        }

        if (file.Kind is LegacyKind.UnitPhoto)
        {
            var unit = await db
                .Units.Where(row => row.Id == file.OwnerId)
                .Select(row => new { row.DevelopmentId, row.Type })
                .SingleOrDefaultAsync(cancellationToken);
            return unit is null
                ? null
                : new(new(DocumentOwnerKind.Property, unit.DevelopmentId), LegacyText.Unit(unit.Type));
        }

        return await db.Developments.AnyAsync(row => row.Id == file.OwnerId, cancellationToken)
            ? new(new(DocumentOwnerKind.Property, file.OwnerId!.Value), null)
            : null;
    }

    /// <summary>Makes a document of a file.</summary>
    /// <returns>Why not; null when it was made.</returns>
    public Task<LegacyFileProblem?> FileAsync(
        LegacyFile file,
        LegacyPlace place,
        StoredFile content,
        CancellationToken cancellationToken
    ) =>
        database.InTransactionAsync<LegacyFileProblem?>(
            async (db, token) =>
            {
                var owner = place.Owner;
                // The same lock that people's uploads take.
                await db.Database.ExecuteSqlAsync(
                    $"SELECT pg_advisory_xact_lock(hashtext({nameof(Document)}), hashtext({owner.Id.ToString()}))",
                    token
                );
                if (await db.Documents.Of(owner).CountAsync(token) >= Document.MostOfOwner)
                {
                    return LegacyFileProblem.TooMany;
                }

                db.Documents.Add(DocumentOf(file, owner, content));
                await db.LegacyFiles.Where(row => row.Id == file.Id).ExecuteDeleteAsync(token);
                return null;
            },
            cancellationToken
        );

    /// <summary>Puts a picture behind the photos of its property.</summary>
    /// <returns>Why not; null when it is there.</returns>
    public Task<LegacyFileProblem?> HangAsync(
        LegacyFile file,
        LegacyPlace place,
        PictureMade made,
        CancellationToken cancellationToken
    ) =>
        database.InTransactionAsync<LegacyFileProblem?>(
            async (db, token) =>
            {
                var id = place.Owner.Id;
                await db.Database.ExecuteSqlAsync(
                    $"SELECT 1 FROM developments WHERE id = {id} FOR NO KEY UPDATE",
                    token
                );
                var photos = db.DevelopmentPhotos.Where(row => row.DevelopmentId == id);
                if (await photos.CountAsync(row => row.RemovedAt == null, token) >= DevelopmentPhoto.Most)
                {
                    return LegacyFileProblem.TooMany;
                }

                db.DevelopmentPhotos.Add(
                    new DevelopmentPhoto
                    {
                        Id = file.Id,
                        DevelopmentId = id,
                        PictureId = made.Picture!.Id,
                        ThumbnailId = made.Thumbnail!.Id,
                        Width = made.Width,
                        Height = made.Height,
                        Place = (await photos.MaxAsync(row => (int?)row.Place, token) ?? -1) + 1,
                        Caption = place.Caption,
                    }
                );
                await db.LegacyFiles.Where(row => row.Id == file.Id).ExecuteDeleteAsync(token);
                return null;
            },
            cancellationToken
        );

    /// <summary>Keeps a file in its row, with its content where that is here.</summary>
    public Task KeepAsync(
        LegacyFile file,
        Guid? content,
        LegacyFileProblem? problem,
        CancellationToken cancellationToken
    ) =>
        database.InTransactionAsync(
            (db, token) =>
                db
                    .LegacyFiles.Where(row => row.Id == file.Id)
                    .ExecuteUpdateAsync(
                        row =>
                            row.SetProperty(each => each.StoredFileId, content)
                                .SetProperty(each => each.Problem, problem),
                        token
                    ),
            cancellationToken
        );

    private static Document DocumentOf(LegacyFile file, DocumentOwner owner, StoredFile content)
    {
        var name = Path.GetFileNameWithoutExtension(file.Name);
        var title = file.Description ?? (name.Length > 0 ? name : file.Name);
        return new()
        {
            Id = file.Id,
            PersonId = owner.Kind is DocumentOwnerKind.Person ? owner.Id : null,
            DevelopmentId = owner.Kind is DocumentOwnerKind.Property ? owner.Id : null,
            Title = LegacyText.Cut(title, Document.TitleLength),
            Description = title.Length > Document.TitleLength ? title : null,
            AuthorId = file.UploadedById,
            Versions =
            {
                new DocumentVersion
                {
                    Id = file.Id,
                    DocumentId = file.Id,
                    Number = 1,
                    StoredFileId = content.Id,
                    Name = SafeFileName.Clean(file.Name, DocumentVersion.NameLength),
                    UploadedById = file.UploadedById,
                    UploadedAt = file.UploadedAt,
                },
            },
        };
    }
}
