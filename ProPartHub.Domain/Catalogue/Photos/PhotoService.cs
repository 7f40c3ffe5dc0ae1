using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.Files.Pictures;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Catalogue.Photos;

/// <summary>What managers and admins do to the photos of a development. Every change is a security event.</summary>
public sealed class PhotoService(HubDatabase database, FileStore store, PictureWorkshop workshop, TimeProvider time)
{
    /// <summary>How a fault names the photos of a development.</summary>
    public const string Field = "Photos";

    /// <summary>False where no place is set for files: then none are taken.</summary>
    public bool IsReady => store.IsReady;

    /// <summary>Takes a photo behind those that are there.</summary>
    /// <param name="actor">Who adds it.</param>
    /// <param name="photoId">Its key, made by the caller: the same photo sent twice is added once.</param>
    /// <param name="developmentId">What it shows.</param>
    /// <param name="file">The upload.</param>
    /// <param name="cancellationToken">Ends the upload.</param>
    /// <returns>Why it was not taken; null where it was.</returns>
    /// <exception cref="ForbiddenException">The actor may not write, or only looks.</exception>
    /// <exception cref="InvalidInputException">There are as many as there may be.</exception>
    /// <exception cref="NotFoundException">There is no such development.</exception>
    public async Task<FileFault?> AddAsync(
        Actor actor,
        Guid photoId,
        Guid developmentId,
        HandedIn file,
        CancellationToken cancellationToken
    )
    {
        DevelopmentService.RequireMayWrite(actor);
        await using (var db = await database.ReadAsync(cancellationToken))
        {
            // Before a picture is drawn for nothing.
            await RequireRoomAsync(db, developmentId, cancellationToken);
        }

        var made = await workshop.MakeAsync(file, cancellationToken);
        if (made.Fault is { } fault)
        {
            return fault;
        }

        await database.InTransactionAsync(
            async (db, token) =>
            {
                if (await db.DevelopmentPhotos.AnyAsync(row => row.Id == photoId, token))
                {
                    return;
                }

                var development = await LockedAsync(db, developmentId, token);
                var place = await RequireRoomAsync(db, developmentId, token);
                db.DevelopmentPhotos.Add(
                    new DevelopmentPhoto
                    {
                        Id = photoId,
                        DevelopmentId = developmentId,
                        PictureId = made.Picture!.Id,
                        ThumbnailId = made.Thumbnail!.Id,
                        Width = made.Width,
                        Height = made.Height,
                        Place = place,
                    }
                );
                Note(db, actor, development, "photo added");
            },
            cancellationToken
        );
        return null;
    }

    /// <summary>Puts photos in an order; the first is the cover. Those that are not named keep theirs behind them.</summary>
    /// <exception cref="ForbiddenException">The actor may not write, or only looks.</exception>
    /// <exception cref="NotFoundException">There is no such development.</exception>
    public Task ArrangeAsync(
        Actor actor,
        Guid developmentId,
        IReadOnlyList<Guid> order,
        CancellationToken cancellationToken
    )
    {
        DevelopmentService.RequireMayWrite(actor);
        return database.InTransactionAsync(
            async (db, token) =>
            {
                var development = await LockedAsync(db, developmentId, token);
                var photos = await db
                    .DevelopmentPhotos.Where(row => row.DevelopmentId == developmentId && row.RemovedAt == null)
                    .OrderBy(row => row.Place)
                    .ThenBy(row => row.Id)
                    .ToListAsync(token);
                var wanted = order.Distinct().Index().ToDictionary(pair => pair.Item, pair => pair.Index);
                foreach (
                    var (place, photo) in photos
                        .OrderBy(row => wanted.GetValueOrDefault(row.Id, int.MaxValue))
                        .ToList()
                        .Index()
                )
                {
                    photo.Place = place;
                }

                if (db.Changed<DevelopmentPhoto>() > 0)
                {
                    Note(db, actor, development, "photos arranged");
                }
            },
            cancellationToken
        );
    }

    /// <summary>Writes what is seen in a photo.</summary>
    /// <exception cref="ForbiddenException">The actor may not write, or only looks.</exception>
    /// <exception cref="InvalidInputException">The caption is too long or cannot be read.</exception>
    /// <exception cref="NotFoundException">There is no such photo.</exception>
    public Task CaptionAsync(Actor actor, Guid photoId, string? caption, CancellationToken cancellationToken)
    {
        DevelopmentService.RequireMayWrite(actor);
        var line = caption?.ReplaceLineEndings(" ").Trim() is { Length: > 0 } text ? text : null;
        if (line?.Length > DevelopmentPhoto.LongestCaption || !ReadableText.Is(line))
        {
            throw new InvalidInputException([
                line?.Length > DevelopmentPhoto.LongestCaption
                    ? new(nameof(DevelopmentPhoto.Caption), FieldErrorCode.TooLong, DevelopmentPhoto.LongestCaption)
                    : new(nameof(DevelopmentPhoto.Caption), FieldErrorCode.UnreadableText),
            ]);
        }

        return ChangeAsync(
            actor,
            photoId,
            "photo captioned",
            photo =>
            {
                var isOther = photo.RemovedAt is null && photo.Caption != line;
                photo.Caption = isOther ? line : photo.Caption;
                return isOther;
            },
            cancellationToken
        );
    }

    /// <summary>Takes a photo away; <see cref="RestoreAsync"/> brings it back within <see cref="DevelopmentPhoto.KeptFor"/>.</summary>
    /// <exception cref="ForbiddenException">The actor may not write, or only looks.</exception>
    /// <exception cref="NotFoundException">There is no such photo.</exception>
    public Task RemoveAsync(Actor actor, Guid photoId, CancellationToken cancellationToken) =>
        ChangeAsync(
            actor,
            photoId,
            "photo removed",
            photo =>
            {
                var isThere = photo.RemovedAt is null;
                photo.RemovedAt ??= time.GetUtcNow();
                return isThere;
            },
            cancellationToken
        );

    /// <summary>Brings a photo back to its place.</summary>
    /// <exception cref="ForbiddenException">The actor may not write, or only looks.</exception>
    /// <exception cref="InvalidInputException">There are as many as there may be.</exception>
    /// <exception cref="NotFoundException">There is no such photo any more.</exception>
    public Task RestoreAsync(Actor actor, Guid photoId, CancellationToken cancellationToken) =>
        ChangeAsync(
            actor,
            photoId,
            "photo brought back",
            photo =>
            {
                var isAway = photo.RemovedAt is not null;
                photo.RemovedAt = null;
                return isAway;
            },
            cancellationToken
        );

    private Task ChangeAsync(
        Actor actor,
        Guid photoId,
        string act,
        Func<DevelopmentPhoto, bool> change,
        CancellationToken cancellationToken
    )
    {
        DevelopmentService.RequireMayWrite(actor);
        return database.InTransactionAsync(
            async (db, token) =>
            {
                var old = time.GetUtcNow() - DevelopmentPhoto.KeptFor;
                await db.DevelopmentPhotos.Where(row => row.RemovedAt < old).ExecuteDeleteAsync(token);
                var developmentId =
                    await db
                        .DevelopmentPhotos.Where(row => row.Id == photoId)
                        .Select(row => (Guid?)row.DevelopmentId)
                        .SingleOrDefaultAsync(token)
                    ?? throw new NotFoundException("Photo");
                var development = await LockedAsync(db, developmentId, token);
                var photo =
                    await db.DevelopmentPhotos.SingleOrDefaultAsync(row => row.Id == photoId, token)
                    ?? throw new NotFoundException("Photo");
                var wasAway = photo.RemovedAt is not null;
                if (!change(photo))
                {
                    return;
                }

                if (wasAway && photo.RemovedAt is null)
                {
                    await RequireRoomAsync(db, developmentId, token);
                }

                Note(db, actor, development, act);
            },
            cancellationToken
        );
    }

    // One at a time for each development: two who add or arrange at once would take the same places, or one too many.
    private static async Task<Development> LockedAsync(
        HubDbContext db,
        Guid developmentId,
        CancellationToken cancellationToken
    ) =>
        await db
            .Developments.FromSql($"SELECT *, xmin FROM developments WHERE id = {developmentId} FOR NO KEY UPDATE")
            .AsNoTracking()
            .SingleOrDefaultAsync(cancellationToken)
        ?? throw new NotFoundException("Development");

    // Gives the place behind the last.
    private static async Task<int> RequireRoomAsync(
        HubDbContext db,
        Guid developmentId,
        CancellationToken cancellationToken
    )
    {
        var there =
            await db
                .Developments.Where(row => row.Id == developmentId)
                .Select(row => new
                {
                    Count = row.Photos.Count(photo => photo.RemovedAt == null),
                    Last = row.Photos.Max(photo => (int?)photo.Place),
                })
                .SingleOrDefaultAsync(cancellationToken)
            ?? throw new NotFoundException("Development");
        return there.Count < DevelopmentPhoto.Most
            ? (there.Last ?? -1) + 1
            : throw new InvalidInputException([new(Field, FieldErrorCode.TooMany, DevelopmentPhoto.Most)]);
    }

    private void Note(HubDbContext db, Actor actor, Development development, string act) =>
        db.SecurityEvents.Add(DevelopmentRecord.Of(actor, time, development, act, null, null));
}
