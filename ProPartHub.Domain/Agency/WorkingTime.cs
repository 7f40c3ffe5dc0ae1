using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.Agency;

/// <summary>From when to when the agency works on a day of the week, by its clock.</summary>
/// <param name="Day">The day.</param>
/// <param name="From">When it opens; null on days off.</param>
/// <param name="To">When it closes, later than it opens.</param>
public sealed record WorkingDay(DayOfWeek Day, TimeOnly? From, TimeOnly? To);

/// <summary>When the agency works.</summary>
public sealed record WorkingTime
{
    /// <summary>Most holidays.</summary>
    public const int MostHolidays = 200;

    /// <summary>Where it is kept.</summary>
    public static AgencySettingKey<WorkingTime> Key { get; } = new("working time", new());

    /// <summary>The week, from Monday.</summary>
    public IReadOnlyList<WorkingDay> Week { get; init; } =
    [
        .. Enumerable
            .Range(1, 7)
            .Select(day => (DayOfWeek)(day % 7))
            .Select(day =>
                day is DayOfWeek.Saturday or DayOfWeek.Sunday
                    ? new WorkingDay(day, null, null)
                    : new WorkingDay(day, new TimeOnly(9, 0), new TimeOnly(18, 0))
            ),
    ];

    /// <summary>Days on which nobody works, whatever day of the week they are.</summary>
    public IReadOnlyList<DateOnly> Holidays { get; init; } = [];

    /// <summary>True when there is a day in the week with working hours.</summary>
    public bool HasHours => Week.Any(day => day.From is not null);
}

/// <summary>
/// Counts time in which the agency works: by its clock, over nights, weekends, holidays and the days on which clocks change.
/// A day of ten hours has ten, also where the night before it had an hour less.
/// </summary>
/// <param name="hours">When the agency works.</param>
/// <param name="calendar">The agency's days.</param>
public sealed class WorkingClock(WorkingTime hours, AgencyCalendar calendar)
{
    // Without working hours nothing is ever due; three years back there is no lead worth a reminder.
    private const int MostDaysBack = 1_100;

    private readonly HashSet<DateOnly> _holidays = [.. hours.Holidays];

    /// <summary>Whether the agency works at a moment.</summary>
    public bool IsOpen(DateTimeOffset moment) =>
        HoursOf(calendar.DayOf(moment)) is { } span && span.From <= moment && moment < span.Before;

    /// <summary>How long the agency worked between two moments.</summary>
    public TimeSpan Between(DateTimeOffset from, DateTimeOffset to)
    {
        var sum = TimeSpan.Zero;
        for (var day = calendar.DayOf(from); day <= calendar.DayOf(to); day = day.AddDays(1))
        {
            if (HoursOf(day) is { } span)
            {
                var worked = Earlier(span.Before, to) - Later(span.From, from);
                sum += worked > TimeSpan.Zero ? worked : TimeSpan.Zero;
            }
        }

        return sum;
    }

    /// <summary>
    /// The latest moment from which the agency has worked so long until now: whatever began then or earlier is late. Null
    /// where there is none.
    /// </summary>
    /// <param name="now">Now.</param>
    /// <param name="work">For how long; more than nothing.</param>
    public DateTimeOffset? LatestStart(DateTimeOffset now, TimeSpan work)
    {
        var day = calendar.DayOf(now);
        for (var back = 0; back < MostDaysBack; back++, day = day.AddDays(-1))
        {
            if (HoursOf(day) is not { } span)
            {
                continue;
            }

            var until = Earlier(span.Before, now);
            var worked = until - span.From;
            if (worked >= work)
            {
                return until - work;
            }

            work -= worked > TimeSpan.Zero ? worked : TimeSpan.Zero;
        }

        return null;
    }

    /// <summary>When the agency opens next after a moment (UTC); in a week where it never does.</summary>
    public DateTimeOffset NextOpening(DateTimeOffset moment)
    {
        var day = calendar.DayOf(moment);
        for (var ahead = 0; ahead < MostDaysBack; ahead++)
        {
            if (HoursOf(day.AddDays(ahead)) is { } span && span.From > moment)
            {
                return span.From;
            }
        }

        return moment.AddDays(7);
    }

    private UtcSpan? HoursOf(DateOnly day) =>
        !_holidays.Contains(day)
        && hours.Week.FirstOrDefault(row => row.Day == day.DayOfWeek) is { From: { } from, To: { } to }
            ? new(calendar.At(day, from), calendar.At(day, to))
            : null;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
