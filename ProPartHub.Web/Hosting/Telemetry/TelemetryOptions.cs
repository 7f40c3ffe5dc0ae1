using Microsoft.Extensions.Options;

namespace ProPartHub.Web.Hosting.Telemetry;

/// <summary>How the OpenTelemetry collector is spoken to.</summary>
public enum TelemetryProtocol
{
    /// <summary>OTLP over gRPC, mostly on port 4317.</summary>
    Grpc,

    /// <summary>OTLP over HTTP, mostly on port 4318; each signal has its path below the address.</summary>
    Http,
}

/// <summary>Where traces, metrics and log lines go; nowhere unless something is set.</summary>
public sealed class TelemetryOptions
{
    /// <summary>The configuration section these settings are read from.</summary>
    public const string Section = "Telemetry";

    /// <summary>Shortest token, in characters.</summary>
    public const int ShortestToken = 16;

    /// <summary>
    /// Address of an OpenTelemetry collector, such as <c>http://collector:4317</c>, to which traces, metrics and log lines are
    /// sent; nothing is sent without one.
    /// </summary>
    public Uri? OtlpEndpoint { get; set; }

    /// <summary>How the collector is spoken to.</summary>
    public TelemetryProtocol OtlpProtocol { get; set; } = TelemetryProtocol.Grpc;

    /// <summary>Share of requests, clicks and runs of background work that are traced, from 0 to 1.</summary>
    public double TraceShare { get; set; } = 1;

    /// <summary>
    /// The bearer token that opens <c>/metrics</c> to Prometheus, and the reasons of <c>/health/ready</c> to machines other
    /// than this one; 16 characters or more. Without one there is no <c>/metrics</c>.
    /// </summary>
    public string? MetricsToken { get; set; }
}

/// <summary>Names every fault of these settings at once.</summary>
internal sealed class TelemetryOptionsValidator : IValidateOptions<TelemetryOptions>
{
    public ValidateOptionsResult Validate(string? name, TelemetryOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(TelemetryOptions options)
    {
        if (options.OtlpEndpoint is { } address && !IsHttp(address))
        {
            yield return $"Telemetry:OtlpEndpoint '{address}' must be an http(s) address, such as http://collector:4317.";
        }

        if (options.TraceShare is not (>= 0 and <= 1))
        {
            yield return "Telemetry:TraceShare must be from 0 to 1.";
        }

        // Its words are a secret and stay out of the message.
        if (options.MetricsToken is { Length: > 0 and < TelemetryOptions.ShortestToken })
        {
            yield return $"Telemetry:MetricsToken must have {TelemetryOptions.ShortestToken} characters or more.";
        }
    }

    internal static bool IsHttp(Uri address) => address is { IsAbsoluteUri: true, Scheme: "http" or "https" };
}
