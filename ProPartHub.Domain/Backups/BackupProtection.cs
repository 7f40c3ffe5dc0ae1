using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.Backups;

/// <summary>
/// How the host protects keys: with it a database out of a backup opens its own files by its own keys, whatever keys this
/// process has.
/// </summary>
/// <param name="Configure">Gives the keys their application's name and certificates.</param>
public sealed record BackupProtection(Action<IDataProtectionBuilder> Configure)
{
    /// <summary>Services over another database, with the keys that lie in it.</summary>
    internal ServiceProvider Over(string connectionString, TimeProvider time)
    {
        var services = new ServiceCollection();
        services.AddSingleton(time);
        services.AddSingleton<ILoggerFactory, LoggerFactory>();
        services.AddLogging();
        services.AddHubData(connectionString, new DatabaseOptions { MaxPoolSize = 4, CommandTimeoutSeconds = 600 });
        Configure(services.AddDataProtection().PersistKeysToDbContext<HubDbContext>());
        return services.BuildServiceProvider();
    }
}
