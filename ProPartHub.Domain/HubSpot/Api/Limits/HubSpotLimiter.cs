using Microsoft.Extensions.Options;

namespace ProPartHub.Domain.HubSpot.Api;

/// <summary>
/// The one gate through which every request to HubSpot goes: three rolling windows, a queue by priority before each, and
/// the account's day. One for the process; right for the installation because only the lease holder talks to HubSpot.
/// </summary>
public sealed class HubSpotLimiter : IDisposable
{
    private static readonly TimeSpan TenSeconds = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly long _origin;
    private readonly DailyBudget _daily = new();
    private readonly LimiterLane[] _lanes;
    private HubSpotClosure? _closed;

    /// <summary>Makes a limiter with the configured numbers; it starts empty and knows nothing of the day yet.</summary>
    public HubSpotLimiter(IOptions<HubSpotOptions> options, TimeProvider time)
    {
        _time = time;
        _origin = time.GetTimestamp();
        _lanes =
        [
            MakeLane(HubSpotBucket.General, options.Value.RequestsPerTenSeconds, TenSeconds),
            MakeLane(HubSpotBucket.Search, options.Value.SearchesPerSecond, TimeSpan.FromSeconds(1)),
            MakeLane(HubSpotBucket.Associations, options.Value.AssociationsPerTenSeconds, TenSeconds),
        ];
    }

    // Windows are measured on the monotonic clock: setting the machine's clock must not open or shut them.
    private TimeSpan Now => _time.GetElapsedTime(_origin);

    /// <summary>How full each bucket is, who waits and what is paused.</summary>
    public HubSpotLimiterSnapshot Snapshot()
    {
        lock (_gate)
        {
            var (now, utcNow) = (Now, _time.GetUtcNow());
            _daily.ForgetYesterday(utcNow);
            return new(
                [.. _lanes.Select(lane => Describe(lane, now, utcNow))],
                _daily.Limit,
                _daily.Remaining,
                Closure(utcNow),
                BackfillHeldUntil(utcNow)
            );
        }
    }

    /// <summary>Tells in which time zone the account's day ends.</summary>
    public void UseAccountTimeZone(TimeZoneInfo zone)
    {
        lock (_gate)
        {
            _daily.UseTimeZone(zone);
        }
    }

    /// <summary>Waits for the right to send one request now.</summary>
    /// <exception cref="HubSpotRateLimitedException">
    /// The day is used up or the account is on the move: not worth waiting in line (backfill waits all the same).
    /// </exception>
    internal async Task<HubSpotPlace> TakeAsync(
        HubSpotBucket bucket,
        HubSpotPriority priority,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        LinkedListNode<LimiterLane.Waiter> node;
        lock (_gate)
        {
            if (priority != HubSpotPriority.Backfill && Closure(_time.GetUtcNow()) is { } closed)
            {
                throw Refusal(closed);
            }

            node = _lanes[(int)bucket].Join(priority);
            Serve(_lanes[(int)bucket]);
        }

        await using var registration = cancellationToken.UnsafeRegister(_ => Abandon(node, cancellationToken), null);
        var place = await node.Value.Task;
        if (cancellationToken.IsCancellationRequested)
        {
            GiveBack(place);
            cancellationToken.ThrowIfCancellationRequested();
        }

        return place;
    }

    /// <summary>Returns a place whose request was not sent.</summary>
    internal void GiveBack(HubSpotPlace place)
    {
        lock (_gate)
        {
            var lane = _lanes[(int)place.Bucket];
            lane.Window.GiveBack(place.TakenAt);
            _daily.GiveBack();
            Serve(lane);
        }
    }

    /// <summary>Takes what an answer's headers say, whatever its status.</summary>
    internal void Learn(HubSpotPlace place, HubSpotRateHeaders headers)
    {
        lock (_gate)
        {
            // Only general answers speak of the general window; searches and associations are counted elsewhere.
            if (place.Bucket == HubSpotBucket.General && headers is { Max: > 0 and var max, Remaining: { } remaining })
            {
                _lanes[(int)place.Bucket].Window.Learn(Now, max, remaining);
            }

            if (headers is { Daily: > 0 and var daily, DailyRemaining: { } dailyRemaining })
            {
                _daily.Learn(_time.GetUtcNow(), daily, dailyRemaining);
                ServeAll();
            }
        }
    }

    /// <summary>HubSpot answered 429 or 477: slow down as it asks.</summary>
    internal void Refuse(HubSpotPlace place, HubSpotLimit limit, TimeSpan? retryAfter)
    {
        lock (_gate)
        {
            if (limit is HubSpotLimit.Daily or HubSpotLimit.AccountMove)
            {
                var now = _time.GetUtcNow();
                Close(new(limit, retryAfter is { } wait ? now + wait : _daily.NextReset(now)));
                return;
            }

            var lane = _lanes[(int)place.Bucket];
            lane.Window.Refuse(Now, place.TakenAt, retryAfter);
            Serve(lane);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var lane in _lanes)
        {
            lane.Dispose();
        }
    }

    private LimiterLane MakeLane(HubSpotBucket bucket, int limit, TimeSpan length)
    {
        var timer = _time.CreateTimer(_ => Wake(bucket), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        return new(bucket, new RollingWindow(limit, length), timer);
    }

    private void Wake(HubSpotBucket bucket)
    {
        lock (_gate)
        {
            Serve(_lanes[(int)bucket]);
        }
    }

    // The timer may now be early for those behind; it then serves nobody and is set again.
    private void Abandon(LinkedListNode<LimiterLane.Waiter> node, CancellationToken token)
    {
        lock (_gate)
        {
            if (LimiterLane.Leave(node))
            {
                node.Value.TrySetCanceled(token);
            }
        }
    }

    private void Close(HubSpotClosure closure)
    {
        _closed = _closed is { } before && before.Until > closure.Until ? before : closure;
        foreach (var lane in _lanes)
        {
            while (lane.First(withBackfill: false) is { } node)
            {
                LimiterLane.Leave(node);
                node.Value.TrySetException(Refusal(_closed));
            }
        }

        ServeAll();
    }

    private void ServeAll()
    {
        foreach (var lane in _lanes)
        {
            Serve(lane);
        }
    }

    // Hands out what is free to whoever is first, then sets the timer for the next chance.
    private void Serve(LimiterLane lane)
    {
        var (now, utcNow) = (Now, _time.GetUtcNow());
        var heldUntil = BackfillHeldUntil(utcNow);
        while (lane.First(withBackfill: heldUntil is null) is { } node)
        {
            if (!lane.Window.TryTake(now, node.Value.Priority))
            {
                lane.WakeIn(lane.Window.FreeAt(now, node.Value.Priority) - now);
                return;
            }

            _daily.Spend();
            LimiterLane.Leave(node);
            node.Value.TrySetResult(new(lane.Bucket, now));
            heldUntil = BackfillHeldUntil(utcNow);
        }

        lane.WakeIn(lane.Waiting(HubSpotPriority.Backfill) > 0 ? heldUntil - utcNow : null);
    }

    private HubSpotClosure? Closure(DateTimeOffset utcNow) => _closed?.Until > utcNow ? _closed : null;

    private DateTimeOffset? BackfillHeldUntil(DateTimeOffset utcNow) =>
        Closure(utcNow)?.Until ?? _daily.BackfillHeldUntil(utcNow);

    private HubSpotRateLimitedException Refusal(HubSpotClosure closed) =>
        new(closed.Limit, closed.Until - _time.GetUtcNow(), HubSpotFault.None);

    private static HubSpotBucketSnapshot Describe(LimiterLane lane, TimeSpan now, DateTimeOffset utcNow) =>
        new(
            lane.Bucket,
            lane.Window.Used(now),
            lane.Window.Limit(now),
            lane.Window.PausedUntil(now) is { } until ? utcNow + (until - now) : null,
            Enum.GetValues<HubSpotPriority>().ToDictionary(priority => priority, lane.Waiting)
        );
}
