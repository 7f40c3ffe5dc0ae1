using Microsoft.AspNetCore.Localization;
using ProPartHub.Domain.Catalogue.Sharing;
using ProPartHub.Web.Account;
using ProPartHub.Web.Components.Catalogue.Photos;
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
internal static class SharedEndpoints
{
    // A link can be taken back.
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(1);

    public static void MapSharedPhotos(this WebApplication app)
    {
        Map(SharedPaths.Photo, isSmall: false);
        Map(SharedPaths.Photo + "/small", isSmall: true);

        void Map(string pattern, bool isSmall) =>
            app.MapGet(
                    pattern,
                    (
                        string token,
                        Guid id,
                        HttpContext context,
                        SharedPages pages,
                        SharedLimit limit,
                        ILogger<SharedPages> log
                    ) => AnswerAsync(token, id, isSmall, context, pages, limit, log)
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

        context.Response.Headers["X-Robots-Tag"] = "noindex";
        return await PhotoAnswer.OfAsync(
            context,
            KeptFor,
            () => pages.PhotoAsync(token, id, isSmall, context.RequestAborted),
            logger
        );
    }
}
