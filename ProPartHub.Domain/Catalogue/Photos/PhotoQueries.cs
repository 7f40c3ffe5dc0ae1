using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Files;

namespace ProPartHub.Domain.Catalogue.Photos;

/// <summary>A photo as it is shown.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Width">Width of the picture, in pixels.</param>
/// <param name="Height">Height of the picture, in pixels.</param>
/// <param name="Caption">What is seen in it.</param>
public sealed record PhotoView(Guid Id, int Width, int Height, string? Caption);

/// <summary>Content of a photo, to be closed by whoever asked.</summary>
/// <param name="Content">The bytes.</param>
/// <param name="Type">What they are.</param>
public sealed record PhotoContent(Stream Content, FileType Type);

/// <summary>
/// Reads photos, which everybody who is signed in sees as the page of their development: of archived ones too. What was
/// taken away is not handed out.
/// </summary>
public sealed class PhotoQueries(HubDatabase database, FileStore store)
{
    /// <summary>The photos of a development in their order, the cover first; one command.</summary>
    public async Task<IReadOnlyList<PhotoView>> OfAsync(Guid developmentId, CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        return await db
            .DevelopmentPhotos.Where(row => row.DevelopmentId == developmentId && row.RemovedAt == null)
            .OrderBy(row => row.Place)
            .ThenBy(row => row.Id)
            .Select(row => new PhotoView(row.Id, row.Width, row.Height, row.Caption))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Opens a photo.</summary>
    /// <param name="photoId">Which.</param>
    /// <param name="isSmall">True for the thumbnail.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="NotFoundException">There is no such photo.</exception>
    /// <exception cref="FileUnreadableException">Its content is lost or was changed.</exception>
    public async Task<PhotoContent> OpenAsync(Guid photoId, bool isSmall, CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        return await OpenAsync(
                db.DevelopmentPhotos.Where(row => row.Id == photoId && row.RemovedAt == null),
                db,
                isSmall,
                cancellationToken
            ) ?? throw new NotFoundException("Photo");
    }

    /// <summary>Opens the one photo that is left of them; null for none.</summary>
    internal async Task<PhotoContent?> OpenAsync(
        IQueryable<DevelopmentPhoto> photos,
        HubDbContext db,
        bool isSmall,
        CancellationToken cancellationToken
    )
    {
        var file = await photos
            .Join(
                db.StoredFiles,
                row => isSmall ? row.ThumbnailId : row.PictureId,
                stored => stored.Id,
                (_, stored) => stored
            )
            .SingleOrDefaultAsync(cancellationToken);
        return file is null ? null : new(await store.OpenAsync(file, cancellationToken), file.Type);
    }
}
