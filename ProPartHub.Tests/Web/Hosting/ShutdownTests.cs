using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace ProPartHub.Tests.Web.Hosting;

public sealed class ShutdownTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StoppingProcess_TakesNoNewCircuits_ButAnswersTheRest()
    {
        await using var hub = new HubServer();
        using var client = hub.Open();
        Assert.Equal(HttpStatusCode.OK, await NegotiateAsync(client));

        hub.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await NegotiateAsync(client));
        using var live = await client.GetAsync("/health/live", Ct);
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
    }

    private static async Task<HttpStatusCode> NegotiateAsync(HttpClient client)
    {
        using var response = await client.PostAsync("/_blazor/negotiate?negotiateVersion=1", null, Ct);
        return response.StatusCode;
    }
}
