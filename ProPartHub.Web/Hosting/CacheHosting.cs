using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Caching.StackExchangeRedis;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.Agency.Shared;
using StackExchange.Redis;

namespace ProPartHub.Web.Hosting;

internal static class CacheHosting
{
    // A page waits this long for a Redis that is gone, and then asks the database.
    private const int ConnectMilliseconds = 1000;
    private const int AnswerMilliseconds = 500;

    /// <summary>Gives the shared readings their second level where <see cref="CacheOptions.Redis"/> names one.</summary>
    public static void AddHubCache(this WebApplicationBuilder builder)
    {
        builder
            .Services.AddOptions<CacheOptions>()
            .BindConfiguration(CacheOptions.Section)
            .Validate(
                options => string.IsNullOrEmpty(options.Redis) || CanRead(options.Redis),
                $"{CacheOptions.Section}:{nameof(CacheOptions.Redis)} is no address of a Redis."
            )
            .ValidateOnStart();
        var options = builder.Configuration.GetSection(CacheOptions.Section).Get<CacheOptions>() ?? new();
        if (!string.IsNullOrEmpty(options.Redis) && CanRead(options.Redis))
        {
            AddRedis(builder.Services, options.Redis);
        }
    }

    /// <summary>Adds the second level.</summary>
    /// <param name="services">With the cache in it.</param>
    /// <param name="address">As StackExchange.Redis reads it.</param>
    public static void AddRedis(IServiceCollection services, string address)
    {
        // With a key, so that nothing else of the framework takes it for its own.
        services.AddKeyedSingleton<IDistributedCache>(
            AgencyCache.ServiceKey,
            (_, _) =>
                new RedisCache(
                    Options.Create(
                        new RedisCacheOptions { InstanceName = "propart:", ConfigurationOptions = Connection(address) }
                    )
                )
        );
        services.Configure<HybridCacheOptions>(
            AgencyCache.ServiceKey,
            cache => cache.DistributedCacheServiceKey = AgencyCache.ServiceKey
        );
    }

    private static ConfigurationOptions Connection(string address)
    {
        var connection = ConfigurationOptions.Parse(address);
        connection.ClientName = "ProPart Hub";
        connection.AbortOnConnectFail = false;
        // What cannot be asked at once is asked of the database instead of waiting for Redis to be back.
        connection.BacklogPolicy = BacklogPolicy.FailFast;
        connection.ConnectTimeout = ConnectMilliseconds;
        connection.AsyncTimeout = connection.SyncTimeout = AnswerMilliseconds;
        return connection;
    }

    private static bool CanRead(string address)
    {
        try
        {
            return ConfigurationOptions.Parse(address).EndPoints.Count > 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
