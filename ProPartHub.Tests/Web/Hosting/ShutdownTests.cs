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
        var hold = new HeldStop();
        await using var hub = new HubServer(services => services.AddSingleton<IHostedService>(hold));
        using var client = hub.Open();
        Assert.Equal(HttpStatusCode.OK, await NegotiateAsync(client));

        hub.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        try
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await NegotiateAsync(client));
            using var live = await client.GetAsync("/health/live", Ct);
            Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        }
        finally
        {
            hold.Release();
        }
    }

    private static async Task<HttpStatusCode> NegotiateAsync(HttpClient client)
    {
        using var response = await client.PostAsync("/_blazor/negotiate?negotiateVersion=1", null, Ct);
        return response.StatusCode;
    }

    /// <summary>Keeps the server listening after it was asked to stop, until the test has looked.</summary>
    private sealed class HeldStop : IHostedLifecycleService
    {
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Release() => _released.TrySetResult();

        public Task StoppingAsync(CancellationToken cancellationToken) => _released.Task;

        public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
