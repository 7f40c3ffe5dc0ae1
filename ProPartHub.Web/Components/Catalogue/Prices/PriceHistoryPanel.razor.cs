using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Catalogue;
using ProPartHub.Domain.Catalogue.Prices;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Catalogue.Prices;

/// <summary>What became of a property's prices, as lines and as a table; live, and nothing at all where nothing changed yet.</summary>
public sealed partial class PriceHistoryPanel : ActingComponent
{
    private const int AtFirst = 8;

    private IReadOnlyList<PriceChangeView>? _changes;
    private IReadOnlyList<PriceLine> _lines = [];
    private DateTimeOffset _from;
    private DateTimeOffset _to;
    private decimal _least;
    private decimal _most;
    private int _shown = AtFirst;
    private Guid _asked;

    /// <summary>The development.</summary>
    [Parameter, EditorRequired]
    public Guid DevelopmentId { get; set; }

    /// <summary>When it was added (UTC): the lines begin there.</summary>
    [Parameter, EditorRequired]
    public DateTimeOffset Since { get; set; }

    [Inject]
    private PriceHistory Prices { get; set; } = null!;

    /// <inheritdoc/>
    protected override IReadOnlyList<AgencyTopic> Topics => [AgencyTopic.Catalogue];

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync()
    {
        // The page around it is read again with each change; this part hears of them by itself.
        if (Who is null || _asked == DevelopmentId)
        {
            return Task.CompletedTask;
        }

        (_asked, _shown) = (DevelopmentId, AtFirst);
        return RefreshAsync();
    }

    /// <inheritdoc/>
    protected override async Task ReadAsync()
    {
        _changes = await Prices.OfAsync(DevelopmentId, Life);
        _lines = PriceLine.Of(_changes);
        if (_lines.Count > 0)
        {
            var prices = _lines.SelectMany(line => line.Points).Select(point => point.Price).ToList();
            (_least, _most) = (prices.Min(), prices.Max());
            // Of many changes only the last are read: what was before those is not known.
            (_from, _to) = (_changes.Count < PriceHistory.Most ? Since : _changes[^1].Change.ChangedAt, Time.Now);
            // Added and changed in one moment, as in an import, there is a line of no length.
            _from = _from < _to ? _from : _to.AddDays(-1);
        }
    }

    private string Name(UnitType? rooms, decimal? size) =>
        rooms is { } type ? $"{Words.Rooms(type)}, {Words.Size(size)}" : T["Price_Whole"];
}
