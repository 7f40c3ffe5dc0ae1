using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Reflection;

namespace ProPartHub.Domain.Telemetry;

/// <summary>
/// Under which name the hub measures and traces. Names of instruments follow OpenTelemetry: lower case, dots between the
/// parts, durations in seconds. No tag ever holds what a person typed, a name, an address or an id: each is one of a few
/// words known beforehand.
/// </summary>
public static class HubTelemetry
{
    /// <summary>Name of the meter and of the source of traces.</summary>
    public const string Name = "ProPartHub";

    /// <summary>The portal's version, with the commit it was built from where that is known.</summary>
    public static string Version { get; } =
        typeof(HubTelemetry).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>Traces of what runs in the background.</summary>
    public static ActivitySource Activities { get; } = new(Name);

    /// <summary>Counts what happens, where it happens; one for the process.</summary>
    internal static Meter Meter { get; } = new(Name);
}
