using System.Diagnostics;
using System.Globalization;

namespace ProPartHub.Benchmarks.Lists;

/// <summary>How often a read is repeated, one after another; reads of seconds a little less often.</summary>
internal sealed record ReadTiming(int WarmUps, int Runs)
{
    private const int FewestRuns = 5;
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(20);

    /// <summary>For reads of some milliseconds.</summary>
    public static ReadTiming Quick { get; } = new(20, 200);

    /// <summary>For reads that may take seconds; p99 of so few is the longest.</summary>
    public static ReadTiming Slow { get; } = new(2, 20);

    public async Task<Percentiles> TimeAsync(Func<CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        var times = new List<TimeSpan>(Runs);
        var begun = Stopwatch.GetTimestamp();
        for (var number = -WarmUps; number < Runs && !IsEnough(times.Count, begun); number++)
        {
            var start = Stopwatch.GetTimestamp();
            await run(cancellationToken);
            if (number >= 0)
            {
                times.Add(Stopwatch.GetElapsedTime(start));
            }
        }

        return new Percentiles(times);
    }

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Runs} runs each after {WarmUps} to warm up, one after another ({FewestRuns} where {Enough.TotalSeconds} s are not enough for more)"
        );

    private static bool IsEnough(int runs, long begun) =>
        runs >= FewestRuns && Stopwatch.GetElapsedTime(begun) > Enough;
}
