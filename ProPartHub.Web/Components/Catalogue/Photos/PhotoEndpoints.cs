using ProPartHub.Domain.Catalogue.Photos;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Files;

namespace ProPartHub.Web.Components.Catalogue.Photos;

/// <summary>Addresses of photos.</summary>
internal static class PhotoPaths
{
    public const string Pattern = "/properties/photos/{id:guid}";

    /// <summary>Where a photo is shown from.</summary>
    public static string Large(Guid id) => $"{CatalogueAddress.Path}/photos/{id}";

    /// <summary>Where its thumbnail is shown from.</summary>
    public static string Small(Guid id) => $"{Large(id)}/small";
}

/// <summary>
/// Hands out photos to everybody who is signed in. A photo never changes under its address, and so a browser keeps it and
/// does not ask again; no cache on the way may, since whoever asks has to be signed in.
/// </summary>
internal static partial class PhotoEndpoints
{
    public static void MapPropertyPhotos(this WebApplication app)
    {
        app.MapGet(
                PhotoPaths.Pattern,
                (Guid id, HttpContext context, PhotoQueries photos, ILogger<PhotoQueries> logger) =>
                    AnswerAsync(context, () => photos.OpenAsync(id, isSmall: false, context.RequestAborted), logger)
            )
            .RequireAuthorization()
            .ExcludeFromDescription();
        app.MapGet(
                PhotoPaths.Pattern + "/small",
                (Guid id, HttpContext context, PhotoQueries photos, ILogger<PhotoQueries> logger) =>
                    AnswerAsync(context, () => photos.OpenAsync(id, isSmall: true, context.RequestAborted), logger)
            )
            .RequireAuthorization()
            .ExcludeFromDescription();
    }

    private static async Task<IResult> AnswerAsync(
        HttpContext context,
        Func<Task<PhotoContent>> open,
        ILogger<PhotoQueries> logger
    )
    {
        try
        {
            var photo = await open();
            context.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
            context.Response.Headers.XContentTypeOptions = "nosniff";
            return TypedResults.Stream(photo.Content, photo.Type.MediaType());
        }
        catch (NotFoundException)
        {
            return TypedResults.NotFound();
        }
        catch (FileUnreadableException fault)
        {
            LogUnreadable(logger, fault);
            return TypedResults.StatusCode(StatusCodes.Status410Gone);
        }
    }

    [LoggerMessage(LogLevel.Error, "A photo cannot be read: lost, changed or its keys are gone")]
    private static partial void LogUnreadable(ILogger logger, Exception fault);
}
