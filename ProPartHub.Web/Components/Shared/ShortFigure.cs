using System.Globalization;

namespace ProPartHub.Web.Components.Shared;

/// <summary>Figures as short as a glance wants them, in the reader's way of writing.</summary>
internal static class ShortFigure
{
    /// <summary>An amount in USD, short: $1.2M.</summary>
    public static string Dollars(decimal amount, string thousand, string million) =>
        Amount(amount, "USD", thousand, million);

    /// <summary>An amount with the sign of its currency, short: €1.2M.</summary>
    public static string Amount(decimal amount, string currency, string thousand, string million)
    {
        var (value, unit) =
            amount >= 1_000_000 ? (amount / 1_000_000, million)
            : amount >= 10_000 ? (amount / 1_000, thousand)
            : (amount, "");
        var digits = unit.Length > 0 && value < 100 ? "#,0.#" : "N0";
        // What is short must not break in two either.
        return Money.WithSign(
            currency,
            value.ToString(digits, CultureInfo.CurrentCulture) + unit.Replace(' ', '\u00a0')
        );
    }

    /// <summary>A share in percent.</summary>
    public static string Percent(decimal value) => value.ToString("0.#", CultureInfo.CurrentCulture) + "\u00a0%";
}
