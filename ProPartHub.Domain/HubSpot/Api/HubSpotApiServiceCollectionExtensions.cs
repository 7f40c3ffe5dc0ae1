using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ProPartHub.Domain.HubSpot.Api;

/// <summary>Adds the HubSpot client to a host.</summary>
public static class HubSpotApiServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="HubSpotClient"/> and what it stands on, configured by the section <c>HubSpot</c>, which is checked
    /// when the host starts.
    /// </summary>
    public static IServiceCollection AddHubSpotApi(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<HubSpotOptions>().Bind(configuration.GetSection(HubSpotOptions.Section)).ValidateOnStart();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<HubSpotOptions>, HubSpotOptionsValidator>()
        );
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<HubSpotLimiter>();
        services.TryAddSingleton<HubSpotResilience>();
        services
            .AddHttpClient<HubSpotClient>(
                (provider, http) =>
                {
                    http.BaseAddress = provider.GetRequiredService<IOptions<HubSpotOptions>>().Value.BaseAddress;
                    // Polly keeps the time, on TimeProvider.
                    http.Timeout = Timeout.InfiniteTimeSpan;
                }
            )
            .ConfigurePrimaryHttpMessageHandler(() =>
                new SocketsHttpHandler
                {
                    AllowAutoRedirect = false,
                    AutomaticDecompression = DecompressionMethods.All,
                    ConnectTimeout = TimeSpan.FromSeconds(10),
                    PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                    UseCookies = false,
                }
            )
            // Long-lived workers keep their client; connections renew themselves by PooledConnectionLifetime.
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        return services;
    }
}
