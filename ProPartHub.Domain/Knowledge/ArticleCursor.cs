using System.Globalization;
using ProPartHub.Domain.Leads.Sorting;

namespace ProPartHub.Domain.Knowledge;

/// <summary>A place in a list of articles, as opaque text for a URL.</summary>
/// <param name="Number">Number of the article that stands there.</param>
/// <param name="Rank">How well it was found, in a search.</param>
/// <param name="Title">Its title, in a section.</param>
internal sealed record ArticleCursor(long Number, int Rank, string Title)
{
    /// <summary>The cursor as a URL has it.</summary>
    public string Text => CursorText.Of(string.Create(CultureInfo.InvariantCulture, $"{Number}.{Rank}.{Title}"));

    /// <summary>Reads a cursor; a forged or stale one counts as none, which shows the first page.</summary>
    public static ArticleCursor? Parse(string? text) =>
        CursorText.Read(text)?.Split('.', 3) is [var number, var rank, var title]
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var own)
        && int.TryParse(rank, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
            ? new ArticleCursor(own, place, title)
            : null;
}
