using System.Net;
using Xunit;

namespace ProPartHub.Tests.Web.Hosting;

public sealed class SecurityHeadersTests(HubServer hub) : IClassFixture<HubServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/error/404")]
    [InlineData("/css/theme.css")]
    public async Task EveryAnswer_CarriesTheHeaders(string path)
    {
        using var client = hub.Open();
        using var response = await client.GetAsync(path, Ct);

        Assert.Equal("nosniff", Header(response, "X-Content-Type-Options"));
        Assert.Equal("DENY", Header(response, "X-Frame-Options"));
        Assert.Equal("strict-origin-when-cross-origin", Header(response, "Referrer-Policy"));
        Assert.Equal("same-origin", Header(response, "Cross-Origin-Opener-Policy"));
        Assert.Contains("camera=()", Header(response, "Permissions-Policy"), StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("default-src", "'self'")]
    [InlineData("script-src", "'self'")]
    [InlineData("style-src", "'self' 'unsafe-inline'")]
    [InlineData("connect-src", "'self'")]
    [InlineData("manifest-src", "'self'")]
    [InlineData("object-src", "'none'")]
    [InlineData("frame-src", "'self'")]
    [InlineData("base-uri", "'self'")]
    [InlineData("form-action", "'self'")]
    [InlineData("frame-ancestors", "'none'")]
    public async Task ContentSecurityPolicy_IsStrict(string directive, string sources)
    {
        using var client = hub.Open();
        using var response = await client.GetAsync("/error/404", Ct);

        // One header: a second, from Blazor or antiforgery, would be a policy nobody wrote on purpose.
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains($"{directive} {sources}", policy.Split("; "));
    }

    [Theory]
    [InlineData("/error/404", "no-store")]
    [InlineData("/css/app.css", null)]
    public async Task Pages_AreKeptOutOfCaches_AndStyleSheetsAreNot(string path, string? directive)
    {
        using var client = hub.Open();
        using var response = await client.GetAsync(path, Ct);

        Assert.Equal(directive is not null, response.Headers.CacheControl?.NoStore is true);
    }

    [Fact]
    public async Task Pages_HaveNoInlineScript()
    {
        foreach (var path in new[] { "/error/404", "/error/500" })
        {
            var (_, html) = await hub.GetPageAsync(path);
            var document = await new AngleSharp.Html.Parser.HtmlParser().ParseDocumentAsync(html, Ct);

            Assert.All(document.Scripts, script => Assert.NotNull(script.GetAttribute("src")));
            Assert.DoesNotContain(
                document.All,
                element => element.Attributes.Any(a => a.Name.StartsWith("on", StringComparison.Ordinal))
            );
        }
    }

    [Fact]
    public async Task Pages_LoadNothingFromElsewhere()
    {
        var (_, html) = await hub.GetPageAsync("/error/404");
        var document = await new AngleSharp.Html.Parser.HtmlParser().ParseDocumentAsync(html, Ct);

        var addresses = document
            .QuerySelectorAll("[src], link[href]")
            .Select(e => e.GetAttribute("src") ?? e.GetAttribute("href")!);
        Assert.NotEmpty(addresses);
        Assert.DoesNotContain(addresses, a => a.Contains("//", StringComparison.Ordinal));
    }

    [Fact]
    public async Task UnknownHost_IsRefused()
    {
        using var client = hub.Open();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live");
        request.Headers.Host = "evil.example";
        using var response = await client.SendAsync(request, Ct);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    private static string Header(HttpResponseMessage response, string name) =>
        Assert.Single(response.Headers.GetValues(name));
}
