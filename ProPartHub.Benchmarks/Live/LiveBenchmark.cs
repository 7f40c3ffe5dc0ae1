using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Benchmarks.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Benchmarks.Live;

/// <summary>Circuits of the real portal: memory of each, and the way of a change from commit to render.</summary>
internal static class LiveBenchmark
{
    private const int SeededLeads = 2_000;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(5);

    /// <returns>False when something failed: a circuit reported an error or an expected change never came.</returns>
    public static async Task<bool> RunAsync(
        BenchmarkOptions options,
        MarkdownReport report,
        CancellationToken cancellationToken
    )
    {
        var clock = new CommitClock();
        await using var hub = await ScratchHub.StartAsync(clock, cancellationToken);
        report.Heading($"Live: {options.Circuits} circuits on {options.Page}");
        report.Line(
            $"Memory is what the portal takes more for each circuit after {Settle.TotalSeconds} s of rest: of the managed "
                + "heap right after a full collection, and of the resident set before it, garbage included."
        );

        // A portal of its own for each page: memory that one page's circuits left behind would hide the other's.
        var baseline = await BaselineAsync(options, hub, cancellationToken);
        await using var portal = await PortalProcess.StartAsync(
            options.Portal,
            hub.ConnectionString,
            cancellationToken
        );
        await SeedAsync(hub, cancellationToken);
        await WarmUpAsync(portal, options.Page, cancellationToken);
        var before = await MemoryReading.OfAsync(portal, cancellationToken);
        await using var pages = await OpenPages.OpenAsync(
            portal.Address,
            options.Page,
            options.Circuits,
            cancellationToken
        );
        await Task.Delay(Settle, cancellationToken);
        var idle = await MemoryReading.OfAsync(portal, cancellationToken);
        var changes = await new StampWriter(hub, clock).WriteAsync(options.Rate, options.Seconds, cancellationToken);
        await Task.Delay(Settle, cancellationToken);
        var after = await MemoryReading.OfAsync(portal, cancellationToken);
        var memory = (idle.EachSince(before, options.Circuits), after.EachSince(before, options.Circuits));
        return Report(options, report, pages, changes, memory, baseline);
    }

    private static bool Report(
        BenchmarkOptions options,
        MarkdownReport report,
        OpenPages pages,
        IReadOnlyList<StampedChange> changes,
        (MemoryReading Idle, MemoryReading AfterChanges) memory,
        MemoryReading? baseline
    )
    {
        var committed = changes.ToDictionary(change => change.Stamp);
        var latencies = new Percentiles(
            pages
                .Viewers.SelectMany(viewer => viewer.Arrivals)
                .Where(arrival => committed.ContainsKey(arrival.Stamp))
                .Select(arrival => Stopwatch.GetElapsedTime(committed[arrival.Stamp].CommittedAt, arrival.At))
        );
        var missing = pages.Viewers.Sum(viewer =>
        {
            var came = viewer.Arrivals.Select(arrival => arrival.Stamp).ToHashSet();
            return changes.Count(change => viewer.Shows(change.Number) && !came.Contains(change.Stamp));
        });
        var bytes = pages.Viewers.SelectMany(viewer => viewer.OneRowBytes).Order().ToList();
        report.Table(
            ["What", "Figure"],
            [
                ["changes committed", $"{changes.Count} at {options.Rate} a second"],
                ["changes that reached a viewer", Number(latencies.Count)],
                ["commit to render, p50", $"{latencies.At(50)} ms"],
                ["commit to render, p99", $"{latencies.At(99)} ms"],
                [
                    "bytes of a batch with one changed row, median",
                    bytes.Count == 0 ? "–" : Number(bytes[bytes.Count / 2]),
                ],
                ["heap kept by each circuit, idle", Kilobytes(memory.Idle.Heap)],
                ["the same after the changes", Kilobytes(memory.AfterChanges.Heap)],
                [$"the same on {options.Baseline}, idle (baseline)", Kilobytes(baseline?.Heap)],
                ["resident memory for each circuit, idle", Kilobytes(memory.Idle.Resident)],
                [$"the same on {options.Baseline} (baseline)", Kilobytes(baseline?.Resident)],
                ["expected changes that never came", Number(missing)],
                ["errors of circuits", Number(pages.Errors)],
            ]
        );
        return pages.Errors == 0 && missing == 0 && latencies.Count > 0;
    }

    private static async Task<MemoryReading?> BaselineAsync(
        BenchmarkOptions options,
        ScratchHub hub,
        CancellationToken cancellationToken
    )
    {
        await using var portal = await PortalProcess.StartAsync(
            options.Portal,
            hub.ConnectionString,
            cancellationToken
        );
        try
        {
            await WarmUpAsync(portal, options.Baseline, cancellationToken);
            var before = await MemoryReading.OfAsync(portal, cancellationToken);
            await using var pages = await OpenPages.OpenAsync(
                portal.Address,
                options.Baseline,
                options.Circuits,
                cancellationToken
            );
            await Task.Delay(Settle, cancellationToken);
            return (await MemoryReading.OfAsync(portal, cancellationToken)).EachSince(before, options.Circuits);
        }
        catch (Exception exception) when (exception is InvalidOperationException or HttpRequestException)
        {
            Console.Error.WriteLine($"{options.Baseline} could not be opened: {exception.Message}");
            return null;
        }
    }

    // The first circuits load code and fill pools, which no later one pays again.
    private static async Task WarmUpAsync(PortalProcess portal, string path, CancellationToken cancellationToken)
    {
        await using var pages = await OpenPages.OpenAsync(portal.Address, path, 3, cancellationToken);
        await Task.Delay(Settle, cancellationToken);
    }

    private static async Task SeedAsync(ScratchHub hub, CancellationToken cancellationToken)
    {
        await using var db = await hub.OpenAsync(cancellationToken);
        var agents = await db.Users.Where(user => user.Role == Role.Agent).ToListAsync(cancellationToken);
        var stages = await hub.Get<StageDirectory>().AllAsync(cancellationToken);
        await LeadCopy.WriteAsync(
            hub,
            LeadSpread.Make(SeededLeads, agents, stages, DateTimeOffset.UtcNow),
            cancellationToken
        );
        await hub.ExecuteAsync("VACUUM ANALYZE leads", cancellationToken);
    }

    private static string Kilobytes(long? value) =>
        value is { } kilobytes ? $"{Number(kilobytes)} KiB" : "not measured";

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
