using Microsoft.AspNetCore.Localization;
using ProPartHub.Domain.Catalogue.Photos;
using ProPartHub.Domain.Catalogue.Sharing;
using ProPartHub.Domain.Files;
using ProPartHub.Web.Account;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Catalogue.Sharing;

/// <summary>Addresses of what clients see.</summary>
internal static class SharedPaths
{
    public const string Path = "/shared";
    public const string Page = Path + "/{Token}";
    public const string Photo = Path + "/{token}/photos/{id:guid}";

    /// <summary>The page behind a link.</summary>
    public static string Of(string token) => $"{Path}/{token}";

    /// <summary>A photo of it.</summary>
    public static string Large(string token, Guid id) => $"{Of(token)}/photos/{id}";

    /// <summary>The same, small.</summary>
    public static string Small(string token, Guid id) => $"{Large(token, id)}/small";
}

/// <summary>Hands out photos to whoever has a link, for as long as it opens.</summary>
internal static partial class SharedEndpoints
{
    public static void MapSharedPhotos(this WebApplication app)
    {
        app.MapGet(
                SharedPaths.Photo,
                (
                    string token,
                    Guid id,
                    HttpContext context,
                    SharedPages pages,
                    SharedLimit limit,
                    ILogger<SharedPages> log
                ) => AnswerAsync(token, id, isSmall: false, context, pages, limit, log)
            )
            .AllowAnonymous()
            .ExcludeFromDescription();
        app.MapGet(
                SharedPaths.Photo + "/small",
                (
                    string token,
                    Guid id,
                    HttpContext context,
                    SharedPages pages,
                    SharedLimit limit,
                    ILogger<SharedPages> log
                ) => AnswerAsync(token, id, isSmall: true, context, pages, limit, log)
            )
            .AllowAnonymous()
            .ExcludeFromDescription();
    }

    /// <summary>
    /// Clients' pages are in their browser's language until they choose another: unlike people of the agency they never
    /// said which they want.
    /// </summary>
    public static Task<ProviderCultureResult?> LanguageAsync(HttpContext context) =>
        Task.FromResult(
            context.Request.Path.StartsWithSegments(SharedPaths.Path, StringComparison.OrdinalIgnoreCase)
            && Wanted(context) is { } language
                ? new ProviderCultureResult(language.Culture.Name)
                : null
        );

    // By the language alone: American English is served by ours too.
    private static Language? Wanted(HttpContext context) =>
        context
            .Request.GetTypedHeaders()
            .AcceptLanguage.OrderByDescending(wish => wish.Quality ?? 1)
            .Select(wish => Languages.Find(wish.Value.ToString().Split('-')[0].ToLowerInvariant()))
            .FirstOrDefault(language => language is not null);

    private static async Task<IResult> AnswerAsync(
        string token,
        Guid id,
        bool isSmall,
        HttpContext context,
        SharedPages pages,
        SharedLimit limit,
        ILogger<SharedPages> logger
    )
    {
        if (limit.EnterPhoto(context) is { } wait)
        {
            context.RefuseUntil(wait);
            return TypedResults.StatusCode(StatusCodes.Status429TooManyRequests);
        }

        try
        {
            if (await pages.PhotoAsync(token, id, isSmall, context.RequestAborted) is not { } photo)
            {
                return TypedResults.NotFound();
            }

            // An hour, since a link can be taken back.
            context.Response.Headers.CacheControl = "private, max-age=3600";
            context.Response.Headers.XContentTypeOptions = "nosniff";
            context.Response.Headers["X-Robots-Tag"] = "noindex";
            return TypedResults.Stream(photo.Content, photo.Type.MediaType());
        }
        catch (FileUnreadableException fault)
        {
            LogUnreadable(logger, fault);
            return TypedResults.StatusCode(StatusCodes.Status410Gone);
        }
    }

    [LoggerMessage(LogLevel.Error, "A shared photo cannot be read: lost, changed or its keys are gone")]
    private static partial void LogUnreadable(ILogger logger, Exception fault);
}
