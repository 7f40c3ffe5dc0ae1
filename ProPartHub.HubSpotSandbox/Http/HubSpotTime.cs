using System.Globalization;

namespace ProPartHub.HubSpotSandbox.Http;

/// <summary>
/// HubSpot's time texts: UTC, milliseconds, and no fraction at all when it is zero. What comes in may be such a text or
/// milliseconds since 1970.
/// </summary>
internal static class HubSpotTime
{
    public static string Format(DateTimeOffset time) =>
        time.UtcDateTime.ToString(
            time.Millisecond == 0 ? "yyyy-MM-ddTHH:mm:ssZ" : "yyyy-MM-ddTHH:mm:ss.fffZ",
            CultureInfo.InvariantCulture
        );

    public static bool TryParse(string text, out DateTimeOffset time)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var milliseconds))
        {
            const long year9999 = 253_402_300_799_999;
            time = DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(milliseconds, -year9999 / 4, year9999));
            return true;
        }

        return DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out time
        );
    }

    /// <summary>The moment cut to whole milliseconds, the precision HubSpot stores.</summary>
    public static DateTimeOffset ToMilliseconds(DateTimeOffset time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());
}
