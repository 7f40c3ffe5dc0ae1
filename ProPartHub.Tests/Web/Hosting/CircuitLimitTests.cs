using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Tests.Accounts;
using ProPartHub.Web.Hosting;
using Xunit;

namespace ProPartHub.Tests.Web.Hosting;

/// <summary>Nobody opens windows without end, and costly acts have an end too.</summary>
public sealed class CircuitLimitTests(AccountHub hub) : IClassFixture<AccountHub>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BeyondTheLimit_NoFurtherCircuitIsNegotiated_UntilOneCloses()
    {
        var user = await hub.Host.AddUserAsync("many-windows", AccountHub.Password);
        using var browser = await hub.Host.SignInAsync("many-windows", AccountHub.Password);
        var count = hub.Host.Services.GetRequiredService<CircuitCount>();
        for (var circuit = 0; circuit < 30; circuit++)
        {
            Assert.Equal(HttpStatusCode.OK, await NegotiateAsync(browser));
            count.Opened(user.Id);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, await NegotiateAsync(browser));
        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(browser, HttpMethod.Get, "/_blazor"));
        count.Closed(user.Id);
        Assert.Equal(HttpStatusCode.OK, await NegotiateAsync(browser));
    }

    [Fact]
    public async Task CostlyAct_IsAllowedSoOften_ForEachPersonApart()
    {
        var one = (await hub.Host.AddUserAsync("exporter", AccountHub.Password)).ToActor("test");
        var other = (await hub.Host.AddUserAsync("exporter-2", AccountHub.Password)).ToActor("test");
        var limits = hub.Host.Services.GetRequiredService<ActLimits>();
        for (var export = 0; export < ActLimits.FilesAMinute; export++)
        {
            Assert.Null(await limits.EnterAsync(one, CostlyAct.Export, Token));
        }

        Assert.NotNull(await limits.EnterAsync(one, CostlyAct.Export, Token));
        Assert.NotNull(await limits.EnterAsync(one, CostlyAct.Export, Token));
        Assert.Null(await limits.EnterAsync(other, CostlyAct.Export, Token));
        Assert.Null(await limits.EnterAsync(one, CostlyAct.DuplicateCheck, Token));

        // A run of refusals is one line of the audit.
        Assert.Single(await hub.EventsAsync(one.UserId));
    }

    private static Task<HttpStatusCode> NegotiateAsync(HttpClient browser) =>
        StatusAsync(browser, HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");

    private static async Task<HttpStatusCode> StatusAsync(HttpClient browser, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        using var answer = await browser.SendAsync(request, Token);
        return answer.StatusCode;
    }
}
