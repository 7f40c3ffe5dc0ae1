using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;
using Microsoft.Diagnostics.Tracing.Parsers;
using Microsoft.Diagnostics.Tracing.Parsers.Clr;

namespace ProPartHub.Benchmarks.Live;

/// <summary>What a full collection left.</summary>
/// <param name="Kept">Objects that are still used, in KiB.</param>
/// <param name="Heap">The heap they lie in, holes included, in KiB.</param>
internal sealed record CollectedHeap(long Kept, long Heap);

/// <summary>Asks another .NET process for a full collection, and what its managed heap holds after it.</summary>
internal static class HeapProbe
{
    private const int OldestGeneration = 2;

    /// <summary>Right after a full, blocking collection.</summary>
    /// <param name="process">Id of a .NET process of the same user.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<CollectedHeap> ReadAsync(int process, CancellationToken cancellationToken)
    {
        // The first one runs finalizers and lets go of what waited for them; the second one counts.
        await CollectAsync(process, cancellationToken);
        return await CollectAsync(process, cancellationToken);
    }

    private static async Task<CollectedHeap> CollectAsync(int process, CancellationToken cancellationToken)
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
        var heap = new TaskCompletionSource<CollectedHeap>(TaskCreationOptions.RunContinuationsAsynchronously);
        var isFull = false;
        events.Clr.GCStart += started =>
            isFull |= started.Depth == OldestGeneration && started.Reason is GCReason.Induced;
        events.Clr.GCHeapStats += stats =>
        {
            if (isFull)
            {
                heap.TrySetResult(new CollectedHeap(stats.TotalPromoted / 1024, stats.TotalHeapSize / 1024));
            }
        };
        var reading = Task.Run(events.Process, cancellationToken);
        var left = await heap.Task.WaitAsync(TimeSpan.FromMinutes(1), cancellationToken);
        await session.StopAsync(cancellationToken);
        await reading.WaitAsync(cancellationToken);
        return left;
    }
}
