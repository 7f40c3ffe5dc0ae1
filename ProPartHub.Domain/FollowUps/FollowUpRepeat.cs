using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.FollowUps;

/// <summary>How often a follow-up comes again once it is done.</summary>
public enum FollowUpRepeat
{
    /// <summary>Never.</summary>
    None = 0,

    /// <summary>Every day.</summary>
    Daily = 1,

    /// <summary>Every week.</summary>
    Weekly = 2,

    /// <summary>Every two weeks.</summary>
    Fortnightly = 3,

    /// <summary>Every month; on its last day where it is too short.</summary>
    Monthly = 4,

    /// <summary>Every three months; likewise.</summary>
    Quarterly = 5,

    /// <summary>Every year; on 28 February for the 29th where there is none.</summary>
    Yearly = 6,
}

/// <summary>Counts a rhythm by the agency's calendar: the hour stays the same over a change of the clocks.</summary>
internal static class FollowUpRhythm
{
    // Whole: one step further would be no date any more.
    private const int LastYear = 9999;

    /// <summary>The first time of a rhythm after a moment.</summary>
    /// <param name="calendar">The agency's.</param>
    /// <param name="repeat">How often; not <see cref="FollowUpRepeat.None"/>.</param>
    /// <param name="from">The time from which it is counted (UTC), so that the 31st comes back after a shorter month.</param>
    /// <param name="after">The moment (UTC).</param>
    /// <returns>The time (UTC); null past the last year of the calendar.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It does not repeat.</exception>
    public static DateTimeOffset? Next(
        this AgencyCalendar calendar,
        FollowUpRepeat repeat,
        DateTimeOffset from,
        DateTimeOffset after
    )
    {
        var local = TimeZoneInfo.ConvertTime(from, calendar.Zone).DateTime;
        var (day, hour) = (DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
        var next = day;
        for (var step = 1; next.Year < LastYear; step++)
        {
            next = Step(day, repeat, step);
            if (next.Year < LastYear && calendar.At(next, hour) is var moment && moment > after)
            {
                return moment;
            }
        }

        return null;
    }

    private static DateOnly Step(DateOnly day, FollowUpRepeat repeat, int step) =>
        repeat switch
        {
            FollowUpRepeat.Daily => day.AddDays(step),
            FollowUpRepeat.Weekly => day.AddDays(7 * step),
            FollowUpRepeat.Fortnightly => day.AddDays(14 * step),
            FollowUpRepeat.Monthly => day.AddMonths(step),
            FollowUpRepeat.Quarterly => day.AddMonths(3 * step),
            FollowUpRepeat.Yearly => day.AddYears(step),
            _ => throw new ArgumentOutOfRangeException(nameof(repeat), repeat, "It does not repeat."),
        };
}
