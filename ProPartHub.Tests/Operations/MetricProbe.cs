using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using ProPartHub.Domain.Telemetry;

namespace ProPartHub.Tests.Operations;

/// <summary>
/// Hears what the hub measures on the paths that begin in the test; other tests of the process measure at the same time.
/// </summary>
internal sealed class MetricProbe : IDisposable
{
    private static readonly AsyncLocal<MetricProbe?> Mine = new();

    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<Heard> _heard = new();

    public MetricProbe()
    {
        Mine.Value = this;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == HubTelemetry.Name && !instrument.IsObservable)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Hear(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Hear(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>Values of an instrument, oldest first.</summary>
    /// <param name="instrument">Its name.</param>
    /// <param name="tags">Tags they must have, as <c>name=value</c>.</param>
    public IReadOnlyList<double> Of(string instrument, params string[] tags) =>
        [
            .. _heard
                .Where(heard => heard.Instrument == instrument && tags.All(heard.Tags.Contains))
                .Select(heard => heard.Value),
        ];

    public void Dispose() => _listener.Dispose();

    private void Hear(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (Mine.Value == this)
        {
            var written = new List<string>();
            foreach (var (name, tag) in tags)
            {
                written.Add($"{name}={tag}");
            }

            _heard.Enqueue(new(instrument.Name, value, written));
        }
    }

    private sealed record Heard(string Instrument, double Value, IReadOnlyList<string> Tags);
}
