using System.Globalization;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.Data;
using ProPartHub.Web.Hosting;

namespace ProPartHub.Web.Localization;

/// <summary>Moments as people read them: in the agency's time zone and the reader's language.</summary>
public sealed class AgencyTime(IOptions<HubOptions> options, TimeProvider clock)
{
    private const string Minute = "yyyy-MM-dd'T'HH:mm";
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(options.Value.TimeZone);

    /// <summary>Now, in the agency's zone.</summary>
    public DateTimeOffset Now => Local(clock.GetUtcNow());

    /// <summary>The same moment in the agency's zone.</summary>
    public DateTimeOffset Local(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, _zone);

    /// <summary>Day with its year, and minute: "3 лист. 2026 14:05", "3 Nov 2026 14:05".</summary>
    public string Full(DateTimeOffset moment) => $"{WrittenDay.Of(DayOf(moment))} {Hour(moment)}";

    /// <summary>When a day of the agency's begins (UTC).</summary>
    public DateTimeOffset StartOf(DateOnly day) => new AgencyCalendar(_zone).StartOf(day);

    /// <summary>A moment as a <c>datetime-local</c> input takes it, to the minute.</summary>
    public string? Written(DateTimeOffset? moment) =>
        moment is { } at ? Local(at).ToString(Minute, CultureInfo.InvariantCulture) : null;

    /// <summary>The moment (UTC) that such an input means; null for what is no time.</summary>
    public DateTimeOffset? Read(string? written)
    {
        if (
            !DateTime.TryParseExact(
                written,
                [Minute, Minute + "':'ss"],
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var local
            )
        )
        {
            return null;
        }

        // An hour that the clocks skip in spring is the one after it.
        local = _zone.IsInvalidTime(local) ? local.AddHours(1) : local;
        var offset = _zone.GetUtcOffset(local);
        return local.Ticks >= offset.Ticks ? new DateTimeOffset(local, offset).ToUniversalTime() : null;
    }

    /// <summary>The first day of a span that begins at a moment.</summary>
    public DateOnly? FirstDay(DateTimeOffset? from) => from is { } moment ? DayOf(moment) : null;

    /// <summary>The day of the agency's on which a moment lies.</summary>
    public DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(Local(moment).DateTime);

    /// <summary>The last day of a span that ends before a moment.</summary>
    public DateOnly? LastDay(DateTimeOffset? before) => FirstDay(before?.AddTicks(-1));

    /// <summary>The day, as in lists; its year where that is not the running one.</summary>
    public string Day(DateTimeOffset moment) => WrittenDay.Near(DayOf(moment), DayOf(Now));

    /// <summary>The hour alone: "14:05".</summary>
    public string Hour(DateTimeOffset moment) => Local(moment).ToString("t", CultureInfo.CurrentCulture);

    /// <summary>The hour with its seconds: "14:05:09".</summary>
    public string Second(DateTimeOffset moment) => Local(moment).ToString("T", CultureInfo.CurrentCulture);

    /// <summary>Day, as in lists, and minute: "9 лист. 14:05".</summary>
    public string DayAndHour(DateTimeOffset moment) => $"{Day(moment)} {Hour(moment)}";

    /// <summary>A moment within days, by its weekday: "пн 9 лист. 14:05".</summary>
    public string OfWeek(DateTimeOffset moment) => $"{WrittenDay.OfWeek(DayOf(moment))} {Hour(moment)}";

    /// <summary>A moment near at hand: the hour alone today, with the day before it otherwise.</summary>
    public string Moment(DateTimeOffset moment) => Local(moment).Date == Now.Date ? Hour(moment) : DayAndHour(moment);
}
