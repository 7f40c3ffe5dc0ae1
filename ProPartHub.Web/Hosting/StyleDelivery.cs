using System.Reflection;
using ProPartHub.Web.Components.Layout;

namespace ProPartHub.Web.Hosting;

/// <summary>
/// How stylesheets and scripts that are not the portal's own files reach the browser: compressed, and kept there for a year. By the
/// address with a fingerprint the SDK serves a package's file without compression (the stylesheet of MudBlazor in 627 kB and not in
/// 43), so those have their version in the query instead.
/// </summary>
internal static class StyleDelivery
{
    private const string Packages = "/_content";
    private const string Version = "v";

    private static readonly string Suffix =
        $"?{Version}={typeof(MudBlazor.MudButton).Assembly.GetCustomAttribute<AssemblyFileVersionAttribute>()?.Version}";

    /// <summary>MudBlazor's stylesheet.</summary>
    public static string MudBlazorStyles { get; } = $"_content/MudBlazor/MudBlazor.min.css{Suffix}";

    /// <summary>MudBlazor's script.</summary>
    public static string MudBlazorScript { get; } = $"_content/MudBlazor/MudBlazor.min.js{Suffix}";

    public static void AddStyleDelivery(this WebApplicationBuilder builder) =>
        // Only for what has nothing secret in it: the theme, below.
        builder.Services.AddResponseCompression(options => options.EnableForHttps = true);

    public static void UseStyleDelivery(this WebApplication app)
    {
        app.UseWhen(context => context.Request.Path == ThemeStylesheet.Path, theme => theme.UseResponseCompression());
        app.Use(
            (context, next) =>
            {
                if (context.Request.Path.StartsWithSegments(Packages) && context.Request.Query.ContainsKey(Version))
                {
                    context.Response.OnStarting(() =>
                    {
                        if (context.Response.StatusCode is StatusCodes.Status200OK)
                        {
                            context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
                        }

                        return Task.CompletedTask;
                    });
                }

                return next(context);
            }
        );
    }
}
