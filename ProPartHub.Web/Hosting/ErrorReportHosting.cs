using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.Options;
using ProPartHub.Web.Hosting.ErrorReports;
using Serilog;

namespace ProPartHub.Web.Hosting;

/// <summary>Errors go to Sentry where its address is set; without one none of this is there.</summary>
internal static class ErrorReportHosting
{
    public static void AddHubErrorReports(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<IValidateOptions<ErrorReportOptions>, ErrorReportOptionsValidator>();
        services.AddOptions<ErrorReportOptions>().BindConfiguration(ErrorReportOptions.Section).ValidateOnStart();
        if (!IsOn(builder.Configuration))
        {
            return;
        }

        services.AddSingleton<CircuitOwners>();
        services.AddScoped<CircuitHandler, CircuitOwnership>();
        services.AddSingleton<ErrorReporter>();
    }

    /// <summary>Lets the log report its errors.</summary>
    public static LoggerConfiguration WriteToErrorReports(
        this LoggerConfiguration logger,
        IServiceProvider services,
        IConfiguration configuration
    ) => IsOn(configuration) ? logger.WriteTo.Sink(services.GetRequiredService<ErrorReporter>()) : logger;

    // An address that is none is said by the validator, and must not end the start before it.
    private static bool IsOn(IConfiguration configuration) =>
        configuration.GetSection(ErrorReportOptions.Section).Get<ErrorReportOptions>() is { Dsn.Length: > 0 } options
        && new ErrorReportOptionsValidator().Validate(null, options).Succeeded;
}
