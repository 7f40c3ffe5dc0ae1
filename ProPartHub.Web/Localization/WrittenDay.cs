using System.Globalization;

namespace ProPartHub.Web.Localization;

/// <summary>
/// The one way in which days stand in lists, facts and sentences: the month by its short name, so that no reader takes
/// 03/11 for the other one, and nothing that a line may break apart. Headings write days out in full.
/// </summary>
public static class WrittenDay
{
    private const string DayAndMonth = "d'\u00a0'MMM";

    /// <summary>"9 лист. 2026", "9 Nov 2026".</summary>
    public static string Of(DateOnly day) => day.ToString(DayAndMonth + "'\u00a0'yyyy", CultureInfo.CurrentCulture);

    /// <summary>The same without the year, where that is the running one: "9 лист.", "9 Nov".</summary>
    public static string Near(DateOnly day, DateOnly today) =>
        day.Year == today.Year ? day.ToString(DayAndMonth, CultureInfo.CurrentCulture) : Of(day);

    /// <summary>A day close at hand, by its weekday: "пн 9 лист.", "Mon 9 Nov".</summary>
    public static string OfWeek(DateOnly day) => day.ToString("ddd'\u00a0'" + DayAndMonth, CultureInfo.CurrentCulture);
}
