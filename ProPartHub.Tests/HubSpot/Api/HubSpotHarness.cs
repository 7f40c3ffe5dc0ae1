using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.HubSpot.Api;
using Xunit;

namespace ProPartHub.Tests.HubSpot.Api;

/// <summary>The client as the portal registers it, against a scripted server, on a clock that stands still.</summary>
internal sealed class HubSpotHarness : IAsyncDisposable
{
    public static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(20);

    private readonly ServiceProvider _services;

    private HubSpotHarness(ScriptedHubSpot server, ServiceProvider services, TestClock clock)
    {
        (Server, _services, Clock) = (server, services, clock);
        Client = services.GetRequiredService<HubSpotClient>();
        Limiter = services.GetRequiredService<HubSpotLimiter>();
        Resilience = services.GetRequiredService<HubSpotResilience>();
    }

    public ScriptedHubSpot Server { get; }

    public TestClock Clock { get; }

    public HubSpotClient Client { get; }

    public HubSpotLimiter Limiter { get; }

    public HubSpotResilience Resilience { get; }

    public static async Task<HubSpotHarness> StartAsync(params (string Name, string Value)[] settings)
    {
        var server = await ScriptedHubSpot.StartAsync();
        var clock = new TestClock();
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["HubSpot:BaseAddress"] = server.Address.ToString(),
                    ["HubSpot:AccessToken"] = "pat-eu1-for-tests",
                }
            )
            .AddInMemoryCollection(
                settings.Select(setting => KeyValuePair.Create($"HubSpot:{setting.Name}", (string?)setting.Value))
            )
            .Build();
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(clock)
            .AddHubSpotApi(configuration)
            .BuildServiceProvider();
        return new(server, services, clock);
    }

    /// <summary>Drives the clock until the call ends and gives its exception.</summary>
    public Task<TException> FailureOfAsync<TException>(Task call)
        where TException : HubSpotException =>
        Assert.ThrowsAsync<TException>(() =>
            Clock.DriveAsync(
                Task.Run(
                    async () =>
                    {
                        await call;
                        return true;
                    },
                    TestContext.Current.CancellationToken
                )
            )
        );

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Server.DisposeAsync();
    }
}
