using System.Globalization;
using System.Text.RegularExpressions;

namespace ProPartHub.Domain.Transfer.Legacy;

/// <summary>
/// Parts the notes of a lead: the former portal kept HubSpot's owners and the closing of a deal among the words of people.
/// </summary>
/// <param name="Rest">What people wrote; null when that is nothing.</param>
/// <param name="HubSpotLines">Lines about HubSpot's owner or responsible agent.</param>
/// <param name="IsClosed">Whether it is noted that somebody closed the deal.</param>
/// <param name="ClosedAt">When that was (UTC), where it says so.</param>
internal sealed partial record LegacyNotes(
    string? Rest,
    IReadOnlyList<string> HubSpotLines,
    bool IsClosed,
    DateTimeOffset? ClosedAt
)
{
    private static readonly string[] Moments =
    [
        "dd.MM.yyyy HH:mm:ss",
        "dd.MM.yyyy HH:mm",
        "yyyy-MM-dd HH:mm:ss",
        "yyyy-MM-dd HH:mm",
    ];

    /// <summary>Parts them.</summary>
    public static LegacyNotes Of(string? notes)
    {
        var (rest, hubSpot) = (new List<string>(), new List<string>());
        var (isClosed, closedAt) = (false, (DateTimeOffset?)null);
        foreach (var line in (notes ?? "").Split('\n'))
        {
            if (HubSpotLine().IsMatch(line))
            {
                hubSpot.Add(line.Trim());
            }
            else if (ClosedLine().Match(line) is { Success: true } closed)
            {
                (isClosed, closedAt) = (true, MomentIn(closed.Value) ?? closedAt);
                if (line.Replace(closed.Value, "", StringComparison.Ordinal).Trim() is { Length: > 0 } beside)
                {
                    rest.Add(beside);
                }
            }
            else
            {
                rest.Add(line);
            }
        }

        var text = string.Join('\n', rest).Trim();
        return new(text.Length > 0 ? text : null, hubSpot, isClosed, closedAt);
    }

    private static DateTimeOffset? MomentIn(string text) =>
        Moment().Match(text) is { Success: true } match
        && DateTime.TryParseExact(
            match.Value,
            Moments,
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var moment
        )
            ? LegacyClock.Local(moment.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture))
            : null;

    [GeneratedRegex(@"^\s*HubSpot (Deal Owner|Responsible Agent):", RegexOptions.IgnoreCase)]
    private static partial Regex HubSpotLine();

    [GeneratedRegex(@"\[Угода закрита[^\]]*\]", RegexOptions.IgnoreCase)]
    private static partial Regex ClosedLine();

    [GeneratedRegex(@"(\d{2}\.\d{2}\.\d{4}|\d{4}-\d{2}-\d{2}) \d{2}:\d{2}(:\d{2})?")]
    private static partial Regex Moment();
}
