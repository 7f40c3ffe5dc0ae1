using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.Telemetry;

namespace ProPartHub.Web.Hosting.Telemetry;

/// <summary>Measures the open circuits of this process against what one person may have.</summary>
internal sealed class CircuitMeter : IHostedService
{
    public CircuitMeter(CircuitCount count, IOptions<HubOptions> options, IMeterFactory meters)
    {
        var meter = meters.Create(HubTelemetry.Name);
        meter.CreateObservableGauge("propart.circuits.open", () => count.Open);
        meter.CreateObservableGauge("propart.circuits.people", () => count.People);
        meter.CreateObservableGauge("propart.circuits.largest", () => count.Largest);
        meter.CreateObservableGauge("propart.circuits.limit", () => options.Value.CircuitsPerPerson);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
