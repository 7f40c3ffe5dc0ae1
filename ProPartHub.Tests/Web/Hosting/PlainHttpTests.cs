using System.Net;
using Xunit;

namespace ProPartHub.Tests.Web.Hosting;

public sealed class PlainHttpTests(HubServer hub) : IClassFixture<HubServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/account/login", "text/html", HttpStatusCode.BadRequest)]
    [InlineData("/leads", "text/html,application/xhtml+xml", HttpStatusCode.BadRequest)]
    [InlineData("/health/live", "*/*", HttpStatusCode.OK)]
    [InlineData("/css/app.css", "text/css", HttpStatusCode.OK)]
    public async Task WithoutTls_PagesSayWhereToGo_AndProgramsAreServed(
        string path,
        string accept,
        HttpStatusCode status
    )
    {
        using var client = hub.Open();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept", accept);
        using var answer = await client.SendAsync(request, Ct);
        var text = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Ct));

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(
            status is HttpStatusCode.BadRequest,
            text.Contains("Ця адреса не захищена", StringComparison.Ordinal)
                && text.Contains("href=\"https://hub.example.com/\"", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task ThroughAProxyWithTls_PagesAreShown()
    {
        var (status, html) = await hub.GetPageAsync("/no/such/page");

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.DoesNotContain("не захищена", html, StringComparison.Ordinal);
    }
}
