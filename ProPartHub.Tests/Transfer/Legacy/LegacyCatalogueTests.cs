using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Catalogue;
using ProPartHub.Domain.Transfer.Legacy;
using Xunit;

namespace ProPartHub.Tests.Transfer.Legacy;

public sealed class LegacyCatalogueTests : IAsyncLifetime
{
    private LegacyBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bed = await LegacyBed.CreateAsync();

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task Project_ComesWithItsUnits()
    {
        await _bed.Portal.RunAsync(
            """
            INSERT INTO property (id, name, location_country, location_city, location_district, price_from, price_to,
                description, payment_type, created_by)
            VALUES (5, 'Marina Vista', 'дубай', 'Дубай', 'Марина', 250000, 900000.50, E'Рядок\nдругий', '60/40', 1);
            INSERT INTO property_unit (id, property_id, unit_type, size_from, size_to, price_per_unit) VALUES
                (1, 5, 'studio', 32.5, NULL, 250000), (2, 5, '3', 120, 140.25, 800000);
            """
        );

        await _bed.MoveAsync();

        var project = await ProjectAsync(5);
        Assert.Equal(
            ("Marina Vista", "Дубай", "Дубай", "Марина"),
            (project.Name, project.Country, project.City, project.District)
        );
        Assert.Equal((250_000m, 900_000.5m), (project.PriceFrom, project.PriceTo));
        Assert.Equal(("Рядок\nдругий", "60/40"), (project.Description, project.PaymentTerms));
        Assert.Equal(await _bed.NewAsync(LegacyKind.User, 1), project.AuthorId);
        Assert.Equal(new DateTimeOffset(2025, 10, 20, 9, 0, 0, TimeSpan.Zero), project.CreatedAt);
        Assert.Equal(new DateTimeOffset(2025, 10, 21, 9, 0, 0, TimeSpan.Zero), project.UpdatedAt);
        Assert.Equal(
            [
                (UnitType.Studio, 32.5m, (decimal?)null, 250_000m, 0, true),
                (UnitType.ThreeRooms, 120m, 140.25m, 800_000m, 1, true),
            ],
            project
                .Units.OrderBy(unit => unit.Place)
                .Select(unit => (unit.Type, unit.SizeFrom, unit.SizeTo, unit.Price, unit.Place, unit.IsAvailable))
        );
        var found = await _bed.Hub.Get<CatalogueQueries>().DetailsAsync(project.Number, Token);
        Assert.Equal(2, found.Values.Units.Count);
    }

    [Fact]
    public async Task DirtyProjectsAndUnits_AreRepairedOrListed()
    {
        await _bed.Portal.RunAsync(
            """
            INSERT INTO property (id, name, location_country, location_city, price_from, price_to, created_by, created_at, updated_at)
            VALUES (1, 'Занзибар', 'Занзибар', 'Стоунтаун', 500000, 200000, 99, NULL, NULL),
                (2, 'Дарма', 'Балі', 'Убуд', 0, 0, 1, now(), now());
            INSERT INTO property_unit (id, property_id, unit_type, size_from, size_to, price_per_unit) VALUES
                (1, 1, 'penthouse', 32.5, NULL, 250000), (2, 77, '1', 40, NULL, 100000), (3, 1, '1', 50, 40, 0);
            """
        );

        var report = await _bed.MoveAsync();

        var (zanzibar, free) = (await ProjectAsync(1), await ProjectAsync(2));
        Assert.Equal(("Занзибар", 200_000m, 500_000m), (zanzibar.Country, zanzibar.PriceFrom, zanzibar.PriceTo));
        Assert.Null(zanzibar.AuthorId);
        Assert.Equal((0m, (decimal?)null), (free.PriceFrom, free.PriceTo));
        var unit = Assert.Single(zanzibar.Units);
        Assert.Equal((40m, 50m, 0m), (unit.SizeFrom, unit.SizeTo, unit.Price));
        Assert.Equal([1L], report.Of("country-unknown", "property"));
        Assert.Equal([1L], report.Of("range-reversed", "property"));
        Assert.Equal([2L], report.Of("price-unlikely", "property"));
        Assert.Equal([1L], report.Of("author-unknown", "property"));
        Assert.Equal([1L], report.Of("unit-type-unknown", "property_unit"));
        Assert.Equal([2L], report.Of("unit-without-property", "property_unit"));
        Assert.Equal([3L], report.Of("price-unlikely", "property_unit"));
    }

    private async Task<Development> ProjectAsync(long oldId)
    {
        var id = await _bed.NewAsync(LegacyKind.Property, oldId);
        return await _bed.ReadAsync(db =>
            db.Developments.Include(row => row.Units).SingleAsync(row => row.Id == id, Token)
        );
    }
}
