using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.Leads.Bulk;

/// <summary>Registers acts upon many leads.</summary>
internal static class BulkRegistration
{
    /// <summary>Adds acts and what carries them out; the host runs <see cref="BulkRunner"/>.</summary>
    public static IServiceCollection AddBulkActs(this IServiceCollection services)
    {
        services.AddScoped<BulkActs>();
        services.AddSingleton<BulkRunner>();
        services.AddSingleton<BulkSignal>();
        services.ConfigureDbContext<HubDbContext>(
            (provider, builder) => builder.AddInterceptors(provider.GetRequiredService<BulkSignal>())
        );
        return services;
    }
}
