using System.IO.Compression;
using System.Net.Mime;
using System.Reflection;
using Microsoft.AspNetCore.ResponseCompression;
using ProPartHub.Web.Components.Layout;

namespace ProPartHub.Web.Hosting;

/// <summary>
/// How what is not one of the portal's own files reaches the browser small: pages and the theme's stylesheet are compressed as they are
/// sent, a package's script has its version in the query. (By the address with a fingerprint the SDK would serve a package's file
/// without compression.)
/// </summary>
internal static class Delivery
{
    /// <summary>Caching of what never changes under its address.</summary>
    public const string ForAYear = "public, max-age=31536000, immutable";

    private const string Packages = "/_content";
    private const string Version = "v";

    /// <summary>MudBlazor's script.</summary>
    public static string MudBlazorScript { get; } =
        "_content/MudBlazor/MudBlazor.min.js"
        + $"?{Version}={typeof(MudBlazor.MudButton).Assembly.GetCustomAttribute<AssemblyFileVersionAttribute>()?.Version}";

    public static void AddDelivery(this WebApplicationBuilder builder)
    {
        builder.Services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = [MediaTypeNames.Text.Html, MediaTypeNames.Text.Css];
        });
        builder.Services.Configure<BrotliCompressionProviderOptions>(options =>
            options.Level = CompressionLevel.Optimal
        );
        builder.Services.Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Optimal);
    }

    public static void UseDelivery(this WebApplication app)
    {
        app.UseWhen(context => MayCompress(context.Request), compressed => compressed.UseResponseCompression());
        app.Use(
            (context, next) =>
            {
                if (context.Request.Path.StartsWithSegments(Packages) && context.Request.Query.ContainsKey(Version))
                {
                    context.Response.OnStarting(KeepForAYear, context.Response);
                }

                return next(context);
            }
        );
    }

    // The length of a compressed page tells who listens on the line whether something that he put into its address stands in it a second
    // time (the attack named BREACH). Another site that sends a person to pages with guesses in their addresses gets them uncompressed.
    private static bool MayCompress(HttpRequest request) =>
        request.Path == ThemeStylesheet.Path || request.Headers["Sec-Fetch-Site"].ToString() is "same-origin" or "none";

    private static Task KeepForAYear(object state)
    {
        var response = (HttpResponse)state;
        if (response.StatusCode is StatusCodes.Status200OK)
        {
            response.Headers.CacheControl = ForAYear;
        }

        return Task.CompletedTask;
    }
}
