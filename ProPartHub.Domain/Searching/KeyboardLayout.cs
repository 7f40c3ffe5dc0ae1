namespace ProPartHub.Domain.Searching;

/// <summary>
/// Reads what was typed with the keyboard on the other layout: "jktyf" is «олена», «щдутф» is "olena". By the places of
/// the keys on the Ukrainian layout; the letters that the Russian one has there instead are understood as well.
/// </summary>
public static class KeyboardLayout
{
    /// <summary>The keys' Latin signs, place by place the same as <see cref="Cyrillic"/>.</summary>
    public const string Latin = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.";

    /// <summary>The keys' Ukrainian signs.</summary>
    public const string Cyrillic = "'йцукенгшщзхїфівапролджєячсмитьбю";

    /// <summary>Letters that stand on those keys on the Russian layout, with the Latin sign of the key.</summary>
    public const string OtherLetters = "ыsэ'ъ]ё`";

    /// <summary>
    /// The text as the other layout would have written it, in lower case; null when it holds letters of both
    /// alphabets or of none, so that the layout was right or cannot be told.
    /// </summary>
    public static string? Swapped(string text)
    {
        var typed = text.ToLowerInvariant();
        var isLatin = typed.Any(char.IsAsciiLetter);
        var isCyrillic = typed.Any(letter => letter is >= '\u0400' and <= '\u04FF');
        return isLatin == isCyrillic ? null : string.Concat(typed.Select(letter => Other(letter, isLatin)));
    }

    private static char Other(char letter, bool isLatin)
    {
        var place = (isLatin ? Latin : Cyrillic).IndexOf(letter, StringComparison.Ordinal);
        if (place >= 0)
        {
            return (isLatin ? Cyrillic : Latin)[place];
        }

        var other = isLatin ? -1 : OtherLetters.IndexOf(letter, StringComparison.Ordinal);
        return other >= 0 ? OtherLetters[other + 1] : letter;
    }
}
