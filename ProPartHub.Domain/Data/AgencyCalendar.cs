namespace ProPartHub.Domain.Data;

/// <summary>A span of time: from a moment up to, and without, another (both UTC).</summary>
/// <param name="From">Its first moment.</param>
/// <param name="Before">The first moment after it.</param>
public readonly record struct UtcSpan(DateTimeOffset From, DateTimeOffset Before);

/// <summary>
/// Days, weeks and months as the agency counts them: in its time zone, so that a month begins at midnight in Kyiv and a
/// day of a clock change has 23 or 25 hours.
/// </summary>
/// <param name="zone">The agency's time zone.</param>
public sealed class AgencyCalendar(TimeZoneInfo zone)
{
    /// <summary>Where the agency is unless it says otherwise.</summary>
    public const string StandardZone = "Europe/Kyiv";

    /// <summary>The agency's time zone.</summary>
    public TimeZoneInfo Zone => zone;

    /// <summary>The agency's day of a moment.</summary>
    public DateOnly DayOf(DateTimeOffset moment) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime);

    /// <summary>When a day begins (UTC).</summary>
    public DateTimeOffset StartOf(DateOnly day) => At(day, TimeOnly.MinValue);

    /// <summary>A time of a day (UTC).</summary>
    public DateTimeOffset At(DateOnly day, TimeOnly hour)
    {
        var local = day.ToDateTime(hour);

        // Where the clocks go forward over that time it is an hour later.
        local = zone.IsInvalidTime(local) ? local.AddHours(1) : local;
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }

    /// <summary>The first day of a moment's month.</summary>
    public DateOnly MonthOf(DateTimeOffset moment)
    {
        var day = DayOf(moment);
        return new DateOnly(day.Year, day.Month, 1);
    }

    /// <summary>The span of the month in which a day lies.</summary>
    public UtcSpan Month(DateOnly day)
    {
        var first = new DateOnly(day.Year, day.Month, 1);
        return new(StartOf(first), StartOf(first.AddMonths(1)));
    }

    /// <summary>The first days of the last weeks, which begin on Mondays; the one of the moment comes last.</summary>
    public IReadOnlyList<DateOnly> Weeks(DateTimeOffset now, int count)
    {
        var today = DayOf(now);
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        return [.. Enumerable.Range(0, count).Select(index => monday.AddDays(7 * (index - count + 1)))];
    }

    /// <summary>The first days of the last months; the one of the moment comes last.</summary>
    public IReadOnlyList<DateOnly> Months(DateTimeOffset now, int count)
    {
        var month = MonthOf(now);
        return [.. Enumerable.Range(0, count).Select(index => month.AddMonths(index - count + 1))];
    }
}
