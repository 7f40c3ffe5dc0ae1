using ProPartHub.Domain.Catalogue.Photos;

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

/// <summary>Hands out photos to everybody who is signed in.</summary>
internal static class PhotoEndpoints
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(365);

    public static void MapPropertyPhotos(this WebApplication app)
    {
        Map(PhotoPaths.Pattern, isSmall: false);
        Map(PhotoPaths.Pattern + "/small", isSmall: true);

        void Map(string pattern, bool isSmall) =>
            app.MapGet(
                    pattern,
                    (Guid id, HttpContext context, PhotoQueries photos, ILogger<PhotoQueries> logger) =>
                        PhotoAnswer.OfAsync(
                            context,
                            KeptFor,
                            async () => await photos.OpenAsync(id, isSmall, context.RequestAborted),
                            logger
                        )
                )
                .RequireAuthorization()
                .ExcludeFromDescription();
    }
}
