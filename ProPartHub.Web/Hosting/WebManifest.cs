using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using ProPartHub.Web.Components.Layout;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Hosting;

/// <summary>
/// Lets the portal be installed as an app on a phone or a desktop. No service worker stands between pages and server: browsers
/// ask for none, and clients' data must not lie in a cache. The one that shows notifications sees no request.
/// </summary>
internal static class WebManifest
{
    /// <summary>The bar of the portal in light and in dark: the system's bar above it has the same colour.</summary>
    public const string LightBar = "#ffffff";

    /// <inheritdoc cref="LightBar"/>
    public const string DarkBar = "#1a2029";

    // What is shown while the app starts; the page's own background.
    private const string Background = "#f6f7f9";

    private const string Path = "/manifest.webmanifest";
    private const string LanguageKey = "c";

    /// <summary>The address of the manifest in the reader's language; browsers fetch it without cookies.</summary>
    public static string Href => $"{Path}?{LanguageKey}={Languages.Current.Code}";

    public static void MapWebManifest(this WebApplication app) =>
        app.MapGet(Path, Get).AllowAnonymous().ExcludeFromDescription();

    private static JsonHttpResult<Dictionary<string, object>> Get(
        string? c,
        HttpResponse response,
        IStringLocalizer<SharedTexts> shared,
        IStringLocalizer<PaletteTexts> texts
    )
    {
        var language = Languages.Find(c) ?? Languages.Default;
        CultureInfo.CurrentUICulture = language.Culture;
        response.Headers.CacheControl = "public, max-age=3600";
        return TypedResults.Json(
            new Dictionary<string, object>
            {
                // One app in any language: without an id another address of the manifest would be another app.
                ["id"] = "/",
                ["start_url"] = "/",
                ["scope"] = "/",
                ["name"] = shared["App_Name"].Value,
                ["short_name"] = texts["App_Short"].Value,
                ["description"] = texts["App_Description"].Value,
                ["lang"] = language.Code,
                ["dir"] = "ltr",
                ["display"] = "standalone",
                ["theme_color"] = LightBar,
                ["background_color"] = Background,
                ["icons"] = new[]
                {
                    Icon("icon-192.png", 192, "any"),
                    Icon("icon-512.png", 512, "any"),
                    Icon("maskable-192.png", 192, "maskable"),
                    Icon("maskable-512.png", 512, "maskable"),
                },
                ["shortcuts"] = new[]
                {
                    new { name = shared["Nav_NewLead"].Value, url = Navigation.NewLead },
                    new { name = shared["Nav_Board"].Value, url = "/board" },
                },
            },
            contentType: "application/manifest+json"
        );
    }

    private static object Icon(string file, int size, string purpose) =>
        new
        {
            src = $"/icons/{file}",
            sizes = $"{size}x{size}",
            type = "image/png",
            purpose,
        };
}
