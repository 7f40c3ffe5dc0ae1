using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.Knowledge;
using ProPartHub.Web.Account;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Knowledge;

/// <summary>
/// Shows pictures of articles. A browser may keep one but asks before each use whether its reader still may see it: an
/// article may be archived, and browsers are shared.
/// </summary>
internal static partial class ArticlePictureEndpoints
{
    private const string Pattern = "/knowledge/pictures/{id:guid}";

    // Pictures are drawn by the portal itself, all in one kind.
    private const string MediaType = "image/webp";

    public static void MapArticlePictures(this WebApplication app) =>
        app.MapGet(Pattern, OpenAsync).RequireAuthorization().ExcludeFromDescription();

    private static async Task<IResult> OpenAsync(
        Guid id,
        HttpContext context,
        ArticlePictures pictures,
        ILogger<ArticlePictures> logger
    )
    {
        var actor = context.Actor();
        var isSmall = context.Request.Query.ContainsKey(ArticlePictureAddress.Small);
        var size = isSmall ? "small" : "large";
        var copy = new KeptCopy(context, $"{id:N}-{size}", actor);
        try
        {
            var content = actor is null
                ? throw new NotFoundException("Picture")
                : await pictures.OpenAsync(actor, id, isSmall, copy.IsHeld, context.RequestAborted);
            copy.Allow();
            return content is null
                ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
                : TypedResults.Stream(content, MediaType);
        }
        catch (NotFoundException)
        {
            return TypedResults.NotFound();
        }
        catch (FileUnreadableException fault)
        {
            LogUnreadable(logger, id, fault);
            return TypedResults.StatusCode(StatusCodes.Status410Gone);
        }
    }

    [LoggerMessage(
        LogLevel.Error,
        "Picture {Picture} of an article cannot be read: lost, changed or its keys are gone"
    )]
    private static partial void LogUnreadable(ILogger logger, Guid picture, Exception fault);
}
