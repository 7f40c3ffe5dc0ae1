using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ProPartHub.Web.Hosting.Telemetry;

namespace ProPartHub.Web.Hosting;

internal static class HealthHosting
{
    public static void AddHubHealth(this WebApplicationBuilder builder) => builder.Services.AddHealthChecks();

    /// <summary>
    /// <c>/health/live</c>: the process answers. <c>/health/ready</c>: every registered check passes, with reasons for this
    /// machine and for whoever holds the token of the metrics; others learn the answer alone.
    /// </summary>
    public static void MapHubHealth(this WebApplication app)
    {
        app.MapHealthChecks(
                "/health/live",
                new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync }
            )
            .AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteAsync }).AllowAnonymous();
    }

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.Headers[HubBuild.Header] = HubBuild.Id;
        return context.RequestServices.GetRequiredService<MetricsToken>().MaySeeDetails(context)
            ? WriteReasonsAsync(context, report)
            : context.Response.WriteAsJsonAsync(new { status = report.Status.ToString() }, context.RequestAborted);
    }

    private static Task WriteReasonsAsync(HttpContext context, HealthReport report) =>
        context.Response.WriteAsJsonAsync(
            new
            {
                status = report.Status.ToString(),
                checks = report.Entries.Select(check => new
                {
                    name = check.Key,
                    status = check.Value.Status.ToString(),
                    reason = Reason(check.Value),
                }),
            },
            context.RequestAborted
        );

    // A check that throws is described by its exception's message, which may name hosts, users or files.
    private static string? Reason(HealthReportEntry entry) =>
        entry.Exception is { } exception && entry.Description == exception.Message
            ? "The check failed; the log says why."
            : entry.Description;
}
