using System.Diagnostics;
using System.Globalization;
using System.Net;
using ProPartHub.Benchmarks.Data;
using ProPartHub.Benchmarks.Live;

namespace ProPartHub.Benchmarks.Drills;

/// <summary>All browsers lose their connection in the same instant, as when a proxy is started anew, and all come back at once.</summary>
internal static class ReconnectDrill
{
    private const int OpenAtOnce = 8;
    private const int Rate = 2;
    private const int Seconds = 5;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(5);

    public static async Task<bool> RunAsync(
        BenchmarkOptions options,
        MarkdownReport report,
        CancellationToken cancellationToken
    )
    {
        var clock = new CommitClock();
        await using var hub = await ScratchHub.StartAsync(clock, cancellationToken);
        await using var portal = await PortalProcess.StartAsync(
            options.Portal,
            hub.ConnectionString,
            cancellationToken
        );
        await portal.UntilStartedAsync(cancellationToken);
        var people = await DemoSession.EnterAllAsync(portal.Address, cancellationToken);
        await DrillBenchmark.SeedAsync(hub, cancellationToken);
        var empty = portal.ResidentKilobytes;
        var begun = Stopwatch.GetTimestamp();
        var browsers = await OpenAsync(options, portal.Address, people, cancellationToken);
        var opening = Stopwatch.GetElapsedTime(begun);
        try
        {
            await Task.Delay(Settle, cancellationToken);
            var open = portal.ResidentKilobytes;
            await Task.WhenAll(browsers.Select(browser => browser.CutAsync(cancellationToken)));
            begun = Stopwatch.GetTimestamp();
            await Task.WhenAll(browsers.Select(browser => browser.ComeBackAsync(cancellationToken)));
            var back = Stopwatch.GetElapsedTime(begun);
            var after = portal.ResidentKilobytes;
            await Task.Delay(Settle, cancellationToken);
            var changes = await new StampWriter(hub, clock).WriteAsync(Rate, Seconds, cancellationToken);
            await Task.Delay(Settle, cancellationToken);

            report.Heading($"Drill: {browsers.Count} browsers lose their connection and come back at once");
            var verdict = new DrillVerdict();
            verdict.Note("opened, eight at a time, in", $"{opening.TotalSeconds:0.0} s");
            Judge(verdict, browsers, changes);
            verdict.Note("all back after", $"{back.TotalSeconds:0.0} s");
            verdict.Note(
                "resident memory of the portal: before, with all open, when all were back",
                $"{Megabytes(empty)}, {Megabytes(open)}, {Megabytes(after)}"
            );
            verdict.WriteTo(report);
            return verdict.IsPassed;
        }
        finally
        {
            foreach (var browser in browsers)
            {
                await browser.DisposeAsync();
            }
        }
    }

    private static void Judge(DrillVerdict verdict, List<LostBrowser> browsers, IReadOnlyList<StampedChange> changes)
    {
        var times = new Percentiles(
            browsers.Where(browser => browser.Took is not null).Select(browser => browser.Took!.Value)
        );
        var forgotten = browsers.Count(browser => browser.IsForgotten);
        verdict.Expect(
            "came back to their own circuit",
            $"{times.Count} of {browsers.Count}; {forgotten} were forgotten",
            times.Count == browsers.Count
        );
        verdict.Note("lost to back, p50 and p99", $"{times.At(50)} ms, {times.At(99)} ms");
        verdict.Note("tries that failed and were repeated", $"{browsers.Sum(browser => browser.Failures)}");
        var expected = browsers.Sum(browser => browser.Viewer.Due(changes).Count);
        var missing = browsers.Sum(browser => browser.Viewer.Missed(changes));
        verdict.Expect(
            "changes made afterwards that reached their pages",
            $"{expected - missing} of {expected}",
            missing == 0 && expected > 0
        );
    }

    private static async Task<List<LostBrowser>> OpenAsync(
        BenchmarkOptions options,
        Uri server,
        IReadOnlyList<CookieContainer> people,
        CancellationToken cancellationToken
    )
    {
        var browsers = new LostBrowser[options.Circuits];
        await Parallel.ForAsync(
            0,
            options.Circuits,
            new ParallelOptions { MaxDegreeOfParallelism = OpenAtOnce, CancellationToken = cancellationToken },
            async (number, token) =>
                browsers[number] = await LostBrowser.OpenAsync(
                    server,
                    StampWriter.ListPage,
                    people[number % people.Count],
                    token
                )
        );
        return [.. browsers];
    }

    private static string Megabytes(long kilobytes) =>
        $"{(kilobytes / 1024).ToString("N0", CultureInfo.InvariantCulture)} MiB";
}
