using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Telemetry;

namespace ProPartHub.Domain.Live;

/// <summary>
/// Hands what <see cref="FeedListener"/> hears to everyone in this process who may know of it. One for the process;
/// safe to call from any thread.
/// </summary>
public sealed class LeadFeed(TimeProvider time, ILogger<LeadFeed> logger)
{
    private readonly ConcurrentDictionary<FeedSubscription, byte> _subscriptions = new();

    /// <summary>Open subscriptions.</summary>
    public int Subscribers => _subscriptions.Count;

    /// <summary>
    /// Joins the feed. Join before reading what is shown, or a change in between is missed;
    /// <see cref="StartAsync"/> does so by itself.
    /// </summary>
    /// <param name="actor">Whose row rights decide what comes.</param>
    public FeedSubscription Subscribe(Actor actor)
    {
        var subscription = new FeedSubscription(actor, time, left => _subscriptions.TryRemove(left, out _));
        _subscriptions.TryAdd(subscription, 0);
        return subscription;
    }

    /// <summary>Tells all subscribers; returns at once however slow they are.</summary>
    public void Publish(FeedMessage message)
    {
        var begun = Stopwatch.GetTimestamp();
        foreach (var (subscription, _) in _subscriptions)
        {
            subscription.Offer(message);
        }

        HubMetrics.FeedFanOut.Record(Stopwatch.GetElapsedTime(begun).TotalSeconds);
    }

    /// <summary>Joins the feed and calls back for each batch until the pump is disposed.</summary>
    /// <param name="actor">Whose row rights decide what comes.</param>
    /// <param name="onBatch">Called for one batch at a time, in the culture of the caller of this method.</param>
    public FeedPump Start(Actor actor, Func<FeedBatch, Task> onBatch) => new(Subscribe(actor), onBatch, time, logger);

    /// <summary>
    /// The same for whoever joined earlier and has read since: what was committed after the joining waits in the subscription. It is
    /// the pump's from here on.
    /// </summary>
    /// <param name="joined">What <see cref="Subscribe"/> gave.</param>
    /// <param name="onBatch">Called for one batch at a time.</param>
    public FeedPump Continue(FeedSubscription joined, Func<FeedBatch, Task> onBatch) =>
        new(joined, onBatch, time, logger);

    /// <summary>
    /// Joins the feed, then reads, then calls back for each batch: a change committed before the read is in what was
    /// read, one committed after it comes in a batch, so none is missed. One committed in between is met twice, which
    /// does no harm: batches carry no values, and reading a row again gives the same row.
    /// </summary>
    /// <param name="actor">Whose row rights decide what comes.</param>
    /// <param name="load">Reads what is shown.</param>
    /// <param name="onBatch">Called for one batch at a time, never before <paramref name="load"/> is done.</param>
    /// <param name="cancellationToken">Ends the wait for <paramref name="load"/>.</param>
    /// <exception cref="Exception">Whatever <paramref name="load"/> throws; nothing is left joined then.</exception>
    public async Task<FeedPump> StartAsync(
        Actor actor,
        Func<CancellationToken, Task> load,
        Func<FeedBatch, Task> onBatch,
        CancellationToken cancellationToken
    )
    {
        var subscription = Subscribe(actor);
        try
        {
            await load(cancellationToken);
            return new FeedPump(subscription, onBatch, time, logger);
        }
        catch
        {
            await subscription.DisposeAsync();
            throw;
        }
    }
}
