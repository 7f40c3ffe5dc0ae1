using ProPartHub.Domain.Backups;
using ProPartHub.Domain.Data;

namespace ProPartHub.Web.Hosting;

internal static class BackupHosting
{
    /// <summary>The daily backup, and what the commands need; without <c>Backup:Folder</c> nothing is made by itself.</summary>
    public static void AddHubBackups(this WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        builder
            .Services.AddOptions<BackupOptions>()
            .BindConfiguration(BackupOptions.Section)
            .PostConfigure(options =>
                options.ProgramsFolder ??= configuration[
                    $"{DatabaseOptions.Section}:{nameof(DatabaseOptions.PostgresBinaries)}"
                ]
            )
            .ValidateDataAnnotations()
            .ValidateOnStart();
        var direct = configuration[$"{DatabaseOptions.Section}:{nameof(DatabaseOptions.DirectConnectionString)}"];
        builder.Services.AddHubBackups(
            new BackupConnection(
                direct is { Length: > 0 }
                    ? direct
                    : configuration.GetConnectionString(DatabaseOptions.ConnectionName) ?? ""
            ),
            new BackupProtection(protection => DataProtectionHosting.Protect(protection, configuration))
        );
        builder.Services.AddHostedService(services => services.GetRequiredService<BackupKeeping>());
    }
}
