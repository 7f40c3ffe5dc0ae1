using System.Diagnostics.Metrics;

namespace ProPartHub.Domain.Telemetry;

/// <summary>
/// What is counted and timed at the moment it happens. What is a state rather than an event (queues, budget, sizes) is read
/// by <c>OperationsMeter</c>.
/// </summary>
public static class HubMetrics
{
    private static readonly Meter Meter = HubTelemetry.Meter;

    // From a hundredth of what is quick to what nobody waits for.
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    };

    private static readonly InstrumentAdvice<double> LongSeconds = new()
    {
        HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 1800],
    };

    /// <summary>From just before a commit to its message being heard by this process.</summary>
    internal static Histogram<double> FeedLag { get; } =
        Meter.CreateHistogram("propart.feed.lag", "s", "From the commit of a change to hearing of it.", null, Seconds);

    /// <summary>Handing one message to every subscriber of this process.</summary>
    internal static Histogram<double> FeedFanOut { get; } =
        Meter.CreateHistogram("propart.feed.fanout.duration", "s", "Handing a message to all pages.", null, Seconds);

    /// <summary>A page taking in a batch: reading what changed and rendering it.</summary>
    internal static Histogram<double> FeedDelivery { get; } =
        Meter.CreateHistogram("propart.feed.delivery.duration", "s", "A page showing a batch.", null, Seconds);

    /// <summary>Messages heard; tag <c>kind</c>: <c>change</c> or <c>refresh</c> ("everyone reads again").</summary>
    internal static Counter<long> FeedMessages { get; } =
        Meter.CreateCounter<long>("propart.feed.messages", "{message}", "Messages heard.");

    /// <summary>Subscribers that did not keep up and were told to read everything again.</summary>
    internal static Counter<long> FeedOverflows { get; } =
        Meter.CreateCounter<long>("propart.feed.overflows", "{overflow}", "Pages that did not keep up.");

    /// <summary>Connections of the listener that were lost.</summary>
    internal static Counter<long> FeedLosses { get; } =
        Meter.CreateCounter<long>("propart.feed.losses", "{loss}", "Connections of the change feed that were lost.");

    /// <summary>Transactions of the hub from begin to commit, with every try.</summary>
    internal static Histogram<double> Transactions { get; } =
        Meter.CreateHistogram("propart.transaction.duration", "s", "Writing transactions, all tries.", null, Seconds);

    /// <summary>Tries beyond the first; tag <c>reason</c>: <c>conflict</c> or <c>fault</c>.</summary>
    internal static Counter<long> Retries { get; } =
        Meter.CreateCounter<long>("propart.transaction.retries", "{retry}", "Transactions that ran again.");

    /// <summary>Security events committed; tag <c>kind</c>, such as <c>LogInFailed</c>.</summary>
    internal static Counter<long> SecurityEvents { get; } =
        Meter.CreateCounter<long>("propart.security.events", "{event}", "Security events written.");

    /// <summary>Requests to HubSpot, one for each attempt; tags <c>bucket</c> and <c>outcome</c>.</summary>
    internal static Histogram<double> HubSpotRequests { get; } =
        Meter.CreateHistogram("propart.hubspot.request.duration", "s", "Attempts at HubSpot.", null, Seconds);

    /// <summary>Refusals of HubSpot for too many calls; tag <c>limit</c>.</summary>
    internal static Counter<long> HubSpotRefusals { get; } =
        Meter.CreateCounter<long>("propart.hubspot.refusals", "{refusal}", "Calls refused by HubSpot's limits.");

    /// <summary>
    /// Reads that something kept or under way could answer; tags <c>cache</c> and <c>result</c>: <c>hit</c> or <c>miss</c>.
    /// </summary>
    internal static Counter<long> Cache { get; } =
        Meter.CreateCounter<long>("propart.cache.requests", "{request}", "Reads that another read could answer.");

    /// <summary>Runs of background work; tags <c>work</c> and <c>outcome</c>: <c>done</c> or <c>failed</c>.</summary>
    internal static Histogram<double> Work { get; } =
        Meter.CreateHistogram("propart.work.duration", "s", "Runs of background work.", null, LongSeconds);

    /// <summary>Lines of the log from warnings up; tag <c>level</c>.</summary>
    public static Counter<long> LogLines { get; } =
        Meter.CreateCounter<long>("propart.log.lines", "{line}", "Warnings and errors in the log.");

    /// <summary>Circuits refused because their person has too many open.</summary>
    public static Counter<long> CircuitsRefused { get; } =
        Meter.CreateCounter<long>("propart.circuits.refused", "{circuit}", "Circuits refused for having too many.");

    /// <summary>Counts a read that something kept or under way could answer.</summary>
    /// <param name="cache">What could answer, a word known beforehand.</param>
    /// <param name="isHit">Whether it did.</param>
    public static void CountCache(string cache, bool isHit) =>
        Cache.Add(1, new("cache", cache), new KeyValuePair<string, object?>("result", isHit ? "hit" : "miss"));

    /// <summary>
    /// Begins the counters that alerts look at with nought, so that their first event is a rise and not a beginning.
    /// </summary>
    internal static void Begin()
    {
        FeedLosses.Add(0);
        FeedOverflows.Add(0);
        CircuitsRefused.Add(0);
        foreach (var reason in new[] { "conflict", "fault" })
        {
            Retries.Add(0, new KeyValuePair<string, object?>("reason", reason));
        }

        foreach (var level in new[] { "Warning", "Error", "Fatal" })
        {
            LogLines.Add(0, new KeyValuePair<string, object?>("level", level));
        }

        foreach (var kind in new[] { "LogInFailed", "LockedOut", "AccessDenied", "WebhookRefused" })
        {
            SecurityEvents.Add(0, new KeyValuePair<string, object?>("kind", kind));
        }
    }
}
