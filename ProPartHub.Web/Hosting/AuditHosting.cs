using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Privacy;
using ProPartHub.Web.Account;
using ProPartHub.Web.Components.Audit;

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
        app.MapGet("/leads/{id:guid}/client-data", ClientDataAsync)
            .RequireAuthorization(policy => policy.RequireRole(nameof(Role.Admin)))
            .ExcludeFromDescription();
    }

    private static async Task<IResult> ClientDataAsync(
        Guid id,
        HttpContext context,
        ActLimits limits,
        ClientRecords records
    )
    {
        var actor = context.Actor() ?? throw new UnauthorizedAccessException("Nobody is signed in.");
        if (!await limits.MayAsync(context, actor, CostlyAct.Export))
        {
            return TypedResults.StatusCode(StatusCodes.Status429TooManyRequests);
        }

        try
        {
            var file = await records.ExportAsync(actor, id, context.RequestAborted);
            context.Response.Headers.CacheControl = "no-store";
            return TypedResults.File(file, "application/json", $"client-{id:N}.json");
        }
        catch (NotFoundException)
        {
            return TypedResults.NotFound();
        }
    }
}
