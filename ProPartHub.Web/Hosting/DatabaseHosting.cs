using ProPartHub.Domain;
using ProPartHub.Domain.Data;

namespace ProPartHub.Web.Hosting;

internal static class DatabaseHosting
{
    public static void AddHubDatabase(this WebApplicationBuilder builder)
    {
        builder
            .Services.AddOptions<DatabaseOptions>()
            .BindConfiguration(DatabaseOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        var options =
            builder.Configuration.GetSection(DatabaseOptions.Section).Get<DatabaseOptions>() ?? new DatabaseOptions();
        builder.Services.AddHubData(
            builder.Configuration.GetConnectionString(DatabaseOptions.ConnectionName) ?? string.Empty,
            options
        );
        builder.Services.AddHubDomain();
        builder.Services.AddHostedService<DatabaseStartup>();
        builder.Services.AddHealthChecks().AddCheck<DatabaseHealthCheck>("database");
    }
}
