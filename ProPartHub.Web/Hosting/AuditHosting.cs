using ProPartHub.Domain.Audit;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Privacy;
using ProPartHub.Web.Components.Audit;
using ProPartHub.Web.Components.Import;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.Leads.Listing;

namespace ProPartHub.Web.Hosting;

internal static class AuditHosting
{
    /// <summary>Seals the audit, records views and keeps what is held no longer than the settings say.</summary>
    public static void AddHubAudit(this WebApplicationBuilder builder)
    {
        builder
            .Services.AddOptions<AuditOptions>()
            .BindConfiguration(AuditOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        // Before the web server, which is the last to be registered: it ends first, and no page is left that could hand
        // over another view or refusal.
        builder.Services.AddHostedService(services => services.GetRequiredService<ViewLog>());
        builder.Services.AddHostedService(services => services.GetRequiredService<RefusalLog>());
        builder.Services.AddHostedService(services => services.GetRequiredService<AuditKeeping>());
        builder
            .Services.AddOptions<PrivacyOptions>()
            .BindConfiguration(PrivacyOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.AddHostedService(services => services.GetRequiredService<ArchiveRetention>());
        builder.Services.AddScoped<AuditWords>();
        builder.Services.AddScoped<AuditExport>();
        builder.Services.AddScoped<ClientExport>();
        builder.Services.AddScoped<LeadExport>();
        builder.Services.AddScoped<LeadExportCells>();
    }

    /// <summary>Files to take away.</summary>
    public static void MapHubAudit(this WebApplication app)
    {
        app.MapGet(
                AuditAddress.ExportPath,
                (HttpContext context, AuditExport export) => export.AnswerAsync(context, context.RequestAborted)
            )
            .RequireAuthorization(policy => policy.RequireRole(nameof(Role.Admin)))
            .ExcludeFromDescription();
        app.MapClientExport();
        app.MapLeadExport();
        app.MapLeadImport();
    }
}
