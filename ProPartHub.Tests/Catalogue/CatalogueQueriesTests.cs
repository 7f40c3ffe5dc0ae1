using ProPartHub.Domain.Catalogue;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Catalogue;

/// <summary>The catalogue in each order, page by page, and what its filters leave.</summary>
public sealed class CatalogueQueriesTests : IAsyncLifetime
{
    private HubBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private CatalogueQueries Queries => _bed.Get<CatalogueQueries>();

    public async ValueTask InitializeAsync() => _bed = await HubBed.CreateAsync(Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Theory]
    [InlineData(CatalogueSort.Newest)]
    [InlineData(CatalogueSort.Name)]
    [InlineData(CatalogueSort.Price)]
    public async Task Pages_FollowOneAnother_ThereAndBack(CatalogueSort sort)
    {
        // More than two pages, with alike names and prices across their ends.
        var size = CatalogueQuery.PageSize;
        for (var number = 0; number < (2 * size) + 5; number++)
        {
            await _bed.OfferAsync(
                Offers.Input with
                {
                    Name = $"Ґанок {number / 30}",
                    PriceFrom = 100_000 + (number / 20 * 0.5m),
                }
            );
        }

        var query = new CatalogueQuery { Sort = sort };
        var first = await Queries.PageAsync(_bed.Olena, query, Token);
        var second = await Queries.PageAsync(_bed.Olena, query with { Cursor = first.Next }, Token);
        var third = await Queries.PageAsync(_bed.Olena, query with { Cursor = second.Next }, Token);

        Assert.Equal((size, size, 5), (first.Rows.Count, second.Rows.Count, third.Rows.Count));
        Assert.Null(first.Previous);
        Assert.Null(third.Next);
        CatalogueRow[] all = [.. first.Rows, .. second.Rows, .. third.Rows];
        Assert.Equal(all.Length, all.DistinctBy(row => row.Id).Count());
        Assert.Equal(
            sort switch
            {
                CatalogueSort.Name => all.OrderBy(row => row.Name, StringComparer.Ordinal).ThenBy(row => row.Number),
                CatalogueSort.Price => all.OrderBy(row => row.PriceFrom).ThenBy(row => row.Number),
                _ => all.OrderByDescending(row => row.Number),
            },
            all
        );
        var back = await Queries.PageAsync(_bed.Olena, query with { Cursor = third.Previous, Backward = true }, Token);
        Assert.Equal(second, back, SamePage);
        Assert.Equal(all.Length, (await Queries.CountAsync(_bed.Olena, query, Token)).Value);
    }

    [Theory]
    [InlineData("forged")]
    [InlineData("AAAA")]
    [InlineData("MTAwMS7Q")]
    public async Task ForgedPlace_ShowsTheBeginning(string cursor)
    {
        await _bed.OfferAsync();

        foreach (var sort in Enum.GetValues<CatalogueSort>())
        {
            var page = await Queries.PageAsync(_bed.Olena, new() { Sort = sort, Cursor = cursor }, Token);
            Assert.NotNull(page);
        }
    }

    public static TheoryData<string, CatalogueQuery, string> Filters =>
        new()
        {
            {
                "country",
                new() { Country = "Оман" },
                "Гавань"
            },
            {
                "kind",
                new() { Kind = "вторичка" },
                "Гавань"
            },
            {
                "city in Latin",
                new() { Search = "misto" },
                "Затока"
            },
            {
                "words in any order",
                new() { Search = "берег ЗАТОКА" },
                "Затока"
            },
            {
                "number",
                new() { Search = "p-1002" },
                "Гавань"
            },
            {
                "price up to",
                new() { PriceTo = 199_999 },
                "Сад"
            },
            {
                "price from",
                new() { PriceFrom = 300_001 },
                "Гавань, Сад"
            },
            {
                "both prices",
                new() { PriceFrom = 250_000, PriceTo = 300_000 },
                "Затока, Сад"
            },
            {
                "rooms",
                new() { UnitType = UnitType.Studio },
                "Сад"
            },
            {
                "size",
                new() { SizeFrom = 80 },
                "Гавань"
            },
            {
                "rooms and size of one unit",
                new() { UnitType = UnitType.OneRoom, SizeFrom = 60 },
                "Гавань"
            },
            {
                "sold out",
                new() { UnitType = UnitType.SixRooms },
                ""
            },
            {
                "nothing",
                new() { Search = "немає такого" },
                ""
            },
        };

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task Filter_LeavesWhatFits(string _, CatalogueQuery query, string expected)
    {
        await _bed.OfferAsync(
            Offers.Input with
            {
                District = "Берег",
                Units = [Offers.Unit(), Offers.Unit(UnitType.TwoRooms) with { SizeFrom = 70 }],
            }
        );
        await _bed.OfferAsync(
            Offers.Input with
            {
                Name = "Гавань",
                Country = "Оман",
                City = "Інде",
                Kind = "вторичка",
                PriceFrom = 400_000,
                PriceTo = 900_000,
                Units = [Offers.Unit() with { SizeTo = 90 }],
            }
        );
        await _bed.OfferAsync(
            Offers.Input with
            {
                Name = "Сад",
                City = null,
                PriceFrom = 50_000,
                PriceTo = null,
                Units = [Offers.Unit(UnitType.Studio), Offers.Unit(UnitType.SixRooms) with { IsAvailable = false }],
            }
        );

        var page = await Queries.PageAsync(_bed.Olena, query with { Sort = CatalogueSort.Name }, Token);

        Assert.True(query.HasFilters);
        // By name, in Ukrainian order.
        Assert.Equal(expected, string.Join(", ", page.Rows.Select(row => row.Name).Order(StringComparer.Ordinal)));
        Assert.Equal(page.Rows.Count, (await Queries.CountAsync(_bed.Olena, query, Token)).Value);
    }

    [Fact]
    public async Task Row_SumsUpWhatIsToBeHad()
    {
        await _bed.OfferAsync(
            Offers.Input with
            {
                Units =
                [
                    Offers.Unit(UnitType.Studio) with
                    {
                        IsAvailable = false,
                        SizeFrom = 20,
                    },
                    Offers.Unit(),
                    Offers.Unit(UnitType.ThreeRooms) with
                    {
                        SizeFrom = 90,
                    },
                ],
            }
        );

        var row = Assert.Single((await Queries.PageAsync(_bed.Olena, new(), Token)).Rows);

        Assert.Equal(
            (2, UnitType.OneRoom, UnitType.ThreeRooms, 40m),
            (row.Available, row.Smallest, row.Largest, row.SizeFrom)
        );
    }

    [Fact]
    public async Task Demo_IsAddedOnce_InCountriesOfLeads_AndWhatChangedStays()
    {
        var demo = _bed.Get<DemoCatalogue>();
        await demo.SeedAsync(Token);
        var page = await Queries.PageAsync(_bed.Ada, new() { Sort = CatalogueSort.Name }, Token);
        var opened = (await Queries.DetailsAsync(page.Rows[0].Number, Token)).Values;
        var service = _bed.Get<DevelopmentService>();
        // Each is as the rules want it: a form saves it as it stands.
        foreach (var row in page.Rows)
        {
            var details = await Queries.DetailsAsync(row.Number, Token);
            Assert.True(
                await service.UpdateAsync(
                    _bed.Ada,
                    row.Id,
                    details.Values,
                    details.Values with
                    {
                        City = "Інде",
                    },
                    Token
                )
            );
        }

        await demo.SeedAsync(Token);

        Assert.Equal(12, (await Queries.CountAsync(_bed.Ada, new(), Token)).Value);
        var again = await Queries.DetailsAsync(page.Rows[0].Number, Token);
        Assert.True(again.Values.IsLike(opened with { City = "Інде" }));
    }

    private static bool SamePage(CataloguePage one, CataloguePage other) =>
        one.Rows.SequenceEqual(other.Rows) && one.Next == other.Next && one.Previous == other.Previous;
}
