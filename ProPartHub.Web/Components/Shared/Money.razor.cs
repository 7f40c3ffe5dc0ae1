using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace ProPartHub.Web.Components.Shared;

/// <summary>An amount, or a range of amounts, as the reader's language writes money.</summary>
public sealed partial class Money
{
    private static readonly Dictionary<string, string> Symbols = new(StringComparer.OrdinalIgnoreCase)
    {
        ["USD"] = "$",
        ["EUR"] = "€",
        ["UAH"] = "₴",
        ["GBP"] = "£",
    };

    /// <summary>The amount, or the lower end of the range.</summary>
    [Parameter, EditorRequired]
    public decimal? Amount { get; set; }

    /// <summary>The upper end of a range.</summary>
    [Parameter]
    public decimal? UpTo { get; set; }

    /// <summary>Whether <see cref="Amount"/> without <see cref="UpTo"/> means "from" and not exactly that much.</summary>
    [Parameter]
    public bool IsOpenEnded { get; set; }

    /// <summary>ISO 4217 code.</summary>
    [Parameter]
    public string Currency { get; set; } = "USD";

    /// <summary>Shown when both ends are missing.</summary>
    [Parameter]
    public string Missing { get; set; } = "";

    private string Text =>
        (Amount, UpTo) switch
        {
            ({ } from, { } to) when from == to => Write(from),
            ({ } from, { } to) => Range(from, to),
            ({ } from, null) when IsOpenEnded => T["Money_From", Write(from)],
            ({ } exact, null) => Write(exact),
            (null, { } to) => T["Money_UpTo", Write(to)],
            _ => Missing,
        };

    // The sign stands once, where the language has it: before the range or after it.
    private string Range(decimal from, decimal to) =>
        CultureInfo.CurrentCulture.NumberFormat.CurrencyPositivePattern is 0 or 2
            ? $"{Write(from)} – {Bare(to)}"
            : $"{Bare(from)} – {Write(to)}";

    /// <summary>The sign of a currency; its code where it has none.</summary>
    /// <param name="currency">ISO 4217 code.</param>
    public static string SignOf(string currency) => Symbols.GetValueOrDefault(currency, currency.ToUpperInvariant());

    private static string Bare(decimal amount) =>
        amount.ToString(decimal.IsInteger(amount) ? "N0" : "N2", CultureInfo.CurrentCulture);

    private string Write(decimal amount)
    {
        var format = (NumberFormatInfo)CultureInfo.CurrentCulture.NumberFormat.Clone();
        format.CurrencySymbol = SignOf(Currency);
        format.CurrencyDecimalDigits = decimal.IsInteger(amount) ? 0 : 2;
        return amount.ToString("C", format);
    }
}
