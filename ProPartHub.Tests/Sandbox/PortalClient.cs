using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.HubSpot.Api;

namespace ProPartHub.Tests.Sandbox;

/// <summary>The client as the portal registers it, speaking a version of its choice to the sandbox.</summary>
internal sealed class PortalClient : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public PortalClient(Uri address, string version, TimeProvider clock)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["HubSpot:BaseAddress"] = address.ToString(),
                    ["HubSpot:AccessToken"] = "sandbox-access-token",
                    ["HubSpot:ApiVersion"] = version,
                }
            )
            .Build();
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(clock)
            .AddHubSpotApi(configuration)
            .BuildServiceProvider();
        Client = _services.GetRequiredService<HubSpotClient>();
    }

    public HubSpotClient Client { get; }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
