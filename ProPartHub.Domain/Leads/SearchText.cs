using System.Globalization;
using System.Text;
using ProPartHub.Domain.Errors;

namespace ProPartHub.Domain.Leads;

/// <summary>
/// Brings text to the form that search compares: lower case, Cyrillic written in Latin letters, without apostrophes
/// and accents, digits of phones joined. «Ґалаґан», «галаган» and "Galagan" so find one another. It happens here and
/// not in PostgreSQL, where <c>unaccent</c> is neither immutable nor aware of Ukrainian.
/// </summary>
public static class SearchText
{
    // Letters whose Ukrainian and Russian transliterations differ are folded to one form (г/ґ/h/g → g, и/й/і/ї/ы/y → i),
    // so that every spelling a person may type ends the same.
    private static readonly Dictionary<char, string> Letters = new()
    {
        ['а'] = "a",
        ['б'] = "b",
        ['в'] = "v",
        ['г'] = "g",
        ['ґ'] = "g",
        ['д'] = "d",
        ['е'] = "e",
        ['ё'] = "e",
        ['є'] = "ie",
        ['ж'] = "zh",
        ['з'] = "z",
        ['и'] = "i",
        ['і'] = "i",
        ['ї'] = "i",
        ['й'] = "i",
        ['к'] = "k",
        ['л'] = "l",
        ['м'] = "m",
        ['н'] = "n",
        ['о'] = "o",
        ['п'] = "p",
        ['р'] = "r",
        ['с'] = "s",
        ['т'] = "t",
        ['у'] = "u",
        ['ф'] = "f",
        ['х'] = "kh",
        ['ц'] = "ts",
        ['ч'] = "ch",
        ['ш'] = "sh",
        ['щ'] = "shch",
        ['ъ'] = "",
        ['ы'] = "i",
        ['ь'] = "",
        ['э'] = "e",
        ['ю'] = "iu",
        ['я'] = "ia",
        ['y'] = "i",
        ['h'] = "g",
        ['\''] = "",
        ['’'] = "",
        ['ʼ'] = "",
        ['`'] = "",
    };

    /// <summary>Normalises one text.</summary>
    public static string Normalise(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "";
        }

        var result = new StringBuilder(text.Length);
        foreach (var letter in Composed(text))
        {
            result.Append(Folded(letter));
        }

        return result.ToString().Trim();
    }

    /// <summary>What search compares in place of one letter of a composed text: none, one or several Latin ones.</summary>
    internal static string Folded(char letter)
    {
        letter = char.ToLowerInvariant(letter);
        var latin = Letters.TryGetValue(letter, out var written) ? written : Base(letter);

        // "kh" and "zh" hold an h that the folding of a typed Latin h turns into g; fold them alike.
        return latin.Replace('h', 'g');
    }

    /// <summary>The text with letters and their accents in one sign each, if it is text.</summary>
    internal static string Composed(string text) =>
        ReadableText.Is(text) ? text.Normalize(NormalizationForm.FormC) : text;

    /// <summary>What a search box holds, as a pattern's middle: digits joined when it looks like a phone.</summary>
    public static string ForQuery(string text)
    {
        var looksLikePhone = text.Any(char.IsDigit) && text.All(c => char.IsDigit(c) || " +-().".Contains(c));
        return looksLikePhone ? string.Concat(text.Where(char.IsDigit)) : Normalise(text);
    }

    /// <summary>Everything of a lead that search looks in.</summary>
    public static string Of(Lead lead)
    {
        string?[] parts =
        [
            lead.ClientName,
            Digits(lead.Phone),
            Digits(lead.SecondPhone),
            lead.Email,
            lead.Company,
            lead.Telegram,
        ];
        return string.Join(' ', parts.Select(Normalise).Where(part => part.Length > 0));
    }

    private static string? Digits(string? phone) => phone is null ? null : string.Concat(phone.Where(char.IsDigit));

    // Half of an emoji is no text by itself and has no accents to lose.
    private static string Base(char letter) =>
        char.IsAscii(letter) || char.IsSurrogate(letter)
            ? letter.ToString()
            : string.Concat(
                letter
                    .ToString()
                    .Normalize(NormalizationForm.FormD)
                    .Where(part => CharUnicodeInfo.GetUnicodeCategory(part) is not UnicodeCategory.NonSpacingMark)
            );
}
