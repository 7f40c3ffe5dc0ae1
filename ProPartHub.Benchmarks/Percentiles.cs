using System.Globalization;

namespace ProPartHub.Benchmarks;

/// <summary>Measured times, sorted.</summary>
internal sealed class Percentiles(IEnumerable<TimeSpan> times)
{
    private readonly TimeSpan[] _times = [.. times.Order()];

    public int Count => _times.Length;

    /// <summary>The nearest-rank percentile in milliseconds, or a dash when nothing was measured.</summary>
    public string At(int percent) =>
        _times.Length == 0 ? "–" : Of(percent).TotalMilliseconds.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>The nearest-rank percentile; something must have been measured.</summary>
    public TimeSpan Of(int percent) => _times[(int)Math.Ceiling(percent / 100.0 * _times.Length) - 1];
}
