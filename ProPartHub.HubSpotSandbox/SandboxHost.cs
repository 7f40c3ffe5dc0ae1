using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using ProPartHub.HubSpotSandbox.Account;
using ProPartHub.HubSpotSandbox.Control;
using ProPartHub.HubSpotSandbox.Faults;
using ProPartHub.HubSpotSandbox.Limits;
using ProPartHub.HubSpotSandbox.Seed;
using ProPartHub.HubSpotSandbox.State;
using ProPartHub.HubSpotSandbox.Webhooks;

namespace ProPartHub.HubSpotSandbox;

/// <summary>A running stand-in HubSpot account. Disposing it stops it; only a state file keeps anything of it.</summary>
public sealed class SandboxHost : IAsyncDisposable
{
    // HubSpot reads addresses of 15,000 characters; beyond some such length it answers 414.
    private const int LongestRequestLine = 16 * 1024;

    private readonly WebApplication _app;

    private SandboxHost(WebApplication app)
    {
        _app = app;
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        BaseAddress = new Uri(addresses.Addresses.First());
    }

    /// <summary>Where the API answers, in place of https://api.hubapi.com.</summary>
    public Uri BaseAddress { get; }

    public HubSpotAccount Account => _app.Services.GetRequiredService<HubSpotAccount>();

    /// <summary>Edits records as a person in HubSpot would.</summary>
    public HeadOffice HeadOffice => _app.Services.GetRequiredService<HeadOffice>();

    public FaultInjector Faults => _app.Services.GetRequiredService<FaultInjector>();

    public RateLimits Limits => _app.Services.GetRequiredService<RateLimits>();

    public WebhookDispatcher Webhooks => _app.Services.GetRequiredService<WebhookDispatcher>();

    public LivelyScenario Scenario => _app.Services.GetRequiredService<LivelyScenario>();

    public CallLog Calls => _app.Services.GetRequiredService<CallLog>();

    /// <summary>Seeds an account and opens it on the address of the options.</summary>
    public static async Task<SandboxHost> StartAsync(
        SandboxOptions options,
        CancellationToken cancellationToken,
        Action<ILoggingBuilder>? logging = null
    )
    {
        // An empty builder: a host inside another process must not pick up that one's settings files or environment.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestLineSize = LongestRequestLine)
            .UseUrls(options.Url);
        logging?.Invoke(builder.Logging);
        builder.Services.AddSandbox(options);

        var app = builder.Build();
        app.UseSandbox();
        var keeper = app.Services.GetRequiredService<AccountKeeper>();
        if (keeper.IsNew)
            app.Services.GetRequiredService<Seeder>().Run();
        keeper.Start();
        await app.StartAsync(cancellationToken);
        return new SandboxHost(app);
    }

    /// <summary>Waits until the process is told to stop.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken) =>
        _app.WaitForShutdownAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        _app.Services.GetRequiredService<AccountKeeper>().Save();
        await _app.DisposeAsync();
    }
}
