using System.Globalization;
using System.Text.RegularExpressions;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Searching;

namespace ProPartHub.Domain.Leads;

/// <summary>What a person may have meant by a few signs typed in haste: a lead's number, a phone, a name.</summary>
public static partial class LeadReadings
{
    /// <summary>Longest text looked at.</summary>
    public const int MaxLength = 100;

    // The index knows parts of three letters; a shorter one would read every lead.
    private const int ShortestWord = 3;

    // «№10482», "l10482" and "10482" mean the lead as much as "L-10482" does; «Д» stands on the key of the L.
    [GeneratedRegex(@"^(?:[lдл№#]\s*-?\s*)?(?<digits>[0-9]{1,15})$", RegexOptions.IgnoreCase)]
    private static partial Regex Number();

    /// <summary>
    /// The texts to search by, the likeliest first: at most four, none when nothing is worth a search. Each is understood by
    /// <see cref="LeadListQuery.Search"/>.
    /// </summary>
    public static IReadOnlyList<string> Of(string? typed)
    {
        var text = ReadableText.Cut(typed, MaxLength)?.Trim() ?? "";
        string?[] readings = [ByNumber(text), text, ByPhone(text), KeyboardLayout.Swapped(text)];
        return [.. readings.OfType<string>().Where(IsWorthSearching).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>The number of a lead that the text may be.</summary>
    public static long? NumberOf(string? text) =>
        Number().Match(text?.Trim() ?? "") is { Success: true } match
            ? long.Parse(match.Groups["digits"].Value, CultureInfo.InvariantCulture)
            : null;

    /// <summary>The words that the search looks for by a reading.</summary>
    public static IReadOnlyList<string> WordsOf(string reading) =>
        SearchText.ForQuery(reading).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string? ByNumber(string text) => NumberOf(text) is { } number ? $"L-{number}" : null;

    // Numbers are stored with their country's code and no zeros before it: "050…" is part of that, "0038050…" is not.
    private static string? ByPhone(string text) =>
        PhoneNumber.TryNormalise(text, out var phone) && phone![1..] != SearchText.ForQuery(text) ? phone : null;

    private static bool IsWorthSearching(string reading) =>
        reading.StartsWith("L-", StringComparison.Ordinal) || WordsOf(reading).Any(word => word.Length >= ShortestWord);
}
