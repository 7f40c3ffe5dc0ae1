using System.Globalization;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.Transfer.Legacy;

/// <summary>Reads the former portal's budgets: its four bands, or a plain amount in US dollars.</summary>
internal static class LegacyBudget
{
    private static readonly string[] Bands = ["до200к", "200к-500к", "500к-1млн", "1млн+"];

    /// <summary>Reads it.</summary>
    /// <returns>False for what is neither.</returns>
    public static bool TryRead(string written, out decimal? from, out decimal? to)
    {
        (from, to) = (null, null);
        // Both alphabets have a к, and people type any dash.
        var text = string.Concat(written.ToLowerInvariant().Where(letter => !char.IsWhiteSpace(letter)))
            .Replace('k', 'к')
            .Replace('–', '-')
            .Replace('—', '-');
        var band = Array.IndexOf(Bands, text);
        if (band >= 0)
        {
            (from, to) = LeadOptions.BudgetBands[band];
            return true;
        }

        if (
            !decimal.TryParse(
                text.Trim('$').Replace("usd", "", StringComparison.Ordinal),
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var amount
            ) || amount is <= 0 or > LeadLimits.Budget
        )
        {
            return false;
        }

        (from, to) = (Math.Round(amount, 2), Math.Round(amount, 2));
        return true;
    }
}
