namespace ProPartHub.HubSpotSandbox.Limits;

/// <summary>Counts calls since midnight in a time zone. Not thread-safe.</summary>
internal sealed class DayCounter(TimeZoneInfo zone)
{
    private DateTimeOffset _endsAt = DateTimeOffset.MinValue;
    private int _count;

    public int Count(DateTimeOffset now)
    {
        if (now >= _endsAt)
        {
            _endsAt = NextMidnight(now);
            _count = 0;
        }

        return _count;
    }

    public void Add() => _count++;

    public DateTimeOffset NextMidnight(DateTimeOffset now)
    {
        var tomorrow = TimeZoneInfo.ConvertTime(now, zone).Date.AddDays(1);
        return new DateTimeOffset(tomorrow, zone.GetUtcOffset(tomorrow));
    }
}
