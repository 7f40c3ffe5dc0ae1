using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using ProPartHub.Domain.Operations;
using ProPartHub.Domain.Telemetry;
using ProPartHub.Web.Hosting.Telemetry;
using Serilog;
using Serilog.Configuration;
using Serilog.Sinks.OpenTelemetry;

namespace ProPartHub.Web.Hosting;

/// <summary>
/// Traces, metrics and log lines over OTLP where a collector is named, and metrics for Prometheus where a token is. Without
/// either nothing listens to what the portal measures, and measuring costs next to nothing.
/// </summary>
internal static class TelemetryHosting
{
    public const string MetricsPath = "/metrics";

    private const string ServiceName = "propart-hub";

    private static readonly string[] Meters =
    [
        HubTelemetry.Name,
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "Microsoft.AspNetCore.Components",
        "Microsoft.AspNetCore.Components.Lifecycle",
        "Microsoft.AspNetCore.Components.Server.Circuits",
        "Microsoft.EntityFrameworkCore",
        "Npgsql",
        "System.Net.Http",
        "System.Runtime",
    ];

    private static readonly string[] Sources =
    [
        HubTelemetry.Name,
        "Microsoft.AspNetCore.Components",
        "Microsoft.AspNetCore.Components.Server.Circuits",
        "Npgsql",
    ];

    public static void AddHubTelemetry(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<IValidateOptions<TelemetryOptions>, TelemetryOptionsValidator>();
        services.AddOptions<TelemetryOptions>().BindConfiguration(TelemetryOptions.Section).ValidateOnStart();
        services.AddSingleton<MetricsToken>();
        services.AddHubOperations();
        services.AddHostedService<CircuitMeter>();

        // What is wrong with the settings is said by their validator, after everything is registered.
        var options = Read(builder.Configuration);
        if (!IsExported(options) && !IsScraped(options))
        {
            return;
        }

        var telemetry = services
            .AddOpenTelemetry()
            .ConfigureResource(resource =>
                resource.AddService(ServiceName, null, HubTelemetry.Version, false, Environment.MachineName)
            )
            .WithMetrics(metrics => Measure(metrics, options));
        if (IsExported(options))
        {
            telemetry.WithTracing(traces => Trace(traces, options));
        }
    }

    /// <summary>
    /// <c>/metrics</c> for whoever holds the token; for everybody else there is no such page. It stands before everything that
    /// asks who somebody is, so that nobody is led to the log-in from there.
    /// </summary>
    public static void UseHubMetrics(this WebApplication app)
    {
        var token = app.Services.GetRequiredService<MetricsToken>();
        app.UseWhen(
            context => context.Request.Path == MetricsPath && !token.IsHeldBy(context),
            refused =>
                refused.Run(context =>
                {
                    context.Response.StatusCode = StatusCodes.Status404NotFound;
                    return Task.CompletedTask;
                })
        );
        if (IsScraped(Read(app.Configuration)))
        {
            app.UseOpenTelemetryPrometheusScrapingEndpoint(context => context.Request.Path == MetricsPath);
        }
    }

    /// <summary>Log lines for the collector, if there is one; they come masked.</summary>
    public static void WriteToCollector(this LoggerSinkConfiguration sinks, IConfiguration configuration)
    {
        var options = Read(configuration);
        if (!IsExported(options))
        {
            return;
        }

        sinks.OpenTelemetry(sink =>
        {
            sink.Endpoint = options.OtlpEndpoint!.OriginalString;
            sink.Protocol =
                options.OtlpProtocol is TelemetryProtocol.Grpc ? OtlpProtocol.Grpc : OtlpProtocol.HttpProtobuf;
            sink.ResourceAttributes = new Dictionary<string, object>
            {
                ["service.name"] = ServiceName,
                ["service.version"] = HubTelemetry.Version,
                ["service.instance.id"] = Environment.MachineName,
            };
        });
    }

    private static void Measure(MeterProviderBuilder metrics, TelemetryOptions options)
    {
        metrics.AddMeter(Meters);
        // By component these would be thousands of series, most of them of MudBlazor's parts.
        foreach (var instrument in new[] { "update_parameters.duration", "render_diff.duration", "render_diff.size" })
        {
            metrics.AddView(
                $"aspnetcore.components.{instrument}",
                new MetricStreamConfiguration { TagKeys = ["error.type"] }
            );
        }

        metrics.AddView(
            "aspnetcore.components.handle_event.duration",
            new MetricStreamConfiguration { TagKeys = ["aspnetcore.components.type", "error.type"] }
        );
        // Npgsql calls each connection without a pool by its connection string.
        metrics.AddView(
            "db.client.*",
            new MetricStreamConfiguration { TagKeys = ["db.client.connection.state", "error.type"] }
        );
        if (IsScraped(options))
        {
            metrics.AddPrometheusExporter();
        }

        if (IsExported(options))
        {
            metrics.AddOtlpExporter(otlp => SendTo(otlp, options, "metrics"));
        }
    }

    private static void Trace(TracerProviderBuilder traces, TelemetryOptions options)
    {
        // The share is ours to choose, also where a caller's header says that the request is traced.
        var share = new TraceIdRatioBasedSampler(Math.Clamp(options.TraceShare, 0, 1));
        traces
            .AddSource(Sources)
            .SetSampler(new ParentBasedSampler(share, remoteParentSampled: share, remoteParentNotSampled: share))
            .AddAspNetCoreInstrumentation(http =>
            {
                http.Filter = IsWorthATrace;
                http.EnrichWithHttpResponse = (activity, response) =>
                {
                    // Addresses hold what is secret (calendars, shared links) and what people looked for.
                    activity.SetTag(
                        "url.path",
                        (response.HttpContext.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText
                    );
                    activity.SetTag("url.query", null);
                    activity.SetTag("client.address", null);
                    activity.SetTag("user_agent.original", null);
                };
            })
            .AddHttpClientInstrumentation()
            .AddOtlpExporter(otlp => SendTo(otlp, options, "traces"));
    }

    // A circuit's connection lasts for hours; what happens on it has traces of its own.
    private static bool IsWorthATrace(HttpContext context) =>
        !context.Request.Path.StartsWithSegments("/health")
        && !context.Request.Path.StartsWithSegments(MetricsPath)
        && !context.Request.Path.StartsWithSegments("/_blazor")
        && !Path.HasExtension(context.Request.Path.Value);

    private static void SendTo(OtlpExporterOptions otlp, TelemetryOptions options, string signal)
    {
        var isHttp = options.OtlpProtocol is TelemetryProtocol.Http;
        otlp.Protocol = isHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        otlp.Endpoint = isHttp
            ? new Uri($"{options.OtlpEndpoint!.OriginalString.TrimEnd('/')}/v1/{signal}")
            : options.OtlpEndpoint!;
    }

    private static bool IsExported(TelemetryOptions options) =>
        options.OtlpEndpoint is { } address && TelemetryOptionsValidator.IsHttp(address);

    private static bool IsScraped(TelemetryOptions options) => !string.IsNullOrEmpty(options.MetricsToken);

    private static TelemetryOptions Read(IConfiguration configuration) =>
        configuration.GetSection(TelemetryOptions.Section).Get<TelemetryOptions>() ?? new();
}
