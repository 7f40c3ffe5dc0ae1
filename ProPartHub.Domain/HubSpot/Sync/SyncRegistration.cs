using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Contacts;
using ProPartHub.Domain.HubSpot.Webhooks;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>Registers the exchange with HubSpot.</summary>
public static class SyncRegistration
{
    /// <summary>
    /// Adds what pages and webhooks need, whether or not this installation has a HubSpot account: status, conflicts, the
    /// admin's commands, the webhook inbox.
    /// </summary>
    public static IServiceCollection AddHubSpotSyncServices(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new AgencyCalendar(TimeZoneInfo.FindSystemTimeZoneById(AgencyCalendar.StandardZone)));
        services.AddSingleton<SyncSignal>();
        services.AddSingleton<SyncMonitor>();
        services.AddSingleton<WebhookInbox>();
        services.AddScoped<SyncStatusQueries>();
        services.AddScoped<SyncTroubleQueries>();
        services.AddScoped<WaitingQueries>();
        services.AddScoped<PreviewQueries>();
        services.AddScoped<ThroughputQueries>();
        services.AddScoped<LeadSyncQueries>();
        services.AddScoped<SyncLogQueries>();
        services.AddScoped<MappingQueries>();
        services.AddScoped<OwnerLinking>();
        services.AddScoped<OwnerMappingQueries>();
        services.AddScoped<OwnerAliases>();
        services.AddScoped<AgentNameQueries>();
        services.AddScoped<AgentForecast>();
        services.AddScoped<AgentMismatchQueries>();
        services.AddScoped<AgentMismatchRepair>();
        services.AddScoped<StageMeaning>();
        services.AddScoped<ConflictService>();
        services.AddScoped<SyncAdmin>();
        services.AddScoped<SyncSwitches>();
        services.AddScoped<ContactQueries>();
        return services;
    }

    /// <summary>Adds the engine itself: it takes the lease and talks to HubSpot.</summary>
    /// <param name="services">The container, with <see cref="AddHubSpotSyncServices"/> called before.</param>
    /// <param name="configuration">Sections <c>HubSpot</c> and <c>HubSpot:Sync</c>.</param>
    /// <param name="directConnectionString">Reaches PostgreSQL without a transaction pooler.</param>
    /// <param name="ready">Ends when HubSpot may be called; null for at once.</param>
    public static IServiceCollection AddHubSpotSyncEngine(
        this IServiceCollection services,
        IConfiguration configuration,
        string directConnectionString,
        Task? ready = null
    )
    {
        services.AddHubSpotApi(configuration);
        services
            .AddOptions<SyncOptions>()
            .Bind(configuration.GetSection(SyncOptions.Section))
            .Validate(
                options =>
                    options.PollInterval >= TimeSpan.FromSeconds(1)
                    && options.PollIntervalWithWebhooks >= options.PollInterval
                    && options.PollOverlap >= TimeSpan.Zero
                    && options.RefreshInterval >= TimeSpan.FromMinutes(1),
                "HubSpot:Sync: PollInterval must be a second or more, PollIntervalWithWebhooks no shorter than it, "
                    + "PollOverlap not negative, RefreshInterval a minute or more."
            )
            .ValidateOnStart();
        services.AddSingleton(new SyncConnection(directConnectionString) { Ready = ready ?? Task.CompletedTask });
        services.AddSingleton<SyncEngine>();
        services.AddHostedService(provider => provider.GetRequiredService<SyncEngine>());
        services.AddHostedService<SyncListener>();
        return services;
    }
}
