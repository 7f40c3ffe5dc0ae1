using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Html.Parser;
using Xunit;

namespace ProPartHub.Tests.Web.Hosting;

/// <summary>What a browser needs to install the portal as an app.</summary>
public sealed class WebManifestTests(HubServer hub) : IClassFixture<HubServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("uk", "Новий лід")]
    [InlineData("en", "New lead")]
    [InlineData("xx", "Новий лід")]
    public async Task Manifest_SpeaksTheLanguage_AndIsTheSameApp(string language, string firstShortcut)
    {
        using var client = hub.Open();
        using var response = await client.GetAsync($"/manifest.webmanifest?c={language}", Ct);
        var manifest = await response.Content.ReadFromJsonAsync<JsonElement>(Ct);

        Assert.Equal("application/manifest+json", response.Content.Headers.ContentType!.MediaType);
        Assert.True(response.Headers.CacheControl!.Public);
        Assert.Equal("/", manifest.GetProperty("id").GetString());
        Assert.Equal("standalone", manifest.GetProperty("display").GetString());
        Assert.Equal(firstShortcut, manifest.GetProperty("shortcuts")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Icons_AreThere_AsLargeAsToldAndSmallInBytes()
    {
        using var client = hub.Open();
        var manifest = await client.GetFromJsonAsync<JsonElement>("/manifest.webmanifest", Ct);
        var icons = manifest.GetProperty("icons").EnumerateArray().ToList();
        Assert.Equal(
            ["any", "any", "maskable", "maskable"],
            icons.Select(icon => icon.GetProperty("purpose").GetString())
        );

        var files = icons
            .Select(icon => (icon.GetProperty("src").GetString()!, icon.GetProperty("sizes").GetString()!))
            .Append(("/icons/apple-touch-icon.png", "180x180"));
        foreach (var (address, sizes) in files)
        {
            using var response = await client.GetAsync(address, Ct);
            var bytes = await response.Content.ReadAsByteArrayAsync(Ct);

            Assert.Equal("image/png", response.Content.Headers.ContentType!.MediaType);
            Assert.Equal(sizes, $"{Big(bytes.AsSpan(16, 4))}x{Big(bytes.AsSpan(20, 4))}");
            Assert.True(bytes.Length < 16 * 1024, address);
        }
    }

    // It must see no request of a page: clients' data lies in no cache.
    [Fact]
    public async Task WorkerOfNotifications_IsScriptForItsFolderAlone_AndListensToNoRequest()
    {
        using var client = hub.Open();
        using var response = await client.GetAsync("/js/notification-worker.js", Ct);
        var script = await response.Content.ReadAsStringAsync(Ct);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/javascript", response.Content.Headers.ContentType!.MediaType);
        Assert.True(response.Headers.CacheControl!.NoCache);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Contains(
            "script-src 'self'",
            Assert.Single(response.Headers.GetValues("Content-Security-Policy")),
            StringComparison.Ordinal
        );
        Assert.False(response.Headers.Contains("Service-Worker-Allowed"));
        Assert.Contains("notificationclick", script, StringComparison.Ordinal);
        Assert.DoesNotContain("addEventListener(\"fetch\"", script, StringComparison.Ordinal);
        Assert.DoesNotContain("caches.", script, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_NameIt_InTheirLanguageAndColours()
    {
        var (_, html) = await hub.GetPageAsync(
            "/error/404",
            "hub-theme=dark",
            ".AspNetCore.Culture=c%3Den-GB%7Cuic%3Den-GB"
        );
        var page = await new HtmlParser().ParseDocumentAsync(html, Ct);

        Assert.Equal("/manifest.webmanifest?c=en", page.QuerySelector("link[rel=manifest]")!.GetAttribute("href"));
        Assert.NotNull(page.QuerySelector("link[rel=apple-touch-icon]"));
        Assert.Equal(
            ["#1a2029", "#1a2029"],
            page.QuerySelectorAll("meta[name=theme-color]").Select(meta => meta.GetAttribute("content"))
        );
    }

    [Fact]
    public async Task NoServiceWorker_KeepsPersonalData()
    {
        using var client = hub.Open();
        foreach (var path in new[] { "/service-worker.js", "/sw.js" })
        {
            using var response = await client.GetAsync(path, Ct);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }

        var scripts = Directory.EnumerateFiles(Path.Combine(SourceFolder(), "../../../ProPartHub.Web/wwwroot/js"));
        Assert.All(
            scripts,
            file => Assert.DoesNotContain("serviceWorker", File.ReadAllText(file), StringComparison.Ordinal)
        );
    }

    private static string SourceFolder([System.Runtime.CompilerServices.CallerFilePath] string file = "") =>
        Path.GetDirectoryName(file)!;

    private static int Big(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt32BigEndian(bytes);
}
