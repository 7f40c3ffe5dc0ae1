using System.Net;
using ProPartHub.Tests.Accounts;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Web.Hosting;
using Xunit;

namespace ProPartHub.Tests.Web.Hosting;

public sealed class DeliveryTests(AccountHub hub) : IClassFixture<AccountHub>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task EveryStylesheetAndScript_ComesCompressed(string encoding)
    {
        var addresses = await AddressesAsync();

        Assert.DoesNotContain(addresses, address => address.Contains("MudBlazor.min.css", StringComparison.Ordinal));
        Assert.Contains(addresses, address => address.Contains("theme.css", StringComparison.Ordinal));
        foreach (var address in addresses)
        {
            using var answer = await AskAsync(address, encoding);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            // What is made while the tests are built has no other encoding than this.
            Assert.True(
                answer.Content.Headers.ContentEncoding.SequenceEqual([encoding])
                    || (encoding == "br" && !address.Contains("theme.css", StringComparison.Ordinal)),
                $"{address} comes as {string.Join(", ", answer.Content.Headers.ContentEncoding)}"
            );
        }
    }

    [Theory]
    [InlineData("theme.css")]
    [InlineData("MudBlazor.min.js")]
    public async Task WhatIsNoFileOfThePortals_IsKeptByBrowsersForAYear(string name)
    {
        var address =
            name == "theme.css"
                ? (await AddressesAsync()).Single(each => each.Contains(name, StringComparison.Ordinal))
                : "/" + Delivery.MudBlazorScript;
        using var answer = await AskAsync(address, "gzip");

        Assert.Equal(TimeSpan.FromDays(365), answer.Headers.CacheControl?.MaxAge);
        Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Contains("?v=", address, StringComparison.Ordinal);
    }

    // Without its version an address may mean another file tomorrow.
    [Theory]
    [InlineData("/_content/MudBlazor/MudBlazor.min.js")]
    [InlineData("/css/theme.css")]
    [InlineData("/css/theme.css?v=before")]
    public async Task WithoutItsVersion_SuchAFile_IsAskedForAgain(string address)
    {
        using var answer = await AskAsync(address, "gzip");

        Assert.True(answer.Headers.CacheControl is { NoCache: true } or { NoStore: true });
    }

    // BREACH: what another site puts into an address must not show in the length of a page.
    [Theory]
    [InlineData("same-origin", "br")]
    [InlineData("none", "br")]
    [InlineData("same-site", null)]
    [InlineData("cross-site", null)]
    [InlineData(null, null)]
    public async Task APage_IsCompressed_UnlessAnotherSiteSentThePersonToIt(string? from, string? encoding)
    {
        using var answer = await AskAsync("/account/login?returnUrl=/leads", "gzip, br", from);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(encoding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
    }

    private async Task<IReadOnlyList<string>> AddressesAsync()
    {
        using var client = hub.Host.NewBrowser();
        var document = await client.OpenAsync("/account/login");
        return
        [
            .. document
                .QuerySelectorAll("link[rel=stylesheet], script[src]")
                .Select(element => "/" + (element.GetAttribute("src") ?? element.GetAttribute("href")!).TrimStart('/')),
        ];
    }

    private async Task<HttpResponseMessage> AskAsync(string address, string encoding, string? from = null)
    {
        using var client = hub.Host.NewBrowser();
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("Accept-Encoding", encoding);
        if (from is not null)
        {
            request.Headers.Add("Sec-Fetch-Site", from);
        }

        return await client.SendAsync(request, Ct);
    }
}
