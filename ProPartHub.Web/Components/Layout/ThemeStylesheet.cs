using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.FileProviders;
using MudBlazor;
using ProPartHub.Web.Hosting;

namespace ProPartHub.Web.Components.Layout;

/// <summary>
/// All that the portal's pages need of MudBlazor's look as one cacheable stylesheet: the rules of the components that it shows, and the
/// theme's variables for both palettes, between which the browser switches. <c>MudThemeProvider</c> writes one palette, into
/// every page, and learns of the system's preference only after the first render, which people see as a flash; here it is
/// rendered twice, once for the life of the process.
/// </summary>
internal sealed partial class ThemeStylesheet(
    IServiceScopeFactory scopes,
    IWebHostEnvironment environment,
    ILoggerFactory loggers
)
{
    public const string Path = "/css/theme.css";

    private const string Whole = "_content/MudBlazor/MudBlazor.min.css";

    private readonly Lazy<Task<Stylesheet>> _stylesheet = new(() => BuildAsync(scopes, environment, loggers));

    /// <summary>The stylesheet's text, and an address that changes with it, so that browsers keep it for ever.</summary>
    public Task<Stylesheet> GetAsync() => _stylesheet.Value;

    internal sealed record Stylesheet(string Css, string Version)
    {
        public string Href => $"{Path}?v={Version}";
    }

    private static async Task<Stylesheet> BuildAsync(
        IServiceScopeFactory scopes,
        IWebHostEnvironment environment,
        ILoggerFactory loggers
    )
    {
        var rules = await RulesAsync(environment.WebRootFileProvider.GetFileInfo(Whole), loggers);
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, loggers);
        var light = await VariablesAsync(renderer, isDark: false);
        var dark = await VariablesAsync(renderer, isDark: true);
        var css = $$"""
            :root { {{light}} }
            :root[data-theme="dark"] { {{dark}} }
            @media (prefers-color-scheme: dark) { :root[data-theme="system"] { {{dark}} } }
            {{rules}}
            """;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(css)))[..12];
        return new Stylesheet(css, hash);
    }

    private static async Task<string> RulesAsync(IFileInfo whole, ILoggerFactory loggers)
    {
        if (!whole.Exists)
        {
            LogMissing(loggers.CreateLogger<ThemeStylesheet>(), Whole);
            return string.Empty;
        }

        await using var stream = whole.CreateReadStream();
        using var reader = new StreamReader(stream);
        return MudBlazorRules.Of(await reader.ReadToEndAsync());
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

    [LoggerMessage(LogLevel.Error, "{Path} is missing; pages will look broken")]
    private static partial void LogMissing(ILogger logger, string path);

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
                async (ThemeStylesheet theme, string? v, HttpResponse response) =>
                {
                    var (css, version) = await theme.GetAsync();
                    // While a new version comes, its page may ask an instance of the one before.
                    response.Headers.CacheControl = v == version ? Delivery.ForAYear : "no-store";
                    return TypedResults.Text(css, "text/css");
                }
            )
            .AllowAnonymous();
}
