using System.Globalization;

namespace ProPartHub.Domain.Catalogue;

/// <summary>The number of a development as people write it.</summary>
public static class DevelopmentNumber
{
    private const string Mark = "P-";

    /// <summary>The number as it is shown: <c>P-1042</c>.</summary>
    public static string Write(long number) => string.Create(CultureInfo.InvariantCulture, $"{Mark}{number}");

    /// <summary>Reads a number with its mark.</summary>
    public static bool TryRead(string? text, out long number)
    {
        number = 0;
        var written = text?.Trim() ?? "";
        return written.StartsWith(Mark, StringComparison.OrdinalIgnoreCase)
            && written.Length < 22
            && long.TryParse(written[Mark.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
