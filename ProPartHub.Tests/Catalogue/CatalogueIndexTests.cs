using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Catalogue;
using ProPartHub.Domain.Catalogue.Matching;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Catalogue;

/// <summary>Each sort and filter of 20,000 developments, and matching them with as many leads, is answered from indexes.</summary>
public sealed class CatalogueIndexTests(CatalogueIndexTests.Crowd crowd) : IClassFixture<CatalogueIndexTests.Crowd>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private HubBed Bed => crowd.Bed;

    public static TheoryData<CatalogueSort, bool, bool> Sorts =>
        new MatrixTheoryData<CatalogueSort, bool, bool>(Enum.GetValues<CatalogueSort>(), [true, false], [true, false]);

    [Theory]
    [MemberData(nameof(Sorts))]
    public async Task Page_OfAnySort_FirstOrDeep_IsReadInOrder(CatalogueSort sort, bool backward, bool deep)
    {
        var query = new CatalogueQuery { Sort = sort, Backward = backward };
        var cursor = !deep
            ? null
            : new CatalogueCursor(
                11_000,
                sort switch
                {
                    CatalogueSort.Name => "Будинок 5000",
                    CatalogueSort.Price => "150000",
                    _ => "",
                }
            );

        var plan = await PlanAsync(db =>
            CatalogueOrder.Of(CatalogueQueries.Filter(db, Bed.Ada, query), query, cursor).Take(25)
        );

        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Sort", plan, StringComparison.Ordinal);
    }

    public static TheoryData<string> Filters =>
        [
            "search",
            "number",
            "country",
            "kind",
            "price to",
            "price from",
            "city",
            "rooms",
            "size",
            "size to",
            "rooms and size",
            "archive",
        ];

    private static Dictionary<string, (CatalogueQuery Query, string Index)> Narrowings { get; } =
        new()
        {
            ["search"] = (new() { Search = "17123" }, "ix_developments_search_text"),
            ["number"] = (new() { Search = "P-10500" }, "ix_developments"),
            ["country"] = (new() { Country = "Оман" }, "ix_developments_country_number"),
            ["kind"] = (new() { Kind = "коммерция" }, "ix_developments_kind_number"),
            ["price to"] = (new() { PriceTo = 50_010 }, "ix_developments_price_from_number"),
            ["price from"] = (new() { PriceFrom = 5_000_000 }, "ix_developments_price_to"),
            ["city"] = (new() { City = "Маскат", District = "Гавань" }, "ix_developments_city_district_number"),
            ["size to"] = (new() { SizeTo = 20 }, "ix_development_units_size_from"),
            ["rooms"] = (new() { UnitType = UnitType.SixRooms }, "ix_development_units_type"),
            ["size"] = (new() { SizeFrom = 900 }, "ix_development_units_largest"),
            ["rooms and size"] = (new() { UnitType = UnitType.OneRoom, SizeFrom = 900 }, "ix_development_units_"),
            ["archive"] = (new() { Archived = true }, "ix_developments_archived_number"),
        };

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task Filter_ThatNarrows_UsesItsIndex(string name)
    {
        var (query, index) = Narrowings[name];

        var plan = await PlanAsync(db =>
            CatalogueOrder.Of(CatalogueQueries.Filter(db, Bed.Ada, query), query, null).Take(25)
        );

        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
        Assert.Contains(index, plan, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Оман", "ix_developments_country_number")]
    // Where nearly everything is of the country, walking all of it is as good.
    [InlineData("Дубай", "_number")]
    [InlineData(null, "ix_developments_offered_number")]
    public async Task Matches_OfALead_WeighABoundedNumberFromAnIndex(string? country, string index)
    {
        var lead = new Lead
        {
            ClientName = "x",
            Country = country,
            BudgetFrom = 100_000,
            BudgetTo = 150_000,
            PropertyType = "вторичка",
            PurchaseGoal = "для себя",
        };

        var plan = await PlanAsync(db => PropertyMatches.Offers(db, lead).For(lead).Take(11));

        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
        Assert.Contains(index, plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Matches_OfADevelopment_WeighABoundedNumberFromIndexes()
    {
        foreach (var actor in new[] { Bed.Ada, Bed.Nina, Bed.Olena })
        {
            var offer = new Development
            {
                Name = "x",
                Country = "Дубай",
                PriceFrom = 100_000,
                Goals = ["для себя"],
            };

            var plan = await PlanAsync(db => PropertyMatches.Seekers(db, actor, offer).For(offer).Take(11));

            Assert.DoesNotContain("Seq Scan on leads", plan, StringComparison.Ordinal);
            Assert.Contains("ix_leads_", plan, StringComparison.Ordinal);
        }
    }

    private async Task<string> PlanAsync<T>(Func<HubDbContext, IQueryable<T>> query) =>
        await Bed.ReadAsync(async db =>
        {
            await db.Database.OpenConnectionAsync(Token);
            await using var command = db.Database.GetDbConnection().CreateCommand();
            await using var prepared = query(db).CreateDbCommand();
            command.CommandText = "EXPLAIN " + prepared.CommandText;
            foreach (System.Data.Common.DbParameter parameter in prepared.Parameters)
            {
                command.Parameters.Add(((Npgsql.NpgsqlParameter)parameter).Clone());
            }

            var lines = new List<string>();
            await using var reader = await command.ExecuteReaderAsync(Token);
            while (await reader.ReadAsync(Token))
            {
                lines.Add(reader.GetString(0));
            }

            return string.Join('\n', lines);
        });

    /// <summary>20,000 developments with two units each, and as many leads.</summary>
    public sealed class Crowd : IAsyncLifetime
    {
        public HubBed Bed { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Bed = await HubBed.CreateAsync(CancellationToken.None);
            Guid?[] agents = [Bed.Olena.UserId, Bed.Taras.UserId, Bed.James.UserId];
            Guid?[] teams = [Bed.Olena.TeamId, Bed.Taras.TeamId, Bed.James.TeamId];
            await Bed.ReadAsync(db =>
                db.Database.ExecuteSqlAsync(
                    $"""
                    INSERT INTO developments (id, name, country, city, kind, goals, price_from, price_to, created_at, updated_at,
                        archived_at, search_text, description)
                    SELECT gen_random_uuid(), 'Будинок ' || n, CASE WHEN n % 500 = 0 THEN 'Оман' ELSE 'Дубай' END, 'Місто',
                        CASE WHEN n % 500 = 1 THEN 'коммерция' ELSE 'вторичка' END, ARRAY['для себя'], 50000 + n * 10,
                        CASE WHEN n % 1000 = 3 THEN 6000000 ELSE 60000 + n * 10 END, now(), now(),
                        CASE WHEN n % 500 = 2 THEN now() END, 'budinok ' || n || ' misto', repeat('Опис ', 100)
                    FROM generate_series(1, 20000) AS n;
                    INSERT INTO development_units (id, development_id, type, size_from, size_to, price, is_available, place)
                    SELECT gen_random_uuid(), id, CASE WHEN number % 500 = 4 AND p = 0 THEN 6 ELSE 1 + number % 3 END, 40,
                        CASE WHEN number % 1000 = 5 AND p = 0 THEN 950 WHEN p = 1 THEN 60 END, 100000, true, p
                    FROM developments, generate_series(0, 1) AS p;
                    INSERT INTO leads (id, agent_id, team_id, stage_id, status, stage_changed_at, client_name, phone, currency,
                        budget_from, budget_to, country, attention, is_demo, search_text, created_at, updated_at)
                    SELECT gen_random_uuid(), ({agents})[1 + n % 3], ({teams})[1 + n % 3], s.id, s.status, now(), 'Клієнт ' || n,
                        '+38050' || (1000000 + n), 'USD', 90000, 120000, CASE WHEN n % 11 = 1 THEN NULL ELSE 'Дубай' END, 0, true,
                        'kliient ' || n, now(), now()
                    FROM generate_series(1, 20000) AS n
                    JOIN (SELECT id, status, row_number() OVER (ORDER BY display_order) - 1 AS place FROM stages) AS s
                        ON s.place = n % 5;
                    """
                )
            );
            await Bed.ReadAsync(db =>
                db.Database.ExecuteSqlRawAsync("ANALYZE developments; ANALYZE development_units; ANALYZE leads")
            );
        }

        public ValueTask DisposeAsync() => Bed.DisposeAsync();
    }
}
