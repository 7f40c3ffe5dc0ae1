using System.Net;
using ProPartHub.Tests.Accounts;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Web.Hosting;

public sealed class StyleDeliveryTests(AccountHub hub) : IClassFixture<AccountHub>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task EveryStylesheetAndScript_ComesCompressed(string encoding)
    {
        var addresses = await AddressesAsync();

        Assert.Contains(addresses, address => address.Contains("MudBlazor.min.css", StringComparison.Ordinal));
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
    [InlineData("MudBlazor.min.css")]
    [InlineData("theme.css")]
    public async Task WhatIsNoFileOfThePortals_IsKeptByBrowsersForAYear(string name)
    {
        var address = (await AddressesAsync()).Single(each => each.Contains(name, StringComparison.Ordinal));
        using var answer = await AskAsync(address, "gzip");

        Assert.Equal(TimeSpan.FromDays(365), answer.Headers.CacheControl?.MaxAge);
        Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Contains("?v=", address, StringComparison.Ordinal);
    }

    // Without its version an address may mean another file tomorrow.
    [Fact]
    public async Task WithoutItsVersion_APackagesFile_IsAskedForAgain()
    {
        using var answer = await AskAsync("/_content/MudBlazor/MudBlazor.min.css", "gzip");

        Assert.True(answer.Headers.CacheControl?.NoCache);
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

    private async Task<HttpResponseMessage> AskAsync(string address, string encoding)
    {
        using var client = hub.Host.NewBrowser();
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("Accept-Encoding", encoding);
        return await client.SendAsync(request, Ct);
    }
}
