using System.Diagnostics;
using System.Net;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Benchmarks.Data;
using ProPartHub.Benchmarks.Live;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Benchmarks.Drills;

/// <summary>PostgreSQL is frozen for a minute under the real portal with its own limits, while people read and write.</summary>
internal static class PauseDrill
{
    private const int Pages = 20;
    private const int Writers = 20;
    private const string Phones = "+380672000";
    private static readonly TimeSpan Probe = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(30);

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
        await using var open = await OpenPages.OpenAsync(
            portal.Address,
            StampWriter.ListPage,
            Pages,
            cancellationToken
        );
        await using var health = new HealthWatch(portal.Address, Probe);
        var server = hub.ServerId;

        await ServerFreeze.BeginAsync(server);
        List<Task<Visit>> visits;
        List<Task<Visit>> writes;
        try
        {
            health.Mark();
            visits =
            [
                .. people.Select(person => VisitAsync(portal.Address, StampWriter.ListPage, person, cancellationToken)),
            ];
            writes = [.. Enumerable.Range(0, Writers).Select(number => WriteAsync(hub, number, cancellationToken))];
            await Task.Delay(TimeSpan.FromSeconds(options.Pause), cancellationToken);
        }
        finally
        {
            await ServerFreeze.EndAsync(server);
        }

        var ready = await health.UntilReadyAsync(Recovery, cancellationToken);
        var visited = await Task.WhenAll(visits);
        var written = await Task.WhenAll(writes);
        var changes = await new StampWriter(hub, clock).WriteAsync(rate: 2, seconds: 3, cancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(5), cancellationToken);

        report.Heading($"Drill: PostgreSQL frozen for {options.Pause} s");
        var verdict = new DrillVerdict();
        health.Judge(verdict, ready);
        verdict.Note("pages asked for meanwhile, longest answer", Outcome(visited));
        await JudgeWritesAsync(verdict, hub, written, cancellationToken);
        JudgePages(verdict, open, changes);
        verdict.WriteTo(report);
        return verdict.IsPassed;
    }

    private static void JudgePages(DrillVerdict verdict, OpenPages open, IReadOnlyList<StampedChange> changes)
    {
        verdict.Expect(
            "circuits that reported an error",
            $"{open.Errors} of {Pages} {open.LastError?.Message}".TrimEnd(),
            open.Errors == 0
        );
        var expected = open.Viewers.Sum(viewer => viewer.Due(changes).Count);
        var missing = open.Viewers.Sum(viewer => viewer.Missed(changes));
        verdict.Expect(
            "changes made afterwards that reached the open pages",
            $"{expected - missing} of {expected}",
            missing == 0 && expected > 0
        );
    }

    private static async Task JudgeWritesAsync(
        DrillVerdict verdict,
        ScratchHub hub,
        Visit[] written,
        CancellationToken cancellationToken
    )
    {
        await using var db = await hub.OpenAsync(cancellationToken);
        var phones = await db
            .Leads.Where(lead => lead.Phone!.StartsWith(Phones))
            .Select(lead => lead.Phone!)
            .ToListAsync(cancellationToken);
        var stored = written.Where(write => write.IsDone).Select(write => write.Name).ToList();
        verdict.Note("leads saved as it froze, longest answer", Outcome(written));
        verdict.Expect(
            "leads said to be stored that are, and none twice",
            $"{stored.Count} said, {phones.Count} there",
            stored.TrueForAll(phones.Contains) && phones.Distinct().Count() == phones.Count
        );
    }

    private static async Task<Visit> VisitAsync(
        Uri server,
        string page,
        CookieContainer cookies,
        CancellationToken cancellationToken
    )
    {
        var begun = Stopwatch.GetTimestamp();
        using var http = new HttpClient(new HttpClientHandler { CookieContainer = cookies })
        {
            Timeout = TimeSpan.FromMinutes(5),
        };
        using var answer = await http.GetAsync(new Uri(server, page), cancellationToken);
        return new(page, answer.IsSuccessStatusCode, Stopwatch.GetElapsedTime(begun));
    }

    // By the portal's own service, transaction and limits.
    private static async Task<Visit> WriteAsync(ScratchHub hub, int number, CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        var input = new LeadInput { ClientName = $"Drill {number}", Phone = $"{Phones}{100 + number}" };
        var isDone = true;
        try
        {
            await hub.Get<LeadService>().CreateAsync(Actor.System, input, null, cancellationToken);
        }
        catch (Exception failure) when (DatabaseOutage.Is(failure))
        {
            isDone = false;
        }

        return new(input.Phone, isDone, Stopwatch.GetElapsedTime(begun));
    }

    private static string Outcome(IReadOnlyCollection<Visit> all) =>
        $"{all.Count(one => one.IsDone)} of {all.Count} done, {all.Max(one => one.Took).TotalSeconds:0.0} s";

    private sealed record Visit(string Name, bool IsDone, TimeSpan Took);
}
