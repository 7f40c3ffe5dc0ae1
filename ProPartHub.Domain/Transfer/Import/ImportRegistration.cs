using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.Transfer.Import;

/// <summary>Registers imports of leads.</summary>
internal static class ImportRegistration
{
    /// <summary>Adds imports and what carries them out; the host runs <see cref="ImportRunner"/>.</summary>
    public static IServiceCollection AddLeadImports(this IServiceCollection services)
    {
        services.TryAddSingleton(ImportVocabulary.Plain);
        services.AddScoped<LeadImports>();
        services.AddSingleton<ImportWork>();
        services.AddSingleton<ImportRunner>();
        services.AddSingleton<ImportSignal>();
        services.ConfigureDbContext<HubDbContext>(
            (provider, builder) => builder.AddInterceptors(provider.GetRequiredService<ImportSignal>())
        );
        return services;
    }
}
