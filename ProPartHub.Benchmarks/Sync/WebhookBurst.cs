using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ProPartHub.HubSpotSandbox.Objects;
using ProPartHub.HubSpotSandbox.Webhooks;

namespace ProPartHub.Benchmarks.Sync;

/// <summary>
/// A thousand signed events at once, as HubSpot sends them: at most ten requests on their way, up to a hundred events in
/// each. Every event names another deal, so the sync has its full work beside.
/// </summary>
internal sealed class WebhookBurst(ConnectedPortal portal) : IDisposable
{
    /// <summary>HubSpot waits five seconds; this is the bar set here.</summary>
    private static readonly TimeSpan Bar = TimeSpan.FromMilliseconds(200);

    private const int Events = 1_000;
    private const int LargestRequest = 100;
    private const int MostInFlight = 10;

    // Ten requests say little about a percentile.
    private const int Rounds = 10;
    private const int WarmUps = 3;

    private readonly HttpClient _http = new();
    private int _lastEvent;

    /// <returns>False when an answer was wrong or took longer than the bar at the 99th percentile.</returns>
    public async Task<bool> RunAsync(MarkdownReport report, CancellationToken cancellationToken)
    {
        var bare = new Uri(portal.Process.Address, "/health/live");
        for (var round = 0; round < WarmUps; round++)
        {
            await BurstAsync(portal.WebhookAddress, perRequest: 10, cancellationToken);
            await BurstAsync(bare, perRequest: 10, cancellationToken);
        }

        var rows = new List<IReadOnlyList<string>>();
        var isWithin = true;
        foreach (var perRequest in (int[])[LargestRequest, 1])
        {
            var (webhooks, baseline) = (new List<TimeSpan>(), new List<TimeSpan>());
            var rounds = perRequest == 1 ? 1 : Rounds;
            for (var round = 0; round < rounds; round++)
            {
                await portal.UntilQuietAsync(cancellationToken);
                baseline.AddRange(await BurstAsync(bare, perRequest, cancellationToken));
                webhooks.AddRange(await BurstAsync(portal.WebhookAddress, perRequest, cancellationToken));
            }

            var start = Stopwatch.GetTimestamp();
            await portal.UntilQuietAsync(cancellationToken);
            var (answer, empty) = (new Percentiles(webhooks), new Percentiles(baseline));
            var requests = $"{Events / perRequest} requests of {perRequest}";
            rows.Add([
                rounds == 1 ? requests : $"{requests}, {rounds} times",
                answer.At(50),
                answer.At(99),
                answer.At(100),
                empty.At(50),
                empty.At(99),
                Stopwatch.GetElapsedTime(start).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture),
            ]);
            isWithin &= webhooks.Order().ElementAt((webhooks.Count * 99 / 100) - 1) < Bar;
        }

        report.Heading($"Webhooks: {Events.ToString("N0", CultureInfo.InvariantCulture)} events at once");
        report.Line(
            $"At most {MostInFlight} requests on their way, as HubSpot does it; times to the answer in ms, bar "
                + $"{Bar.TotalMilliseconds} ms. The baseline posts the same bytes to /health/live. The last column is how long "
                + "after the last answer the sync has read every named deal again, within HubSpot's limits."
        );
        report.Table(
            ["Events", "p50", "p99", "longest", "baseline p50", "baseline p99", "all acted on after, s"],
            rows
        );
        return isWithin;
    }

    public void Dispose() => _http.Dispose();

    private async Task<IReadOnlyList<TimeSpan>> BurstAsync(
        Uri address,
        int perRequest,
        CancellationToken cancellationToken
    )
    {
        var deals = portal.Sandbox.Account.Locked(() =>
            portal.Sandbox.Account.Records(ObjectType.Deals).All.Take(Events).Select(deal => deal.Id).ToList()
        );
        var bodies = deals.Chunk(perRequest).Select(Body).ToList();
        var times = new TimeSpan[bodies.Count];
        var limits = new ParallelOptions
        {
            MaxDegreeOfParallelism = MostInFlight,
            CancellationToken = cancellationToken,
        };
        await Parallel.ForAsync(
            0,
            bodies.Count,
            limits,
            async (number, token) => times[number] = await PostAsync(address, bodies[number], token)
        );
        return times;
    }

    private async Task<TimeSpan> PostAsync(Uri address, string body, CancellationToken cancellationToken)
    {
        var stamp = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var secret = portal.Sandbox.Account.Options.ClientSecret;
        using var request = new HttpRequestMessage(HttpMethod.Post, address);
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body))
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
        };
        request.Headers.Add("X-HubSpot-Request-Timestamp", stamp);
        request.Headers.Add(
            "X-HubSpot-Signature-v3",
            WebhookSignature.V3(secret, "POST", address.OriginalString, body, stamp)
        );
        var start = Stopwatch.GetTimestamp();
        using var answer = await _http.SendAsync(request, cancellationToken);
        var took = Stopwatch.GetElapsedTime(start);
        return answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.NoContent
            ? took
            : throw new InvalidOperationException($"{address} answered {answer.StatusCode}.");
    }

    private string Body(IEnumerable<long> deals) =>
        JsonSerializer.Serialize(
            deals.Select(deal => new
            {
                eventId = ++_lastEvent,
                subscriptionId = 7,
                portalId = portal.Sandbox.Account.Options.PortalId,
                appId = 1,
                occurredAt = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
                subscriptionType = "deal.propertyChange",
                attemptNumber = 0,
                objectId = deal,
                propertyName = "dealname",
                propertyValue = "Somebody",
                changeSource = "CRM_UI",
            })
        );
}
