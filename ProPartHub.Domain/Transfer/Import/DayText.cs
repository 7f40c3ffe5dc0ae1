using System.Globalization;

namespace ProPartHub.Domain.Transfer.Import;

/// <summary>Reads days as people and spreadsheets write them.</summary>
public static class DayText
{
    private static readonly string[] Formats =
    [
        "yyyy-M-d",
        "yyyy/M/d",
        "yyyy.M.d",
        "d.M.yyyy",
        "d/M/yyyy",
        "d-M-yyyy",
        "d.M.yy",
    ];

    // Days of spreadsheets from 1900 to about 2119: fewer digits are no birthday.
    private const int EarliestSerial = 2;
    private const int LatestSerial = 80_000;

    /// <summary>Reads a day; a time of day behind it is left out.</summary>
    /// <param name="text">The cell: <c>31.12.1985</c>, <c>1985-12-31</c>, or the number of a spreadsheet's day.</param>
    /// <param name="day">The day.</param>
    public static bool TryRead(string text, out DateOnly day)
    {
        day = default;
        var word = text.Trim();
        var end = word.IndexOfAny([' ', 'T']);
        var date = end > 0 ? word[..end] : word;
        if (DateOnly.TryParseExact(date, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out day))
        {
            return true;
        }

        if (
            decimal.TryParse(word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var serial)
            && serial is >= EarliestSerial and <= LatestSerial
        )
        {
            day = DateOnly.FromDateTime(DateTime.FromOADate((double)Math.Floor(serial)));
            return true;
        }

        return false;
    }
}
