using System.Globalization;
using ProPartHub.Domain.Catalogue;
using ProPartHub.Domain.Catalogue.Prices;

namespace ProPartHub.Web.Components.Catalogue.Prices;

/// <summary>How one price went, as steps of a chart: a price holds until the next change.</summary>
/// <param name="UnitId">Of which unit; null for the lowest price of the whole development.</param>
/// <param name="Rooms">Rooms of the unit.</param>
/// <param name="Size">Its smallest size, in square metres.</param>
/// <param name="Points">Prices from when on, the oldest first; the first was before anything was noted.</param>
internal sealed record PriceLine(
    Guid? UnitId,
    UnitType? Rooms,
    decimal? Size,
    IReadOnlyList<(DateTimeOffset? From, decimal Price)> Points
)
{
    /// <summary>Most lines that a reader can tell apart.</summary>
    public const int Most = 4;

    public const int Width = 600;
    public const int Height = 160;

    // A line in the very edge would be cut.
    private const int Edge = 8;

    /// <summary>The lines of what changed its price at least once, those that changed last first.</summary>
    public static IReadOnlyList<PriceLine> Of(IReadOnlyList<PriceChangeView> newestFirst) =>
        [
            .. newestFirst
                .Select(view => view.Change)
                .GroupBy(change => change.UnitId)
                .Select(Line)
                .Where(line => line.Points.DistinctBy(point => point.Price).Count() > 1)
                .Take(Most),
        ];

    /// <summary>The line as SVG draws it.</summary>
    public string Path(DateTimeOffset from, DateTimeOffset to, decimal least, decimal most)
    {
        var path = "";
        foreach (var (place, (since, price)) in Points.Index())
        {
            var x = Across(since ?? from, from, to);
            var y = Up(price, least, most);
            path +=
                place == 0
                    ? string.Create(CultureInfo.InvariantCulture, $"M{x:0.#} {y:0.#}")
                    : string.Create(CultureInfo.InvariantCulture, $" H{x:0.#} V{y:0.#}");
        }

        return path + string.Create(CultureInfo.InvariantCulture, $" H{Width - Edge}");
    }

    private static PriceLine Line(IGrouping<Guid?, PriceChange> changes)
    {
        var oldestFirst = changes.Reverse().ToList();
        var last = oldestFirst[^1];
        var points = new List<(DateTimeOffset?, decimal)>();
        if (oldestFirst[0].Before is { } first)
        {
            points.Add((null, first));
        }

        points.AddRange(
            oldestFirst
                .Where(change => change.After is not null)
                .Select(change => ((DateTimeOffset?)change.ChangedAt, change.After!.Value))
        );
        return new PriceLine(changes.Key, last.UnitType, last.SizeFrom, points);
    }

    private static double Across(DateTimeOffset at, DateTimeOffset from, DateTimeOffset to) =>
        Edge + (Width - 2 * Edge) * Math.Clamp((at - from) / (to - from), 0, 1);

    private static double Up(decimal price, decimal least, decimal most) =>
        most == least ? Height / 2.0 : Edge + (Height - 2 * Edge) * (double)((most - price) / (most - least));
}
