using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Live.Presence;
using ProPartHub.Domain.Notifications;
using ProPartHub.Domain.People.Sessions;

namespace ProPartHub.Domain.Live;

/// <summary>Registers the change feed.</summary>
public static class LiveRegistration
{
    /// <summary>
    /// Adds the listener, the broadcaster, what is read anew by it, presence, catching up and the health check <c>feed</c>; needs
    /// <see cref="Data.DataRegistration.AddHubData"/>.
    /// </summary>
    /// <param name="services">The container.</param>
    /// <param name="connectionString">
    /// Reaches PostgreSQL without a transaction pooler: <see cref="Data.DatabaseOptions.DirectConnectionString"/>
    /// where one is set, else the ordinary one.
    /// </param>
    public static IServiceCollection AddLiveFeed(this IServiceCollection services, string connectionString)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(new FeedConnection(connectionString));
        services.AddSingleton<LeadFeed>();
        services.AddSingleton<FeedStatus>();
        services.AddSingleton<FeedHistory>();
        services.TryAddSingleton<SessionEnds>();
        services.TryAddSingleton<NotificationSignal>();
        services.TryAddSingleton<AgencySignal>();
        services.TryAddSingleton<PresenceRoom>();
        services.TryAddSingleton<PresenceVisits>();
        services.AddHostedService<FeedListener>();
        services.AddHostedService<PresenceAnnouncer>();
        services.TryAddSingleton<LeadOptionBook>();
        services.AddHostedService<LeadOptionWatch>();
        services.AddHealthChecks().AddCheck<FeedHealthCheck>("feed");
        return services;
    }
}
