using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using ProPartHub.Benchmarks.Live;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.Leads;
using ProPartHub.HubSpotSandbox;
using ProPartHub.HubSpotSandbox.Objects;

namespace ProPartHub.Benchmarks.Sync;

/// <summary>The first import: requests beside the fewest possible, and objects a second with and without limits.</summary>
internal static class ImportBenchmark
{
    private const int WarmUpDeals = 500;

    // Of the calls that are allowed.
    private const double Bar = 0.95;

    // Enough for the limited run to last beyond a minute.
    private const int LimitedDeals = 25_000;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    // What a call to HubSpot commonly takes.
    private static readonly TimeSpan Distance = TimeSpan.FromMilliseconds(150);
    private static readonly int Configured = new HubSpotOptions().RequestsPerTenSeconds;

    // The last places of a window are kept for people and edits: the limiter never gives them to an import.
    private const int Kept = 3;
    private static readonly TimeSpan LimitedTime = TimeSpan.FromSeconds(80);

    /// <returns>False when a deal did not become a lead, a call was refused or the import used too little.</returns>
    public static async Task<bool> RunAsync(
        BenchmarkOptions options,
        MarkdownReport report,
        CancellationToken cancellationToken
    )
    {
        await WarmUpAsync(cancellationToken);
        var isWhole = await UnlimitedAsync(options.Objects, report, cancellationToken);
        return await LimitedAsync(report, cancellationToken) && isWhole;
    }

    private static async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        await using var sandbox = await Account.StartAsync(WarmUpDeals, isLimited: false, cancellationToken);
        await using var hub = await SyncHub.StartAsync(sandbox, isLimited: false, new CommitClock(), cancellationToken);
        await hub.ImportAsync(TimeSpan.FromMinutes(5), cancellationToken);
    }

    private static async Task<bool> UnlimitedAsync(
        int deals,
        MarkdownReport report,
        CancellationToken cancellationToken
    )
    {
        await using var sandbox = await Account.StartAsync(deals, isLimited: false, cancellationToken);
        await using var hub = await SyncHub.StartAsync(sandbox, isLimited: false, new CommitClock(), cancellationToken);
        var isDone = await hub.ImportAsync(TimeSpan.FromHours(1), cancellationToken);
        var leads = await hub.CountAsync<Lead>(cancellationToken);
        var calls = hub.Calls.Calls;
        var import = calls.Where(call => call.Kind is CallKind.Page or CallKind.Batch).ToList();
        var cursors = await hub.CursorsAsync(cancellationToken);
        var bare = await ReplayAsync(sandbox, import, cancellationToken);

        var engagements = Account.CountEngagements(sandbox);
        var objects = Account.Count(sandbox, ObjectType.Deals) + Account.Count(sandbox, ObjectType.Contacts);
        var took = cursors.Max(cursor => cursor.ImportedAt) - cursors.Min(cursor => cursor.ImportStartedAt);
        var ofDeals = cursors.Single(cursor => cursor.ObjectType == HubSpotObjectTypes.Deals);
        var dealsTook = ofDeals.ImportedAt - ofDeals.ImportStartedAt;
        report.Heading($"Import of {Number(deals)} deals");
        report.Line(
            $"{Number(deals)} deals with their contacts and {Number(engagements)} notes, calls, mails, meetings and tasks. "
                + "The baseline replays the import's very requests by a bare HTTP client, one after another, keeping nothing."
        );
        report.Table(
            ["Requests", "Figure"],
            [
                ["the fewest possible", Number(Account.FewestCalls(sandbox))],
                ["pages and contacts read", Number(import.Count)],
                ["searches (totals to show progress, polls meanwhile)", Number(calls.Count(IsA(CallKind.Search)))],
                ["the account: properties, pipelines, owners", Number(calls.Count(IsA(CallKind.Account)))],
                ["leads made", Number(leads)],
            ]
        );
        report.Table(
            ["Objects a second, no limits", "Figure"],
            [
                ["all", Rate(objects + engagements, took)],
                ["deals and contacts", Rate(objects, dealsTook)],
                ["notes, calls, mails, meetings and tasks", Rate(engagements, took - dealsTook)],
                ["requests", Rate(import.Count, took)],
                ["baseline: all, bare HTTP", Rate(objects + engagements, bare)],
                ["baseline: requests, bare HTTP", Rate(import.Count, bare)],
            ]
        );
        return isDone && leads == deals;
    }

    private static async Task<TimeSpan> ReplayAsync(
        SandboxHost sandbox,
        IReadOnlyList<SentCall> calls,
        CancellationToken cancellationToken
    )
    {
        using var http = new HttpClient();
        var token = sandbox.Account.Options.AccessToken;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var start = Stopwatch.GetTimestamp();
        foreach (var call in calls)
        {
            await call.ReplayAsync(http, cancellationToken);
        }

        return Stopwatch.GetElapsedTime(start);
    }

    private static async Task<bool> LimitedAsync(MarkdownReport report, CancellationToken cancellationToken)
    {
        var near = await LimitedRunAsync(TimeSpan.Zero, LimitedTime, cancellationToken);
        var far = await LimitedRunAsync(Distance, LimitedTime, cancellationToken);
        report.Heading("Import within HubSpot's limits");
        report.Line(
            $"The default of {Configured} calls in ten seconds against a sandbox with the limits of the smallest plan, which "
                + $"says so in its answers. {Kept} of them are kept for people and edits; the others are what an import is "
                + "allowed, the baseline. Counted in whole windows of ten seconds after the first; nobody else calls. Once more "
                + "with answers that take as long as HubSpot's own."
        );
        report.Table(
            [
                "Answers take",
                "seconds",
                "calls started",
                "allowed",
                "share used",
                "share of all places",
                "most in ten seconds",
                "refused",
            ],
            [
                ["what loopback takes", .. near.Cells],
                [$"{Distance.TotalMilliseconds} ms longer", .. far.Cells],
            ]
        );
        return near is { Share: >= Bar, Refused: 0 } && far is { Share: >= Bar, Refused: 0 };
    }

    private static async Task<LimitedRun> LimitedRunAsync(
        TimeSpan distance,
        TimeSpan time,
        CancellationToken cancellationToken
    )
    {
        await using var sandbox = await Account.StartAsync(LimitedDeals, isLimited: true, cancellationToken);
        var clock = new CommitClock();
        await using var hub = await SyncHub.StartAsync(sandbox, isLimited: true, clock, cancellationToken, distance);
        await hub.ImportAsync(time, cancellationToken);
        var calls = hub.Calls.Calls.Where(call => call.Kind is not (CallKind.Search or CallKind.Associations)).ToList();

        // The first window begins empty and lets a burst through: what goes on for hours is what comes after it. Whole windows,
        // since calls come in bursts and a part of one would count too many or too few.
        var last = Stopwatch.GetElapsedTime(calls[0].At, calls[^1].At);
        var span = Window * Math.Floor((last - Window) / Window);
        var started = calls.Count(call =>
            Stopwatch.GetElapsedTime(calls[0].At, call.At) is var at && at >= Window && at < Window + span
        );
        var fullest = Enumerable
            .Range(0, calls.Count)
            .Max(first => calls.Skip(first).TakeWhile(call => IsWithin(calls[first], call)).Count());
        return new LimitedRun(span, started, fullest, hub.Calls.Calls.Count(call => call.Status == 429));
    }

    private static Func<SentCall, bool> IsA(CallKind kind) => call => call.Kind == kind;

    private static bool IsWithin(SentCall first, SentCall call) => Stopwatch.GetElapsedTime(first.At, call.At) < Window;

    private static string Rate(int count, TimeSpan? time) =>
        time is { } taken ? (count / taken.TotalSeconds).ToString("N0", CultureInfo.InvariantCulture) : "–";

    private static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <param name="Span">Time measured.</param>
    /// <param name="Started">Calls started in it.</param>
    /// <param name="Fullest">Most calls in any ten seconds, as seen at the socket.</param>
    /// <param name="Refused">Calls that the sandbox refused.</param>
    private sealed record LimitedRun(TimeSpan Span, int Started, int Fullest, int Refused)
    {
        public double Share => Started / Limit;

        public string[] Cells =>
            [
                Number((int)Span.TotalSeconds),
                Number(Started),
                Number((int)Limit),
                Share.ToString("P1", CultureInfo.InvariantCulture),
                (Started / (Configured * (Span / Window))).ToString("P1", CultureInfo.InvariantCulture),
                Number(Fullest),
                Number(Refused),
            ];

        private double Limit => (Configured - Kept) * (Span / Window);
    }
}
