using System.Globalization;
using System.Security.Claims;
using Microsoft.Extensions.Options;
using ProPartHub.Web.Hosting.Logging;
using ProPartHub.Web.Hosting.Telemetry;
using Serilog;
using Serilog.Configuration;
using Serilog.Context;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace ProPartHub.Web.Hosting;

internal static class LoggingHosting
{
    private const long FileSize = 10 * 1024 * 1024;
    private const int FileCount = 10;

    private const string ConsoleLine =
        "{Timestamp:HH:mm:ss.fff} {Level:u3} {SourceContext} {Message:lj} {UserId} {CircuitId}{NewLine}{Exception}";

    /// <summary>Everything written passes the mask of personal data first, whichever sink it goes to.</summary>
    public static void AddHubLogging(this WebApplicationBuilder builder) =>
        builder.Services.AddSerilog(
            (services, logger) =>
                logger
                    .ReadFrom.Configuration(builder.Configuration)
                    .Enrich.FromLogContext()
                    .WriteTo.Sink(new LogLineCount())
                    .WriteToErrorReports(services, builder.Configuration)
                    .WriteTo.Sink(
                        LoggerSinkConfiguration.Wrap(
                            inner => new MaskingSink(inner),
                            sinks =>
                            {
                                WriteToConsole(sinks, builder.Environment);
                                WriteToFiles(sinks, builder.Environment, services);
                                sinks.WriteToCollector(builder.Configuration);
                            }
                        )
                    ),
            preserveStaticLogger: true
        );

    /// <summary>One line for each request; static files, health probes and circuit connections only when somebody lowers the level.</summary>
    public static void UseHubRequestLogging(this WebApplication app) =>
        app.UseSerilogRequestLogging(options =>
        {
            options.Logger = app.Services.GetRequiredService<Serilog.ILogger>();
            options.EnrichDiagnosticContext = (line, context) => line.Set("UserId", UserId(context));
            options.GetLevel = (context, _, exception) =>
                exception is not null || context.Response.StatusCode >= 500 ? LogEventLevel.Error
                : IsNoise(context) ? LogEventLevel.Verbose
                : LogEventLevel.Information;
        });

    /// <summary>Names the signed-in person (by id only) on every line logged while the request runs.</summary>
    public static void UseHubLogIdentity(this WebApplication app) =>
        app.Use(
            async (context, next) =>
            {
                using (LogContext.PushProperty("UserId", UserId(context)))
                {
                    await next(context);
                }
            }
        );

    /// <summary>Where log files go, absolute; empty for nowhere. Read without the options, which are checked later.</summary>
    public static string Folder(IServiceProvider services)
    {
        var named =
            services.GetRequiredService<IConfiguration>()[$"{HubOptions.Section}:{nameof(HubOptions.LogFolder)}"]
            ?? new HubOptions().LogFolder;
        return named.Length == 0
            ? ""
            : Path.Combine(services.GetRequiredService<IHostEnvironment>().ContentRootPath, named);
    }

    private static string? UserId(HttpContext context) => context.User.FindFirstValue(ClaimTypes.NameIdentifier);

    private static bool IsNoise(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/health")
        || context.Request.Path.StartsWithSegments("/_blazor")
        || Path.HasExtension(context.Request.Path.Value);

    private static void WriteToConsole(LoggerSinkConfiguration sinks, IHostEnvironment environment)
    {
        if (environment.IsDevelopment())
        {
            sinks.Console(outputTemplate: ConsoleLine, formatProvider: CultureInfo.InvariantCulture);
        }
        else
        {
            sinks.Console(new CompactJsonFormatter());
        }
    }

    private static void WriteToFiles(
        LoggerSinkConfiguration sinks,
        IHostEnvironment environment,
        IServiceProvider services
    )
    {
        if (Folder(services) is { Length: > 0 } folder)
        {
            sinks.File(
                new CompactJsonFormatter(),
                Path.Combine(folder, "hub.log"),
                fileSizeLimitBytes: FileSize,
                rollOnFileSizeLimit: true,
                retainedFileCountLimit: FileCount
            );
        }
    }
}
