using System.Globalization;
using System.Text.RegularExpressions;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.Transfer.Import;

/// <summary>A budget as a cell says it.</summary>
/// <param name="From">Its lower end; null for "up to".</param>
/// <param name="To">Its upper end; null for "and above". An amount alone is both.</param>
/// <param name="Currency">Its currency, where the cell names one.</param>
public sealed record ReadAmount(decimal? From, decimal? To, string? Currency);

/// <summary>
/// Reads budgets as people write them: <c>200 000</c>, <c>$150k–300k</c>, <c>до 200 тис</c>, <c>from 1.5M</c>, <c>1M+</c>.
/// </summary>
public static partial class AmountText
{
    private static readonly Dictionary<string, string> Currencies = new()
    {
        ["$"] = "USD",
        ["usd"] = "USD",
        ["дол"] = "USD",
        ["€"] = "EUR",
        ["eur"] = "EUR",
        ["євро"] = "EUR",
        ["евро"] = "EUR",
        ["£"] = "GBP",
        ["gbp"] = "GBP",
        ["₴"] = "UAH",
        ["uah"] = "UAH",
        ["грн"] = "UAH",
        ["aed"] = "AED",
        ["дирхам"] = "AED",
    };

    /// <summary>Reads a budget.</summary>
    /// <param name="text">The cell.</param>
    /// <param name="amount">What it says, or null.</param>
    public static bool TryRead(string text, out ReadAmount? amount)
    {
        amount = null;
        if (text.Length > 80 || Shape().Match(Plain(text)) is not { Success: true } match)
        {
            return false;
        }

        var first = Number(match.Groups["first"].Value, match.Groups["scale"].Value);
        var second = match.Groups["second"].Success
            ? Number(match.Groups["second"].Value, match.Groups["scale2"].Value)
            : null;
        if (first is null || (match.Groups["second"].Success && second is null))
        {
            return false;
        }

        // In "200-500k" the thousands are meant of both.
        if (second is not null && match.Groups["scale"].Value.Length == 0 && first < second)
        {
            var scaled = Number(match.Groups["first"].Value, match.Groups["scale2"].Value);
            first = scaled <= second ? scaled : first;
        }

        var (isFrom, isUpTo) = (match.Groups["from"].Success, match.Groups["upto"].Success);
        var currency = Currencies.FirstOrDefault(known => match.Value.Contains(known.Key, StringComparison.Ordinal));
        amount = second is not null
            ? new ReadAmount(first, second, currency.Value)
            : new ReadAmount(
                isUpTo ? null : first,
                isFrom || match.Groups["plus"].Success ? null : first,
                currency.Value
            );
        return true;
    }

    private static string Plain(string text) =>
        Blanks().Replace(text.Trim().ToLowerInvariant().Replace('–', '-').Replace('—', '-').Replace('−', '-'), " ");

    // With both signs the last one divides cents; alone it does so unless groups of three digits follow it.
    private static decimal? Number(string text, string scale)
    {
        var digits = text.Replace(" ", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal);
        var (comma, dot) = (digits.LastIndexOf(','), digits.LastIndexOf('.'));
        if (comma >= 0 && dot >= 0)
        {
            var grouping = comma > dot ? "." : ",";
            digits = digits.Replace(grouping, "", StringComparison.Ordinal).Replace(',', '.');
        }
        else if (Grouped().IsMatch(digits) && scale.Length == 0)
        {
            digits = digits.Replace(",", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal);
        }
        else
        {
            digits = digits.Replace(',', '.');
        }

        if (!decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        var factor = scale switch
        {
            "" => 1m,
            ['m' or 'м', ..] => 1_000_000m,
            _ => 1_000m,
        };
        return number > LeadLimits.Budget ? number : Math.Round(number * factor, 2);
    }

    [GeneratedRegex(@"\s+", RegexOptions.None, 200)]
    private static partial Regex Blanks();

    [GeneratedRegex(@"^\d{1,3}([.,])\d{3}(\1\d{3})*$", RegexOptions.None, 200)]
    private static partial Regex Grouped();

    [GeneratedRegex(
        """
            ^(?:(?<from>від|от|from|min|мін|мин|понад|більше|больше|over|>=?)\ ?|(?<upto>до|up\ to|to|max|макс|менше|меньше|under|<=?)\ ?)?
            (?:[$€£₴]|usd|eur|gbp|uah|aed)?\ ?
            (?<first>\d[\d\ '.,]*?)\ ?(?<scale>k|к|т|тис\.?|тыс\.?|thousand|m|м|млн\.?|mln|mio|million)?
            \ ?(?:[$€£₴]|usd|eur|gbp|uah|aed|дол\w*\.?|євро|евро|грн\.?|дирхам\w*)?
            (?:\ ?(?:-|\.\.+|…|до|to|по)\ ?(?:[$€£₴]|usd|eur|gbp|uah|aed)?\ ?
            (?<second>\d[\d\ '.,]*?)\ ?(?<scale2>k|к|т|тис\.?|тыс\.?|thousand|m|м|млн\.?|mln|mio|million)?
            \ ?(?:[$€£₴]|usd|eur|gbp|uah|aed|дол\w*\.?|євро|евро|грн\.?|дирхам\w*)?)?
            \ ?(?<plus>\+)?$
            """,
        RegexOptions.IgnorePatternWhitespace,
        200
    )]
    private static partial Regex Shape();
}
