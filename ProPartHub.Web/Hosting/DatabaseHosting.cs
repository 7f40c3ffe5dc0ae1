using ProPartHub.Domain;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Bulk;
using ProPartHub.Domain.Live;
using ProPartHub.Web.Components.Import;

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
        var connection = builder.Configuration.GetConnectionString(DatabaseOptions.ConnectionName) ?? string.Empty;
        builder.Services.AddHubData(connection, options);
        builder.Services.AddHubDomain();
        builder.Services.AddHostedService<WorkStart>();
        builder.Services.AddHostedService<DatabaseStartup>();
        builder.Services.AddHostedService(services => services.GetRequiredService<StageFigureFolding>());
        builder.Services.AddHostedService(services => services.GetRequiredService<BulkRunner>());
        builder.AddLeadImport();
        builder.Services.AddLiveFeed(options.DirectConnectionString is { Length: > 0 } direct ? direct : connection);
        builder.Services.AddHostedService<DatabaseWatch>();
        builder.Services.AddSingleton<DatabaseHealthCheck>();
        builder.Services.AddHealthChecks().AddCheck<DatabaseHealthCheck>("database");
    }
}
