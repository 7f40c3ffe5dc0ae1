using ProPartHub.Domain.Boards;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Boards;

/// <summary>The days of the agency's calendar as columns, and when a card that is put into one of them is due.</summary>
internal static class BoardDays
{
    private static readonly TimeSpan Morning = TimeSpan.FromHours(10);

    /// <summary>Where the days begin now.</summary>
    public static FollowUpDays From(AgencyTime time)
    {
        var today = DateOnly.FromDateTime(time.Now.DateTime);
        var monday = today.AddDays(8 - (today.DayOfWeek is DayOfWeek.Sunday ? 7 : (int)today.DayOfWeek));
        var dayAfter = today.AddDays(2);
        return new FollowUpDays(
            time.StartOf(today),
            time.StartOf(today.AddDays(1)),
            time.StartOf(dayAfter),
            time.StartOf(monday < dayAfter ? dayAfter : monday)
        );
    }

    /// <summary>
    /// When a follow-up is due that was put into a span: at the hour it had, at ten where it had none; today in an hour
    /// where that hour has passed. Null for spans that nothing can be put into: what lies behind, and nothing at all.
    /// </summary>
    public static DateTimeOffset? Due(FollowUpSpan span, FollowUpDays days, DateTimeOffset? present, AgencyTime time)
    {
        var hour = present is { } at ? time.Local(at).TimeOfDay : Morning;
        return span switch
        {
            FollowUpSpan.Today => Today(days, hour, time),
            FollowUpSpan.Tomorrow => At(days.Tomorrow, hour, time),
            FollowUpSpan.ThisWeek => At(days.DayAfter, hour, time),
            FollowUpSpan.Later => At(days.NextWeek, hour, time),
            _ => null,
        };
    }

    private static DateTimeOffset Today(FollowUpDays days, TimeSpan hour, AgencyTime time)
    {
        var due = At(days.Today, hour, time);
        if (due > time.Now)
        {
            return due;
        }

        // Late in the evening an hour from now would be tomorrow.
        var (soon, last) = (time.Now.AddHours(1), days.Tomorrow.AddMinutes(-1));
        return (soon < last ? soon : last).ToUniversalTime();
    }

    // Through the calendar and not by adding: on the days when the clocks change, ten o'clock is not ten hours later.
    private static DateTimeOffset At(DateTimeOffset day, TimeSpan hour, AgencyTime time) =>
        time.Read($"{time.Local(day):yyyy-MM-dd}T{hour:hh\\:mm}") ?? day + hour;
}
