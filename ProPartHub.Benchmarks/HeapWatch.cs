using System.Diagnostics;

namespace ProPartHub.Benchmarks;

/// <summary>What one act cost.</summary>
/// <param name="Time">How long it took, nobody collecting meanwhile.</param>
/// <param name="Peak">Most managed bytes above those before it, garbage among them.</param>
/// <param name="Resident">Most bytes of memory that the whole process had.</param>
/// <param name="Live">Most managed bytes above those before it that outlived a full collection.</param>
/// <param name="Bytes">Bytes that it wrote.</param>
internal sealed record HeapFigures(TimeSpan Time, long Peak, long Resident, long Live, long Bytes);

/// <summary>
/// Runs an act twice and looks at the managed heap of this process meanwhile: once as it comes, for the time and the peak,
/// and once with full collections one after another, for what it holds.
/// </summary>
internal static class HeapWatch
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <param name="act">Writes to a stream and gives the bytes written.</param>
    public static async Task<HeapFigures> MeasureAsync(Func<Task<long>> act)
    {
        var (time, most, bytes) = await RunAsync(act, isCollecting: false);
        var (_, held, _) = await RunAsync(act, isCollecting: true);
        return new HeapFigures(time, most.Managed, most.Resident, held.Managed, bytes);
    }

    /// <summary>The same of an act that cannot be repeated: its time and its peak, nothing of what it held live.</summary>
    /// <param name="act">What is measured.</param>
    public static async Task<HeapFigures> OnceAsync(Func<Task> act)
    {
        var (time, most, _) = await RunAsync(
            async () =>
            {
                await act();
                return 0;
            },
            isCollecting: false
        );
        return new HeapFigures(time, most.Managed, most.Resident, Live: 0, Bytes: 0);
    }

    private static async Task<(TimeSpan Time, Memory Most, long Bytes)> RunAsync(
        Func<Task<long>> act,
        bool isCollecting
    )
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var ended = new CancellationTokenSource();
        var watch = Task.Run(() => MostAsync(isCollecting, ended.Token), CancellationToken.None);
        var start = Stopwatch.GetTimestamp();
        var bytes = await act();
        var time = Stopwatch.GetElapsedTime(start);
        await ended.CancelAsync();
        var most = await watch;
        return (time, most with { Managed = Math.Max(0, most.Managed - before) }, bytes);
    }

    private static async Task<Memory> MostAsync(bool isCollecting, CancellationToken ended)
    {
        var most = new Memory(0, 0);
        while (!ended.IsCancellationRequested)
        {
            var start = Stopwatch.GetTimestamp();
            if (isCollecting)
            {
                GC.Collect();
            }

            most = new Memory(
                Math.Max(most.Managed, GC.GetTotalMemory(forceFullCollection: false)),
                Math.Max(most.Resident, Environment.WorkingSet)
            );
            // A collection takes long where much is held; the act must get on between two of them.
            await Task.Delay(Pause + (2 * Stopwatch.GetElapsedTime(start)), ended)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return most;
    }

    private readonly record struct Memory(long Managed, long Resident);
}
