using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ProPartHub.Domain.Agency.Shared;

/// <summary>Registers the cache of shared readings.</summary>
public static class AgencyCacheRegistration
{
    /// <summary>Above so many bytes a reading is not kept: the people of an agency ten times larger than any.</summary>
    private const long LargestReading = 4 * 1024 * 1024;

    /// <summary>
    /// Adds <see cref="AgencyCache"/>. A second level is the keyed <c>IDistributedCache</c> that
    /// <see cref="HybridCacheOptions.DistributedCacheServiceKey"/> of the options of the same name tells; without one there is
    /// none.
    /// </summary>
    public static IServiceCollection AddAgencyCache(this IServiceCollection services)
    {
        services.TryAddSingleton<SharedGenerations>();
        services.AddKeyedHybridCache(
            AgencyCache.ServiceKey,
            AgencyCache.ServiceKey,
            options => options.MaximumPayloadBytes = LargestReading
        );
        services.AddSingleton(provider => new AgencyCache(
            provider.GetRequiredKeyedService<HybridCache>(AgencyCache.ServiceKey),
            provider.GetRequiredService<SharedGenerations>()
        ));
        return services;
    }
}
