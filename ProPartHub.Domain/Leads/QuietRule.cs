using System.ComponentModel;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.Leads;

/// <summary>After how long an open lead that nothing is planned for has gone quiet.</summary>
[ImmutableObject(true)]
public sealed record QuietRule
{
    /// <summary>Most days.</summary>
    public const int MostDays = 365;

    /// <summary>Where it is kept.</summary>
    public static AgencySettingKey<QuietRule> Key { get; } = new("quiet leads", new());

    /// <summary>Whole days of the agency without any change, comment or follow-up.</summary>
    public int Days { get; init; } = 7;

    /// <summary>
    /// Since when nothing happened about leads that are quiet now (UTC): the beginning of a day of the agency's, so that the
    /// list behind a link counts the same leads later in the day.
    /// </summary>
    /// <param name="calendar">The agency's.</param>
    /// <param name="now">The moment (UTC).</param>
    public DateTimeOffset Since(AgencyCalendar calendar, DateTimeOffset now) =>
        calendar.StartOf(calendar.DayOf(now).AddDays(-Days));
}
