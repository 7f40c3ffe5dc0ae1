using ProPartHub.Domain.Catalogue;
using ProPartHub.Domain.Catalogue.Prices;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Web.Components.Catalogue.Prices;
using Xunit;

namespace ProPartHub.Tests.Catalogue;

/// <summary>What becomes of prices and of what can be had is kept, with who and when, also of units that are gone.</summary>
public sealed class PriceHistoryTests : IAsyncLifetime
{
    private HubBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bed = await HubBed.CreateAsync(Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task Change_IsKept_WithBeforeAfterWhoWhenAndPercent()
    {
        var unit = Offers.Unit();
        var first = Offers.Input with { Units = [unit] };
        var (id, _) = await _bed.OfferAsync(first);
        _bed.Time.Advance(TimeSpan.FromDays(3));

        await SaveAsync(id, first, first with { PriceFrom = 210_000, Units = [unit with { Price = 210_000 }] });

        var changes = await OfAsync(id);
        Assert.Equal(2, changes.Count);
        var whole = Assert.Single(changes, view => view.Change.UnitId is null);
        Assert.Equal(
            (200_000, 300_000, 210_000, 300_000, 5m, "Ніна Коваль"),
            (
                whole.Change.Before,
                whole.Change.BeforeTo,
                whole.Change.After,
                whole.Change.AfterTo,
                whole.Percent,
                whole.ActorName
            )
        );
        Assert.Equal(_bed.Time.GetUtcNow(), whole.Change.ChangedAt);
        var of = Assert.Single(changes, view => view.Change.UnitId == unit.Id).Change;
        Assert.Equal((UnitType.OneRoom, 40m, 200_000m, 210_000m), (of.UnitType, of.SizeFrom, of.Before, of.After));
    }

    [Fact]
    public async Task UnitThatIsSoldComesOrGoes_IsKept_AndOtherEditsAreNot()
    {
        var (sold, gone, fresh) = (Offers.Unit(), Offers.Unit(UnitType.Studio), Offers.Unit(UnitType.TwoRooms));
        var first = Offers.Input with { Units = [sold, gone] };
        var (id, _) = await _bed.OfferAsync(first);
        var named = first with { Name = "Гавань", Units = [sold with { SizeTo = 44 }, gone] };
        await SaveAsync(id, first, named);
        Assert.Empty(await OfAsync(id));

        await SaveAsync(id, named, named with { Units = [named.Units[0] with { IsAvailable = false }, fresh] });

        var changes = (await OfAsync(id)).ToDictionary(view => view.Change.UnitId!.Value, view => view.Change);
        Assert.Equal((true, false), (changes[sold.Id].WasAvailable, changes[sold.Id].IsAvailable));
        Assert.Equal((200_000m, null), (changes[gone.Id].Before, changes[gone.Id].After));
        Assert.Equal((null, 200_000m), (changes[fresh.Id].Before, changes[fresh.Id].After));
        Assert.Equal(UnitType.Studio, changes[gone.Id].UnitType);
    }

    [Fact]
    public async Task Lines_AreStepsFromTheFirstKnownPrice_OfWhatChangedItsPrice()
    {
        var (unit, other) = (Offers.Unit(), Offers.Unit(UnitType.Studio));
        var first = Offers.Input with { Units = [unit, other] };
        var (id, _) = await _bed.OfferAsync(first);
        var second = first with { Units = [unit with { Price = 220_000 }, other with { IsAvailable = false }] };
        _bed.Time.Advance(TimeSpan.FromDays(1));
        await SaveAsync(id, first, second);
        _bed.Time.Advance(TimeSpan.FromDays(1));
        await SaveAsync(id, second, second with { Units = [unit with { Price = 180_000 }, second.Units[1]] });

        var line = Assert.Single(PriceLine.Of(await OfAsync(id)));

        Assert.Equal([200_000m, 220_000m, 180_000m], line.Points.Select(point => point.Price));
        var now = _bed.Time.GetUtcNow();
        Assert.Equal("M8 80 H300 V8 H592 V152 H592", line.Path(now.AddDays(-2), now, least: 180_000, most: 220_000));
    }

    private Task<IReadOnlyList<PriceChangeView>> OfAsync(Guid id) => _bed.Get<PriceHistory>().OfAsync(id, Token);

    private async Task SaveAsync(Guid id, DevelopmentInput opened, DevelopmentInput typed) =>
        Assert.True(await _bed.Get<DevelopmentService>().UpdateAsync(_bed.Nina, id, opened, typed, Token));
}
