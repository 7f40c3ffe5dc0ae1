using System.Text;

namespace ProPartHub.Domain.Leads;

/// <summary>A stretch of a shown text.</summary>
/// <param name="Text">Its letters.</param>
/// <param name="IsFound">Whether they are what was searched for.</param>
public readonly record struct TextPiece(string Text, bool IsFound);

/// <summary>
/// Shows where in a text the search found what it found. It compares as <see cref="SearchText"/> does, so "petr" marks
/// «Петр» of «Петренко», and "050 12" the digits of "+380 50 123 45 67".
/// </summary>
public static class SearchMarks
{
    /// <summary>Cuts a text into pieces, in its order; together they are the whole text.</summary>
    /// <param name="text">The text shown.</param>
    /// <param name="words">What was searched for, as <see cref="SearchText.ForQuery"/> gives it, word by word.</param>
    public static IReadOnlyList<TextPiece> Of(string text, IEnumerable<string> words)
    {
        text = SearchText.Composed(text);
        var found = new bool[text.Length];
        foreach (var word in words.Where(word => word.Length > 0))
        {
            Mark(text, word, found);
        }

        var pieces = new List<TextPiece>();
        for (var start = 0; start < text.Length; )
        {
            var end = start + 1;
            while (end < text.Length && found[end] == found[start])
            {
                end++;
            }

            pieces.Add(new TextPiece(text[start..end], found[start]));
            start = end;
        }

        return pieces;
    }

    private static void Mark(string text, string word, bool[] found)
    {
        var (folded, places) = Fold(text, onlyDigits: word.All(char.IsAsciiDigit));
        for (
            var at = folded.IndexOf(word, StringComparison.Ordinal);
            at >= 0;
            at = folded.IndexOf(word, at + word.Length, StringComparison.Ordinal)
        )
        {
            // What stands between two digits found, a blank or a hyphen, is marked with them.
            Array.Fill(found, true, places[at], places[at + word.Length - 1] - places[at] + 1);
        }
    }

    // The text as search compares it, and for each of its letters the place in the text that it comes from.
    private static (string Folded, List<int> Places) Fold(string text, bool onlyDigits)
    {
        var folded = new StringBuilder(text.Length);
        var places = new List<int>(text.Length);
        for (var place = 0; place < text.Length; place++)
        {
            var letters =
                !onlyDigits ? SearchText.Folded(text[place])
                : char.IsAsciiDigit(text[place]) ? text[place..(place + 1)]
                : "";
            folded.Append(letters);
            places.AddRange(Enumerable.Repeat(place, letters.Length));
        }

        return (folded.ToString(), places);
    }
}
