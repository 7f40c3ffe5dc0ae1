using System.Net;
using System.Net.WebSockets;
using Xunit;

namespace ProPartHub.Tests.Web.Hosting;

public sealed class OriginCheckTests(HubServer hub) : IClassFixture<HubServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData("https://hub.example.com.evil.example", HttpStatusCode.Forbidden)]
    [InlineData("https://hub.example.com", HttpStatusCode.OK)]
    [InlineData(null, HttpStatusCode.OK)]
    public async Task CircuitNegotiation_IsForOurOriginsOnly(string? origin, HttpStatusCode expected)
    {
        using var client = hub.Open();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");
        request.Headers.TryAddWithoutValidation("Origin", origin ?? "");
        if (origin is null)
        {
            request.Headers.Remove("Origin");
        }

        using var response = await client.SendAsync(request, Ct);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task CircuitNegotiation_FromTheServersOwnAddress_IsAnswered()
    {
        using var client = hub.Open();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");
        request.Headers.Add("Origin", hub.Address.GetLeftPart(UriPartial.Authority));
        using var response = await client.SendAsync(request, Ct);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task WebSocketHandshake_FromAForeignPage_IsRefused()
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", "https://evil.example");
        socket.Options.CollectHttpResponseDetails = true;
        var address = new UriBuilder(hub.Address) { Scheme = "ws", Path = "/_blazor" }.Uri;

        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(address, Ct));

        Assert.Equal(HttpStatusCode.Forbidden, socket.HttpStatusCode);
    }

    [Fact]
    public async Task WebSocketHandshake_FromOurPage_IsAccepted()
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", hub.Address.GetLeftPart(UriPartial.Authority));
        var address = new UriBuilder(hub.Address) { Scheme = "ws", Path = "/_blazor" }.Uri;

        await socket.ConnectAsync(address, Ct);

        Assert.Equal(WebSocketState.Open, socket.State);
    }

    [Fact]
    public async Task PostMarkedCrossSiteByTheBrowser_IsRefused()
    {
        using var client = hub.Open();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/account/logout");
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var response = await client.SendAsync(request, Ct);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task LinkFromAnotherSite_StillOpensAPage()
    {
        using var client = hub.Open();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live");
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var response = await client.SendAsync(request, Ct);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
