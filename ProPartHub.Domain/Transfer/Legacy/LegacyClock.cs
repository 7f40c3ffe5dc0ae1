using System.Globalization;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.Transfer.Legacy;

/// <summary>
/// Reads the former portal's times, which say nothing of their zone: what its database set by itself is UTC, what its
/// program set is Kyiv's clock.
/// </summary>
internal static class LegacyClock
{
    private static readonly AgencyCalendar Kyiv = new(TimeZoneInfo.FindSystemTimeZoneById(AgencyCalendar.StandardZone));

    /// <summary>A time set by the database; null where there is none that can be read.</summary>
    public static DateTimeOffset? Utc(string? text) =>
        Read(text) is { } time ? time.Zoned ?? new DateTimeOffset(time.Naive, TimeSpan.Zero) : null;

    /// <summary>
    /// A time set by the program. One that the clocks leapt over in spring is an hour later; of the two that autumn has, it
    /// is the later.
    /// </summary>
    public static DateTimeOffset? Local(string? text) =>
        Read(text) is { } time
            ? time.Zoned ?? Kyiv.At(DateOnly.FromDateTime(time.Naive), TimeOnly.FromDateTime(time.Naive))
            : null;

    // A schema that somebody has mended since may hold times with their zone; PostgreSQL writes those with an offset.
    private static (DateTime Naive, DateTimeOffset? Zoned)? Read(string? text)
    {
        if (text is null || !DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            return null;
        }

        var clock = text.IndexOf(':', StringComparison.Ordinal);
        var hasOffset = clock > 0 && text.AsSpan(clock).IndexOfAny('+', '-') > 0;
        return hasOffset
            ? (default, DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToUniversalTime())
            : (DateTime.Parse(text, CultureInfo.InvariantCulture), null);
    }
}
