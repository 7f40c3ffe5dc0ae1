using System.Globalization;
using ProPartHub.Domain.Leads.Sorting;

namespace ProPartHub.Domain.Catalogue;

/// <summary>A place in a sorted list of developments, as opaque text for a URL.</summary>
/// <param name="Number">Number of the development that stands there.</param>
/// <param name="Key">What it is sorted by, as <see cref="KeyText"/> writes it.</param>
internal sealed record CatalogueCursor(long Number, string Key)
{
    /// <summary>The cursor as a URL has it.</summary>
    public string Text => CursorText.Of(string.Create(CultureInfo.InvariantCulture, $"{Number}.{Key}"));

    /// <summary>Reads a cursor; a forged or stale one counts as none, which shows the first page.</summary>
    public static CatalogueCursor? Parse(string? text) =>
        CursorText.Read(text)?.Split('.', 2) is [var number, var key]
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var own)
            ? new CatalogueCursor(own, key)
            : null;
}
