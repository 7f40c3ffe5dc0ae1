using System.Globalization;
using System.Text;

namespace ProPartHub.Domain.Errors;

/// <summary>Tells text that can be stored and shown.</summary>
public static class ReadableText
{
    /// <summary>
    /// False for NUL (PostgreSQL stores none), lone surrogates (no text at all) and control characters other than tabs
    /// and line ends, which are paste accidents. Emoji and right-to-left text are welcome.
    /// </summary>
    public static bool Is(string? text)
    {
        for (var i = 0; i < text?.Length; i++)
        {
            if (char.IsSurrogate(text[i]))
            {
                if (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                {
                    return false;
                }

                i++;
            }
            else if (
                char.GetUnicodeCategory(text[i]) is UnicodeCategory.Control
                && text[i] is not ('\n' or '\r' or '\t')
            )
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// The text without what <see cref="Is"/> refuses, for what is looked for or kept as a record; null stays null.
    /// </summary>
    public static string? Cleaned(string? text) =>
        Is(text)
            ? text
            : string.Concat(
                text!.EnumerateRunes().Where(rune => !Rune.IsControl(rune) && rune != Rune.ReplacementChar)
            );

    /// <summary>
    /// At most so many characters of the text, <see cref="Cleaned"/>: half of a character that the cut leaves goes too, since
    /// PostgreSQL would refuse the whole row for it.
    /// </summary>
    public static string? Cut(string? text, int length) => Cleaned(text?.Length > length ? text[..length] : text);
}
