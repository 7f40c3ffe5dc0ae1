using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Telemetry;

namespace ProPartHub.Domain.Live;

/// <summary>
/// One reader's place in the feed: bounded, already filtered by the reader's rights. A reader that does not keep up
/// loses the single messages and gets "read everything again" in their place.
/// </summary>
public sealed class FeedSubscription : IAsyncDisposable
{
    /// <summary>Messages kept for a reader that is busy.</summary>
    public const int Capacity = 256;

    /// <summary>Least time between two batches, so that a storm of changes costs a few renders a second.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMilliseconds(100);

    private readonly Actor _actor;
    private readonly TimeProvider _time;
    private readonly Action<FeedSubscription> _leave;

    // Null stands for "read everything again".
    private readonly Channel<LeadChange?> _changes = Channel.CreateBounded<LeadChange?>(
        new BoundedChannelOptions(Capacity) { SingleReader = true }
    );
    private int _overflowed;

    internal FeedSubscription(Actor actor, TimeProvider time, Action<FeedSubscription> leave) =>
        (_actor, _time, _leave) = (actor, time, leave);

    /// <summary>Messages waiting to be read, at most <see cref="Capacity"/>.</summary>
    public int Waiting => _changes.Reader.Count;

    /// <summary>
    /// The changes in batches. An isolated change comes at once; further ones are gathered for <see cref="Window"/>
    /// and merged by lead. Ends when the subscription is disposed.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async IAsyncEnumerable<FeedBatch> ReadBatchesAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var readAt = (long?)null;
        while (await _changes.Reader.WaitToReadAsync(cancellationToken))
        {
            if (readAt is { } last && Window - _time.GetElapsedTime(last) is { Ticks: > 0 } rest)
            {
                await Task.Delay(rest, _time, cancellationToken);
            }

            var batch = TakeAll();
            readAt = _time.GetTimestamp();
            if (batch.MustRefresh || batch.Changes.Count > 0)
            {
                yield return batch;
            }
        }
    }

    /// <summary>Leaves the feed; what was not read is dropped.</summary>
    public ValueTask DisposeAsync()
    {
        _leave(this);
        _changes.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    /// <summary>Hands a message over if the reader may know of it; never waits.</summary>
    internal void Offer(FeedMessage message)
    {
        if (message.IsRefreshAll)
        {
            Enqueue(null);
        }
        else if (FeedRights.ChangeFor(_actor, message) is { } change)
        {
            Enqueue(change);
        }
    }

    private void Enqueue(LeadChange? change)
    {
        if (!_changes.Writer.TryWrite(change))
        {
            // The mark comes first. If the second write fails too, the channel is still full, so the reader has yet
            // to empty it and will look at the mark; if it succeeds, the reader has a message to wake up for.
            if (Interlocked.Exchange(ref _overflowed, 1) == 0)
            {
                HubMetrics.FeedOverflows.Add(1);
            }

            _changes.Writer.TryWrite(null);
        }
    }

    private FeedBatch TakeAll()
    {
        var changes = new List<LeadChange?>();
        while (_changes.Reader.TryRead(out var change))
        {
            changes.Add(change);
        }

        return Interlocked.Exchange(ref _overflowed, 0) == 1 ? FeedBatch.Refresh : FeedBatch.Of(changes);
    }
}
