using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;

namespace ProPartHub.Web.Components.Layout;

/// <summary>
/// MudBlazor's theme variables for both palettes as one cacheable stylesheet between which the browser switches.
/// <c>MudThemeProvider</c> writes one palette, into every page, and learns of the system's preference only after the
/// first render, which people see as a flash; here it is rendered twice, once for the life of the process.
/// </summary>
internal sealed partial class ThemeStylesheet(IServiceScopeFactory scopes, ILoggerFactory loggers)
{
    public const string Path = "/css/theme.css";

    private readonly Lazy<Task<Stylesheet>> _stylesheet = new(() => BuildAsync(scopes, loggers));

    /// <summary>The stylesheet's text, and an address that changes with it, so that browsers keep it for ever.</summary>
    public Task<Stylesheet> GetAsync() => _stylesheet.Value;

    internal sealed record Stylesheet(string Css, string Href);

    private static async Task<Stylesheet> BuildAsync(IServiceScopeFactory scopes, ILoggerFactory loggers)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, loggers);
        var light = await VariablesAsync(renderer, isDark: false);
        var dark = await VariablesAsync(renderer, isDark: true);
        var css = $$"""
            :root { {{light}} }
            :root[data-theme="dark"] { {{dark}} }
            @media (prefers-color-scheme: dark) { :root[data-theme="system"] { {{dark}} } }
            """;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(css)))[..12];
        return new Stylesheet(css, $"{Path}?v={hash}");
    }

    private static Task<string> VariablesAsync(HtmlRenderer renderer, bool isDark) =>
        renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = new Dictionary<string, object?>
            {
                [nameof(MudThemeProvider.Theme)] = HubTheme.Create(),
                [nameof(MudThemeProvider.IsDarkMode)] = isDark,
                [nameof(MudThemeProvider.DefaultScrollbar)] = true,
            };
            var output = await renderer.RenderComponentAsync<MudThemeProvider>(
                ParameterView.FromDictionary(parameters)
            );
            return Whitespace().Replace(RootRule().Match(output.ToHtmlString()).Groups["variables"].Value, " ").Trim();
        });

    [GeneratedRegex(@":root\s*\{(?<variables>[^}]*)\}")]
    private static partial Regex RootRule();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();
}

internal static class ThemeStylesheetEndpoint
{
    public static void MapThemeStylesheet(this WebApplication app) =>
        app.MapGet(
                ThemeStylesheet.Path,
                async (ThemeStylesheet theme, HttpResponse response) =>
                {
                    response.Headers.CacheControl = "public, max-age=31536000, immutable";
                    return TypedResults.Text((await theme.GetAsync()).Css, "text/css");
                }
            )
            .AllowAnonymous();
}
