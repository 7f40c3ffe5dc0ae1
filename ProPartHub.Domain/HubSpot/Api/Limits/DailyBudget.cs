namespace ProPartHub.Domain.HubSpot.Api;

/// <summary>
/// What HubSpot says is left of the account's day, shared with every other app of the account. Not thread-safe: the
/// limiter holds its lock. Times are UTC.
/// </summary>
internal sealed class DailyBudget
{
    /// <summary>Backfill stops below this share, so that people and pushes never run dry.</summary>
    private const double BackfillShare = 0.25;

    private TimeZoneInfo? _zone;
    private DateTimeOffset _resetsAt;

    public int? Limit { get; private set; }

    public int? Remaining { get; private set; }

    /// <summary>The day ends at midnight of the account's own time zone.</summary>
    public void UseTimeZone(TimeZoneInfo zone) => _zone = zone;

    public void Learn(DateTimeOffset now, int limit, int remaining)
    {
        (Limit, Remaining, _resetsAt) = (limit, remaining, NextReset(now));
    }

    /// <summary>Counts a call of ours until an answer brings HubSpot's figure (search answers often bring none).</summary>
    public void Spend() => Remaining--;

    public void GiveBack() => Remaining++;

    /// <summary>When backfill may go on, or null where it need not wait.</summary>
    public DateTimeOffset? BackfillHeldUntil(DateTimeOffset now)
    {
        ForgetYesterday(now);
        return Remaining < Limit * BackfillShare ? _resetsAt : null;
    }

    public void ForgetYesterday(DateTimeOffset now)
    {
        if (now >= _resetsAt)
        {
            (Limit, Remaining) = (null, null);
        }
    }

    /// <summary>
    /// The next midnight there. While the time zone is not known, an hour from now: one call an hour then finds out
    /// whether the day has turned, where a wrong guess of the zone could cost a whole day.
    /// </summary>
    public DateTimeOffset NextReset(DateTimeOffset now)
    {
        if (_zone is null)
        {
            return now + TimeSpan.FromHours(1);
        }

        var midnight = TimeZoneInfo.ConvertTime(now, _zone).Date.AddDays(1);
        while (_zone.IsInvalidTime(midnight))
        {
            // Some zones put the clock forward at midnight: the day then begins later.
            midnight = midnight.AddMinutes(30);
        }

        return new DateTimeOffset(midnight, _zone.GetUtcOffset(midnight)).ToUniversalTime();
    }
}
