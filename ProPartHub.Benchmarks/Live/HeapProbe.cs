using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;
using Microsoft.Diagnostics.Tracing.Parsers;
using Microsoft.Diagnostics.Tracing.Parsers.Clr;

namespace ProPartHub.Benchmarks.Live;

/// <summary>Asks another .NET process for a full collection, and what its managed heap holds after it.</summary>
internal static class HeapProbe
{
    private const int OldestGeneration = 2;

    /// <summary>Size of the managed heap in KiB right after a full, blocking collection, holes left in it included.</summary>
    /// <param name="process">Id of a .NET process of the same user.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<long> LiveKilobytesAsync(int process, CancellationToken cancellationToken)
    {
        // The first one runs finalizers and lets go of what waited for them; the second one counts.
        await CollectAsync(process, cancellationToken);
        return await CollectAsync(process, cancellationToken) / 1024;
    }

    private static async Task<long> CollectAsync(int process, CancellationToken cancellationToken)
    {
        using var session = await new DiagnosticsClient(process).StartEventPipeSessionAsync(
            [
                new EventPipeProvider(
                    "Microsoft-Windows-DotNETRuntime",
                    EventLevel.Informational,
                    // The second of them asks for the collection itself.
                    (long)(ClrTraceEventParser.Keywords.GC | ClrTraceEventParser.Keywords.GCHeapCollect)
                ),
            ],
            requestRundown: false,
            token: cancellationToken
        );
        using var events = new EventPipeEventSource(session.EventStream);
        var heap = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        var isFull = false;
        events.Clr.GCStart += started =>
            isFull |= started.Depth == OldestGeneration && started.Reason is GCReason.Induced;
        events.Clr.GCHeapStats += stats =>
        {
            if (isFull)
            {
                heap.TrySetResult(stats.TotalHeapSize);
            }
        };
        var reading = Task.Run(events.Process, cancellationToken);
        var bytes = await heap.Task.WaitAsync(TimeSpan.FromMinutes(1), cancellationToken);
        await session.StopAsync(cancellationToken);
        await reading.WaitAsync(cancellationToken);
        return bytes;
    }
}
