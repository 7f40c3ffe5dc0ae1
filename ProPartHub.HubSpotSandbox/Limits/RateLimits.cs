using ProPartHub.HubSpotSandbox.Http;

namespace ProPartHub.HubSpotSandbox.Limits;

/// <summary>The account's call budgets. A call over a limit is refused and not counted.</summary>
public sealed class RateLimits
{
    private static readonly TimeSpan BurstLength = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly RollingWindow _burst = new(BurstLength);
    private readonly RollingWindow _search = new(TimeSpan.FromSeconds(1));
    private readonly RollingWindow _associations = new(BurstLength);
    private readonly DayCounter _day;
    private readonly DayCounter _associationDay;

    public RateLimits(SandboxOptions options)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone);
        _time = options.TimeProvider;
        _day = new DayCounter(zone);
        _associationDay = new DayCounter(zone);
        Options = options.Limits;
    }

    /// <summary>Can be replaced while the account is in use.</summary>
    public RateLimitOptions Options { get; set; }

    internal DailyUsage Daily()
    {
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            return new DailyUsage(Options.Daily, _day.Count(now), _day.NextMidnight(now));
        }
    }

    /// <summary>Takes one call from its budget and tells what is left, or why there is none.</summary>
    internal RateDecision Take(RateBucket bucket)
    {
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            return bucket switch
            {
                RateBucket.Search => TakeSearch(now),
                RateBucket.Associations => TakeAssociations(now),
                _ => TakeOrdinary(now),
            };
        }
    }

    private RateDecision TakeOrdinary(DateTimeOffset now)
    {
        if (_day.Count(now) >= Options.Daily)
            return RateDecision.Refused(RateLimitErrors.Daily());
        if (_burst.Count(now) >= Options.Burst)
            return RateDecision.Refused(RateLimitErrors.Burst());

        _day.Add();
        _burst.Add(now);
        return new RateDecision(null, DailyLeft(now), Options.Burst - _burst.Count(now));
    }

    private RateDecision TakeSearch(DateTimeOffset now)
    {
        if (_day.Count(now) >= Options.Daily)
            return RateDecision.Refused(RateLimitErrors.Daily());
        if (_search.Count(now) >= Options.SearchPerSecond)
            return new RateDecision(RateLimitErrors.Search(), DailyLeft(now));

        _day.Add();
        _search.Add(now);
        return new RateDecision(null, DailyLeft(now));
    }

    private RateDecision TakeAssociations(DateTimeOffset now)
    {
        if (_associationDay.Count(now) >= Options.AssociationDaily)
            return RateDecision.Refused(RateLimitErrors.Daily());
        if (_associations.Count(now) >= Options.AssociationBurst)
            return RateDecision.Refused(RateLimitErrors.Burst());

        _associationDay.Add();
        _associations.Add(now);
        return new RateDecision(null, DailyLeft(now));
    }

    private int DailyLeft(DateTimeOffset now) => Options.Daily - _day.Count(now);
}

internal sealed record DailyUsage(int Limit, int Used, DateTimeOffset ResetsAt);

/// <param name="DailyLeft">What the daily headers say, where they are sent.</param>
/// <param name="BurstLeft">What the burst headers say; search and associations never send them.</param>
internal sealed record RateDecision(ApiError? Refusal, int? DailyLeft = null, int? BurstLeft = null)
{
    public static RateDecision Refused(ApiError error) => new(error);
}
