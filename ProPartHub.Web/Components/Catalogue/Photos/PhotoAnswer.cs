using ProPartHub.Domain.Catalogue.Photos;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Files;

namespace ProPartHub.Web.Components.Catalogue.Photos;

/// <summary>
/// The answer with a photo. A photo never changes under its address, and so a browser keeps it for a while without asking; no
/// cache on the way may, since whoever asks needs a right to see it.
/// </summary>
internal static partial class PhotoAnswer
{
    /// <summary>Answers with a photo, 404 where there is none to see, or 410 where its file was lost.</summary>
    /// <param name="context">The request.</param>
    /// <param name="keptFor">So long a browser shows it without asking.</param>
    /// <param name="open">Opens it; null, or <see cref="NotFoundException"/>, where there is none to see.</param>
    /// <param name="logger">Told of a lost file.</param>
    public static async Task<IResult> OfAsync(
        HttpContext context,
        TimeSpan keptFor,
        Func<Task<PhotoContent?>> open,
        ILogger logger
    )
    {
        try
        {
            if (await open() is not { } photo)
            {
                return TypedResults.NotFound();
            }

            context.Response.GetTypedHeaders().CacheControl = new()
            {
                Private = true,
                MaxAge = keptFor,
                Extensions = { new("immutable") },
            };
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
