using System.Globalization;

namespace ProPartHub.Domain.Leads.Sorting;

/// <summary>
/// A place in a sorted list: where a row stands, as opaque text for a URL. Pages are read by row comparison
/// (<c>(key, id) &lt; (x, y)</c>), the one form of keyset paging that PostgreSQL answers from an index.
/// </summary>
/// <param name="Stretch">In which stretch of the list (<see cref="LeadOrder"/>).</param>
/// <param name="Key">What the row is sorted by, as <see cref="KeyText"/> writes it.</param>
/// <param name="Number">The lead's number.</param>
/// <param name="Id">The lead.</param>
internal sealed record LeadCursor(int Stretch, string Key, long Number, Guid Id)
{
    private const int IdLength = 32;

    /// <summary>The cursor as a URL has it.</summary>
    public string Text => CursorText.Of(string.Create(CultureInfo.InvariantCulture, $"{Id:N}{Stretch}.{Number}.{Key}"));

    /// <summary>Reads a cursor; a forged or stale one counts as none, which shows the first page.</summary>
    public static LeadCursor? Parse(string? text) =>
        CursorText.Read(text) is { Length: > IdLength } plain
        && Guid.TryParseExact(plain[..IdLength], "N", out var id)
        && plain[IdLength..].Split('.', 3) is [var stretch, var number, var key]
        && int.TryParse(stretch, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var own)
            ? new LeadCursor(place, key, own, id)
            : null;
}
