using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Shared;

/// <summary>An amount, or a range of amounts, written as everywhere: "$120 000", "€1.2M" where it is short.</summary>
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

    /// <summary>What the amount leaves out, such as other currencies; said where the pointer rests and when read out.</summary>
    [Parameter]
    public string? Note { get; set; }

    private string Text => Words(T, Amount, UpTo, Currency, IsOpenEnded) ?? Missing;

    /// <summary>The same words where a component for each amount would be too many.</summary>
    /// <param name="texts">The reader's texts.</param>
    /// <param name="amount">The amount, or the lower end of a range.</param>
    /// <param name="upTo">The upper end.</param>
    /// <param name="currency">ISO 4217 code.</param>
    /// <param name="isOpenEnded">Whether an amount without an upper end means "from".</param>
    /// <returns>Null where both ends are missing.</returns>
    public static string? Words(
        IStringLocalizer<SharedTexts> texts,
        decimal? amount,
        decimal? upTo,
        string currency,
        bool isOpenEnded
    ) =>
        (amount, upTo) switch
        {
            ({ } from, { } to) when from == to => Write(currency, from),
            // The sign stands once, before the range. A line breaks after the dash or not at all.
            ({ } from, { } to) => $"{Write(currency, from)}\u00a0– {Figure(to)}",
            ({ } from, null) when isOpenEnded => texts["Money_From", Write(currency, from)],
            ({ } exact, null) => Write(currency, exact),
            (null, { } to) => texts["Money_UpTo", Write(currency, to)],
            _ => null,
        };

    /// <summary>The sign of a currency; its code where it has none.</summary>
    /// <param name="currency">ISO 4217 code.</param>
    private static string SignOf(string currency) => Symbols.GetValueOrDefault(currency, currency.ToUpperInvariant());

    /// <summary>A figure behind the sign of its currency, which stands first in both languages.</summary>
    /// <param name="currency">ISO 4217 code.</param>
    /// <param name="figure">The figure as it is written.</param>
    public static string WithSign(string currency, string figure) =>
        SignOf(currency) is { Length: > 1 } code ? $"{code}\u00a0{figure}" : SignOf(currency) + figure;

    private static string Figure(decimal amount) =>
        amount.ToString(decimal.IsInteger(amount) ? "N0" : "N2", CultureInfo.CurrentCulture);

    private static string Write(string currency, decimal amount) => WithSign(currency, Figure(amount));
}
