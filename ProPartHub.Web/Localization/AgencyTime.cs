using System.Globalization;
using Microsoft.Extensions.Options;
using ProPartHub.Web.Hosting;

namespace ProPartHub.Web.Localization;

/// <summary>Moments as people read them: in the agency's time zone and the reader's language.</summary>
public sealed class AgencyTime(IOptions<HubOptions> options, TimeProvider clock)
{
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(options.Value.TimeZone);

    /// <summary>Now, in the agency's zone.</summary>
    public DateTimeOffset Now => Local(clock.GetUtcNow());

    /// <summary>The same moment in the agency's zone.</summary>
    public DateTimeOffset Local(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, _zone);

    /// <summary>Day, month by name and minute: "3 листопада 2026 р. 14:05", "3 November 2026 14:05".</summary>
    public string Full(DateTimeOffset moment) =>
        Local(moment).ToString("D", CultureInfo.CurrentCulture)
        + " "
        + Local(moment).ToString("t", CultureInfo.CurrentCulture);

    /// <summary>The day in figures, as in lists.</summary>
    public string Day(DateTimeOffset moment) => Local(moment).ToString("d", CultureInfo.CurrentCulture);

    /// <summary>A moment near at hand: the hour alone today, with the day before it otherwise.</summary>
    public string Moment(DateTimeOffset moment)
    {
        var hour = Local(moment).ToString("t", CultureInfo.CurrentCulture);
        return Local(moment).Date == Now.Date ? hour : $"{Day(moment)} {hour}";
    }
}
