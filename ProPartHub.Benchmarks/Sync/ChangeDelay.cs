using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Benchmarks.Live;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.HubSpotSandbox.Objects;
using ProPartHub.HubSpotSandbox.Webhooks;

namespace ProPartHub.Benchmarks.Sync;

/// <summary>
/// The way of a change made in HubSpot: signed webhook, reading the deal again, commit, render in open pages. Beside it the
/// same pages render changes made in the portal.
/// </summary>
internal sealed class ChangeDelay(ConnectedPortal portal, CommitClock clock)
{
    private const int Viewers = 10;
    private const int Leads = 20;
    private const int Changes = 120;
    private const int LocalSeconds = 20;
    private const int LocalRate = 5;

    // What a change costs in calls stays below what HubSpot allows.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(600);
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(5);

    private sealed record Change(string Stamp, string Number, long MadeAt, long? CommittedAt);

    /// <returns>False when a change never came or a circuit reported an error.</returns>
    public async Task<bool> RunAsync(MarkdownReport report, CancellationToken cancellationToken)
    {
        await using var pages = await OpenPages.OpenAsync(portal.Process.Address, "/leads", Viewers, cancellationToken);
        await using var commits = await CommitListener.StartAsync(portal.Hub.ConnectionString, cancellationToken);
        await Task.Delay(Settle, cancellationToken);
        portal.Sandbox.Webhooks.Settings = new WebhookSettings { Target = portal.WebhookAddress };
        var deals = await DealsAsync(cancellationToken);
        await MakeAsync(deals, Leads, first: 900_000, commits, cancellationToken);
        var reads = new List<TimeSpan>();
        foreach (var deal in deals)
        {
            reads.Add(await ReadAsync(deal.DealId, cancellationToken));
        }

        var made = await MakeAsync(deals, Changes, first: 100_000, commits, cancellationToken);
        portal.Sandbox.Webhooks.Settings = new WebhookSettings();
        await Task.Delay(Settle, cancellationToken);
        var local = await new StampWriter(portal.Hub, clock).WriteAsync(LocalRate, LocalSeconds, cancellationToken);
        await Task.Delay(Settle, cancellationToken);
        return Report(report, pages, made, local, new Percentiles(reads));
    }

    private static bool Report(
        MarkdownReport report,
        OpenPages pages,
        IReadOnlyList<Change> made,
        IReadOnlyList<StampedChange> local,
        Percentiles reads
    )
    {
        var toCommit = new Percentiles(
            made.Where(change => change.CommittedAt is not null)
                .Select(change => Stopwatch.GetElapsedTime(change.MadeAt, change.CommittedAt!.Value))
        );
        var toRender = Arrivals(pages, made.ToDictionary(change => change.Stamp, change => change.MadeAt));
        var commitToRender = Arrivals(
            pages,
            made.Where(change => change.CommittedAt is not null)
                .ToDictionary(change => change.Stamp, change => change.CommittedAt!.Value)
        );
        var localRender = Arrivals(pages, local.ToDictionary(change => change.Stamp, change => change.CommittedAt));
        var missing = pages.Viewers.Sum(viewer =>
        {
            var came = viewer.Arrivals.Select(arrival => arrival.Stamp).ToHashSet();
            return made.Count(change => viewer.Shows(change.Number) && !came.Contains(change.Stamp));
        });
        report.Heading("A change in HubSpot, from its webhook to the screen");
        report.Line(
            $"{made.Count} changes of a deal's name, one every {Pace.TotalMilliseconds} ms, {Viewers} circuits on /leads. Times "
                + "in ms from the moment of the change in the sandbox, which sends its webhook at once."
        );
        report.Table(
            ["What", "count", "p50", "p99"],
            [
                ["change to commit", $"{toCommit.Count}", toCommit.At(50), toCommit.At(99)],
                ["change to render", $"{toRender.Count}", toRender.At(50), toRender.At(99)],
                ["commit to render", $"{commitToRender.Count}", commitToRender.At(50), commitToRender.At(99)],
                ["baseline: reading one deal, bare HTTP", $"{reads.Count}", reads.At(50), reads.At(99)],
                [
                    "baseline: commit to render of a change made in the portal",
                    $"{localRender.Count}",
                    localRender.At(50),
                    localRender.At(99),
                ],
                ["expected changes that never came", $"{missing}", "", ""],
                ["errors of circuits", $"{pages.Errors}", "", ""],
            ]
        );
        return missing == 0 && pages.Errors == 0 && toCommit.Count == made.Count && toRender.Count > 0;
    }

    private static Percentiles Arrivals(OpenPages pages, Dictionary<string, long> since) =>
        new(
            pages
                .Viewers.SelectMany(viewer => viewer.Arrivals)
                .Where(arrival => since.ContainsKey(arrival.Stamp))
                .Select(arrival => Stopwatch.GetElapsedTime(since[arrival.Stamp], arrival.At))
        );

    private async Task<List<Change>> MakeAsync(
        IReadOnlyList<ShownDeal> deals,
        int count,
        int first,
        CommitListener commits,
        CancellationToken cancellationToken
    )
    {
        var made = new List<Change>();
        for (var number = 0; number < count; number++)
        {
            var deal = deals[number % deals.Count];
            var stamp = "Stamp " + (first + number).ToString("000000", CultureInfo.InvariantCulture);
            var at = Stopwatch.GetTimestamp();
            portal.Sandbox.HeadOffice.Update(ObjectType.Deals, deal.DealId, "dealname", stamp);
            await Task.Delay(Pace, cancellationToken);
            var commit = commits.Last(deal.LeadId);
            made.Add(new Change(stamp, deal.Number, at, commit > at ? commit : null));
        }

        return made;
    }

    private async Task<IReadOnlyList<ShownDeal>> DealsAsync(CancellationToken cancellationToken)
    {
        var query = new LeadListQuery { PageSize = Leads };
        var rows = (await portal.Hub.Get<LeadQueries>().PageAsync(Actor.System, query, cancellationToken)).Rows;
        var ids = rows.Select(row => row.Id).ToList();
        await using var db = await portal.Hub.OpenAsync(cancellationToken);
        var deals = await db
            .LeadSyncs.Where(sync => ids.Contains(sync.LeadId) && sync.DealId != null)
            .ToDictionaryAsync(sync => sync.LeadId, sync => sync.DealId!, cancellationToken);
        return [.. rows.Select(row => new ShownDeal(row.Id, $"L-{row.Number}", deals[row.Id]))];
    }

    private async Task<TimeSpan> ReadAsync(string dealId, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        var token = portal.Sandbox.Account.Options.AccessToken;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var start = Stopwatch.GetTimestamp();
        var call = new SentCall(
            start,
            HttpMethod.Post,
            new Uri(portal.Sandbox.BaseAddress, "/crm/objects/2026-03/deals/batch/read"),
            Encoding.UTF8.GetBytes($$"""{"inputs":[{"id":"{{dealId}}"}],"properties":["dealname"]}"""),
            Status: 0
        );
        await call.ReplayAsync(http, cancellationToken);
        return Stopwatch.GetElapsedTime(start);
    }

    private sealed record ShownDeal(Guid LeadId, string Number, string DealId);
}
