using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Sync;

namespace ProPartHub.Web.Hosting;

/// <summary>
/// Connects the portal with HubSpot: with a token the real account; in Development without one the built-in sandbox; else
/// not at all, and the status says so.
/// </summary>
internal static class HubSpotHosting
{
    /// <summary>False turns the sandbox off in Development (tests of other things).</summary>
    public const string UseSandboxSetting = $"{HubSpotOptions.Section}:UseSandbox";

    /// <summary>Adds what the settings ask for; call it before the host is built.</summary>
    public static IServiceCollection AddHubSpotSync(
        this IServiceCollection services,
        IConfigurationManager configuration,
        IHostEnvironment environment
    )
    {
        services.AddHubSpotSyncServices();
        var target = new HubSpotWebhookTarget();
        services.AddSingleton(target);
        var section = configuration.GetSection(HubSpotOptions.Section);
        if (!string.IsNullOrWhiteSpace(section[nameof(HubSpotOptions.AccessToken)]))
        {
            target.Set(
                section.GetValue<Uri?>(nameof(HubSpotOptions.WebhookPublicUrl)),
                section[nameof(HubSpotOptions.ClientSecret)]
            );
            services.AddHubSpotSyncEngine(configuration, DirectConnection(configuration));
            return services;
        }

        var isWanted = environment.IsDevelopment() && configuration.GetValue(UseSandboxSetting, defaultValue: true);
        if (isWanted && HubSpotSandboxProgram.Find(environment.ContentRootPath) is { } program)
        {
            var sandbox = new HubSpotSandboxSettings(program);
            configuration.AddInMemoryCollection(sandbox.Configuration);
            services.AddSingleton(sandbox);
            services.AddHostedService<HubSpotSandboxProcess>();
            services.AddHubSpotSyncEngine(configuration, DirectConnection(configuration), sandbox.Ready);
        }

        return services;
    }

    private static string DirectConnection(IConfiguration configuration) =>
        configuration[$"{DatabaseOptions.Section}:{nameof(DatabaseOptions.DirectConnectionString)}"]
            is { Length: > 0 } direct
            ? direct
            : configuration.GetConnectionString(DatabaseOptions.ConnectionName) ?? string.Empty;
}

/// <summary>The address at which HubSpot calls us, exactly as it knows it, and the secret it signs with.</summary>
internal sealed class HubSpotWebhookTarget
{
    private volatile Target? _target;

    /// <summary>Address and secret; null while no webhooks are expected.</summary>
    public (string Address, string Secret)? Current => _target is { } target ? (target.Address, target.Secret) : null;

    /// <summary>Expects webhooks from now on, if both are given.</summary>
    public void Set(Uri? address, string? secret) =>
        _target =
            address is null || string.IsNullOrWhiteSpace(secret) ? null : new Target(address.OriginalString, secret);

    private sealed record Target(string Address, string Secret);
}
