using System.Globalization;
using Microsoft.Extensions.Localization;

namespace ProPartHub.Web.Localization;

/// <summary>Texts that depend on a number, by the plural categories of Unicode CLDR.</summary>
public static class Plurals
{
    private static readonly string[] Ukrainian = ["one", "few", "many"];
    private static readonly string[] English = ["one", "other"];

    /// <summary>The categories in which a text with a whole number exists in the language.</summary>
    public static IReadOnlyList<string> CategoriesOf(CultureInfo culture) => IsUkrainian(culture) ? Ukrainian : English;

    /// <summary>The category of a whole number: 1 лід (one), 2 ліди (few), 5 лідів (many); 1 lead, 2 leads (other).</summary>
    public static string CategoryOf(long number, CultureInfo culture)
    {
        var count = Math.Abs(number);
        if (!IsUkrainian(culture))
        {
            return count == 1 ? "one" : "other";
        }

        return (count % 10, count % 100) switch
        {
            (1, not 11) => "one",
            (>= 2 and <= 4, not (>= 12 and <= 14)) => "few",
            _ => "many",
        };
    }

    /// <summary>
    /// The text of the resource <paramref name="key"/> with the suffix of the number's category (<c>Leads_few</c>);
    /// <c>{0}</c> in it is the number, <c>{1}</c> and on are <paramref name="more"/>.
    /// </summary>
    public static string Plural(this IStringLocalizer texts, string key, long number, params object[] more) =>
        texts[$"{key}_{CategoryOf(number, CultureInfo.CurrentUICulture)}", [number, .. more]];

    private static bool IsUkrainian(CultureInfo culture) => culture.TwoLetterISOLanguageName == "uk";
}
