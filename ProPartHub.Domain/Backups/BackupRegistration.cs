using Microsoft.Extensions.DependencyInjection;

namespace ProPartHub.Domain.Backups;

/// <summary>Registers backups.</summary>
public static class BackupRegistration
{
    /// <summary>What pages see of backups and ask for.</summary>
    internal static IServiceCollection AddBackupDesk(this IServiceCollection services)
    {
        services.AddOptions<BackupOptions>();
        services.AddSingleton<BackupShelf>();
        services.AddSingleton<BackupPlan>();
        services.AddSingleton<BackupJournal>();
        services.AddSingleton<BackupDesk>();
        return services;
    }

    /// <summary>Adds making, verifying and restoring; needs <see cref="DomainRegistration.AddHubDomain"/>.</summary>
    /// <param name="services">The container.</param>
    /// <param name="connection">Reaches the database past a transaction pooler.</param>
    /// <param name="protection">How the host protects its keys.</param>
    public static IServiceCollection AddHubBackups(
        this IServiceCollection services,
        BackupConnection connection,
        BackupProtection protection
    )
    {
        services.AddSingleton(connection);
        services.AddSingleton(protection);
        services.AddSingleton<BackupMaker>();
        services.AddSingleton<BackupVerification>();
        services.AddSingleton<BackupRunner>();
        services.AddSingleton<BackupRestore>();
        services.AddSingleton<BackupKeeping>();
        services.AddHealthChecks().AddCheck<BackupHealthCheck>("backup");
        return services;
    }
}
