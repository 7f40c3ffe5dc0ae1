using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.Files.Pictures;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Knowledge;

/// <summary>A picture that was taken for articles, or why it was not.</summary>
/// <param name="Id">Its key; null where it was not taken.</param>
/// <param name="Size">How large it is shown at most.</param>
/// <param name="Fault">Why not; null where it was taken.</param>
public sealed record ArticlePictureAdded(Guid? Id, PictureSize Size, FileFault? Fault);

/// <summary>
/// Pictures of articles. Those who write see all of them; readers those of what they can read: the published version of an
/// article that is not archived.
/// </summary>
public sealed class ArticlePictures(HubDatabase database, FileStore store, PictureWorkshop workshop, TimeProvider time)
{
    /// <summary>False where no place is set for files: then no pictures are taken.</summary>
    public bool IsReady => store.IsReady;

    /// <summary>Takes a picture, drawn anew without a word of where it was made. A text shows it by its address.</summary>
    /// <param name="actor">Who uploads it.</param>
    /// <param name="file">The upload, as <see cref="FileRule.Pictures"/> takes it.</param>
    /// <param name="cancellationToken">Ends the upload; nothing is kept then.</param>
    /// <exception cref="ForbiddenException">The actor may not write, or only looks.</exception>
    public async Task<ArticlePictureAdded> AddAsync(Actor actor, HandedIn file, CancellationToken cancellationToken)
    {
        KnowledgeRights.RequireMayWrite(actor);
        var made = await workshop.MakeAsync(file, cancellationToken);
        if (made.Fault is { } fault)
        {
            return new(null, default, fault);
        }

        var picture = new ArticlePicture
        {
            PictureFileId = made.Picture!.Id,
            ThumbnailFileId = made.Thumbnail!.Id,
            Width = made.Width,
            Height = made.Height,
            AuthorId = actor.StoredId,
            UploadedAt = time.GetUtcNow(),
        };
        await database.InTransactionAsync(
            (db, _) =>
            {
                db.ArticlePictures.Add(picture);
                return Task.FromResult(true);
            },
            cancellationToken
        );
        return new(picture.Id, new(picture.Width, picture.Height), null);
    }

    /// <summary>Opens a picture. One command besides those of the store.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="pictureId">Which.</param>
    /// <param name="isSmall">Whether the small one is meant.</param>
    /// <param name="isHeld">Whether the reader has the content already: then only the right to it is looked at.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>WebP; null where it is held.</returns>
    /// <exception cref="NotFoundException">There is no such picture, or none that the actor may see.</exception>
    /// <exception cref="FileUnreadableException">Its content is lost.</exception>
    public async Task<Stream?> OpenAsync(
        Actor actor,
        Guid pictureId,
        bool isSmall,
        bool isHeld,
        CancellationToken cancellationToken
    )
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var file =
            await SeenBy(db, actor)
                .Where(row => row.Id == pictureId)
                .Select(row => (Guid?)(isSmall ? row.ThumbnailFileId : row.PictureFileId))
                .SingleOrDefaultAsync(cancellationToken)
            ?? throw new NotFoundException("Picture");
        return isHeld ? null : await store.OpenAsync(file, cancellationToken);
    }

    /// <summary>
    /// How large a text's pictures are, as <see cref="ArticleText.Show"/> needs it; those that the actor may not see are left
    /// out. One command, or none for a text without pictures.
    /// </summary>
    public async Task<IReadOnlyDictionary<Guid, PictureSize>> SizesAsync(
        Actor actor,
        string? markdown,
        CancellationToken cancellationToken
    )
    {
        var named = ArticleText.PicturesOf(markdown ?? "");
        if (named.Count == 0)
        {
            return new Dictionary<Guid, PictureSize>();
        }

        await using var db = await database.ReadAsync(cancellationToken);
        return await SeenBy(db, actor)
            .Where(row => named.Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, row => new PictureSize(row.Width, row.Height), cancellationToken);
    }

    /// <summary>Notes which pictures a text shows, in place of what was noted for that version, in the caller's transaction.</summary>
    internal static async Task NoteAsync(
        HubDbContext db,
        Guid articleId,
        int version,
        string? markdown,
        CancellationToken token
    )
    {
        await db
            .ArticlePictureUses.Where(row => row.ArticleId == articleId && row.VersionNumber == version)
            .ExecuteDeleteAsync(token);
        if (ArticleText.PicturesOf(markdown ?? "") is not { Count: > 0 } named)
        {
            return;
        }

        // Held until the uses are there, so that the sweep takes none of them away at this moment.
        var there = await db
            .ArticlePictures.FromSql($"SELECT * FROM article_pictures WHERE id = ANY({named.ToArray()}) FOR KEY SHARE")
            .Select(row => row.Id)
            .ToListAsync(token);
        db.ArticlePictureUses.AddRange(
            there.Select(id => new ArticlePictureUse
            {
                ArticleId = articleId,
                VersionNumber = version,
                PictureId = id,
            })
        );
    }

    private static IQueryable<ArticlePicture> SeenBy(HubDbContext db, Actor actor) =>
        KnowledgeRights.MayWrite(actor)
            ? db.ArticlePictures
            : db.ArticlePictures.Where(picture =>
                db.ArticlePictureUses.Any(use =>
                    use.PictureId == picture.Id
                    && db.Articles.Published()
                        .Any(article => article.Id == use.ArticleId && article.PublishedVersion == use.VersionNumber)
                )
            );
}
