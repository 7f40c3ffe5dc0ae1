using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.Telemetry;

namespace ProPartHub.Domain.Operations;

/// <summary>Registers how the portal is looked after. It looks at everything, and nothing else may look at it.</summary>
public static class OperationsRegistration
{
    /// <summary>Adds what the system page reads; needs <see cref="DomainRegistration.AddHubDomain"/>.</summary>
    public static IServiceCollection AddOperationsDesk(this IServiceCollection services)
    {
        services.TryAddSingleton<WorkLog>();
        services.TryAddSingleton<FeedStatus>();
        services.TryAddSingleton<LeadFeed>();
        services.TryAddSingleton<SyncMonitor>();
        services.AddSingleton<OperationsReader>();
        services.AddSingleton<OperationsDesk>();
        return services;
    }

    /// <summary>
    /// Adds the desk, what measures, and the health checks <c>queues</c>, <c>hubspot</c> and <c>work</c>; needs the change
    /// feed and the exchange with HubSpot to be registered before.
    /// </summary>
    public static IServiceCollection AddHubOperations(this IServiceCollection services)
    {
        services.AddOperationsDesk();
        services.AddMetrics();
        services.AddHostedService<OperationsMeter>();
        services.AddHostedService<ClockWatch>();
        services
            .AddHealthChecks()
            .AddCheck<QueueHealthCheck>("queues")
            .AddCheck<ExchangeHealthCheck>("hubspot")
            .AddCheck<WorkHealthCheck>("work");
        return services;
    }
}
