using System.Net;
using Xunit;

namespace ProPartHub.Tests.Web.Hosting;

public sealed class LanguageTests(HubServer hub) : IClassFixture<HubServer>
{
    private const string English = ".AspNetCore.Culture=c%3Den-GB%7Cuic%3Den-GB";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_IsUkrainian_UntilAPersonChooses()
    {
        using var client = hub.Open();
        client.DefaultRequestHeaders.Add("Accept-Language", "en-US,en;q=0.9");
        var html = await client.GetStringAsync("/error/404", Ct);

        Assert.Contains("<html lang=\"uk\"", html, StringComparison.Ordinal);
        // Written plainly, not as &#x..;.
        Assert.Contains("Такої сторінки немає", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Choice_SetsACookie_ThatTheNextPageFollows()
    {
        using var client = hub.Open();
        using var response = await client.GetAsync("/culture?c=en&returnUrl=%2Fleads%3Fpage%3D2", Ct);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/leads?page=2", response.Headers.Location!.OriginalString);
        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);

        var (_, html) = await hub.GetPageAsync("/error/404", cookie.Split(';')[0]);
        Assert.Contains("<html lang=\"en\"", html, StringComparison.Ordinal);
        Assert.Contains("No such page", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("/.//evil.example/")]
    [InlineData("~/leads")]
    [InlineData("javascript:alert(1)")]
    [InlineData("leads")]
    [InlineData("")]
    public async Task Choice_NeverLeadsAway(string returnUrl)
    {
        using var client = hub.Open();
        using var response = await client.GetAsync($"/culture?c=uk&returnUrl={Uri.EscapeDataString(returnUrl)}", Ct);

        Assert.Equal("/", response.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("/culture?c=xx&returnUrl=/")]
    [InlineData("/culture")]
    public async Task UnknownLanguage_IsABadRequest_AndSetsNothing(string path)
    {
        using var client = hub.Open();
        using var response = await client.GetAsync(path, Ct);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData(English, "lang=\"en\"")]
    [InlineData(".AspNetCore.Culture=c%3Dde%7Cuic%3Dde", "lang=\"uk\"")]
    [InlineData(".AspNetCore.Culture=rubbish", "lang=\"uk\"")]
    public async Task Cookie_OfAnUnknownLanguage_CountsAsNone(string cookie, string expected)
    {
        var (_, html) = await hub.GetPageAsync("/error/404", cookie);

        Assert.Contains(expected, html, StringComparison.Ordinal);
    }
}
