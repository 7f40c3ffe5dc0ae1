using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Boards;
using ProPartHub.Domain.Leads;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Leads;

/// <summary>Each offered sort and filter is answered from an index on 100,000 leads, and each page's load is a fixed
/// number of commands.</summary>
public sealed class LeadIndexTests(LeadIndexTests.Crowd crowd) : IClassFixture<LeadIndexTests.Crowd>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private HubBed Bed => crowd.Bed;

    public static TheoryData<LeadSort, bool, bool> Sorts =>
        new MatrixTheoryData<LeadSort, bool, bool>(Enum.GetValues<LeadSort>(), [true, false], [true, false]);

    [Theory]
    [MemberData(nameof(Sorts))]
    public async Task Page_OfAnySort_FirstOrDeep_ReadsNoMoreThanItShows(LeadSort sort, bool descending, bool deep)
    {
        var query = new LeadListQuery { Sort = sort, Descending = descending };
        if (deep)
        {
            var rows = await Bed.Get<LeadQueries>().RowsAsync(Bed.Ada, [crowd.MiddleLead], query, Token);
            query = query with { Cursor = LeadCursor.For(sort, rows[0]) };
        }

        var plan = await PlanAsync(db =>
            LeadCursor
                .Apply(
                    LeadQueries.Filter(db.Leads.VisibleTo(Bed.Ada), query),
                    sort,
                    descending,
                    LeadCursor.Parse(query.Cursor)
                )
                .Take(51)
        );

        Assert.Contains("Index", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Sort Key", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
    }

    public static TheoryData<string> Filters => [.. Narrowings.Keys];

    private static Dictionary<string, LeadListQuery> Narrowings =>
        new()
        {
            ["search"] = new() { Search = "Клієнт 77123" },
            ["phone"] = new() { Search = "050 1077123" },
            ["number"] = new() { Search = "L-10500" },
            ["country"] = new() { Country = "Оман" },
            ["source"] = new() { Source = "риелтор" },
            ["attention"] = new() { OnlyAttention = true },
            ["pool"] = new() { OnlyPool = true },
            ["transferred"] = new() { OnlyTransferred = true },
            ["quiet"] = new() { QuietSince = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero) },
            ["budget"] = new() { BudgetBand = 3 },
            ["archive"] = new() { Archived = true },
        };

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task Filter_ThatNarrows_UsesItsIndex(string name)
    {
        var query = Narrowings[name];

        var plan = await PlanAsync(db =>
            LeadCursor
                .Apply(LeadQueries.Filter(db.Leads.VisibleTo(Bed.Ada), query), query.Sort, query.Descending, null)
                .Take(51)
        );

        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
    }

    // Few leads reach the highest band: walking all leads by number until fifty are found would read nearly every one.
    [Fact]
    public async Task RareBudgetBand_IsLookedUpByBudget()
    {
        var query = Narrowings["budget"];

        var plan = await PlanAsync(db =>
            LeadCursor
                .Apply(LeadQueries.Filter(db.Leads.VisibleTo(Bed.Ada), query), query.Sort, query.Descending, null)
                .Take(51)
        );

        Assert.Contains("ix_leads_budget_to", plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Duplicates_AreLookedUpByIndex()
    {
        var plan = await PlanAsync(db =>
            db.Leads.Where(lead =>
                lead.Phone == "+380501077123" || lead.SecondPhone == "+380501077123" || lead.Email == "a@example.com"
            )
        );

        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_OfAgentAndManager_UseTheirOwnIndexes()
    {
        foreach (var actor in new[] { Bed.Olena, Bed.Nina })
        {
            var plan = await PlanAsync(db =>
                LeadCursor
                    .Apply(
                        LeadQueries.Filter(db.Leads.VisibleTo(actor), new LeadListQuery()),
                        LeadSort.Number,
                        true,
                        null
                    )
                    .Take(51)
            );
            Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Loads_AreAFixedSmallNumberOfCommands()
    {
        var stage = await Bed.StageAsync(LeadStatus.New);
        var stages = await Bed.Get<StageDirectory>().AllAsync(Token);
        var query = new LeadListQuery();
        (int Commands, Func<Task> Load)[] loads =
        [
            (1, () => Bed.Get<LeadQueries>().PageAsync(Bed.Nina, query, Token)),
            (1, () => Bed.Get<LeadQueries>().CountAsync(Bed.Nina, query, Token)),
            (1, () => Bed.Get<LeadQueries>().RowsAsync(Bed.Nina, [crowd.MiddleLead], query, Token)),
            (1, () => Bed.Get<BoardQueries>().ColumnsAsync(Bed.Nina, stages, query, Token)),
            (1, () => Bed.Get<BoardQueries>().FirstCardsAsync(Bed.Nina, stages, query, Token)),
            (1, () => Bed.Get<BoardQueries>().MoreCardsAsync(Bed.Nina, stage, query, null, Token)),
            (1, () => Bed.Get<DuplicateCheck>().FindAsync(Bed.Nina, "+380501077123", "a@example.com", null, Token)),
        ];

        foreach (var (commands, load) in loads)
        {
            Bed.Sql.Reset();
            await load();
            Assert.Equal(commands, Bed.Sql.Commands.Count);
        }
    }

    [Fact]
    public async Task FirstCards_ReadEachColumnFromItsIndex()
    {
        var stages = await Bed.Get<StageDirectory>().AllAsync(Token);
        Bed.Sql.Reset();
        var cards = await Bed.Get<BoardQueries>().FirstCardsAsync(Bed.Ada, stages, new LeadListQuery(), Token);

        Assert.Equal(5 * BoardQueries.CardsPerPage, cards.Count);
        Assert.Equal(5, cards.DistinctBy(card => card.StageId).Count());
        Assert.DoesNotContain("ROW_NUMBER", Bed.Sql.Commands[^1], StringComparison.Ordinal);
    }

    private async Task<string> PlanAsync(Func<Domain.Data.HubDbContext, IQueryable<Lead>> query) =>
        await Bed.ReadAsync(async db =>
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            await db.Database.OpenConnectionAsync(Token);
            await using var prepared = query(db).CreateDbCommand();
            command.CommandText = "EXPLAIN " + prepared.CommandText;
            foreach (System.Data.Common.DbParameter parameter in prepared.Parameters)
            {
                var copy = (Npgsql.NpgsqlParameter)((Npgsql.NpgsqlParameter)parameter).Clone();
                command.Parameters.Add(copy);
            }

            var lines = new List<string>();
            await using var reader = await command.ExecuteReaderAsync(Token);
            while (await reader.ReadAsync(Token))
            {
                lines.Add(reader.GetString(0));
            }

            return string.Join('\n', lines);
        });

    /// <summary>100,000 leads in one statement.</summary>
    public sealed class Crowd : IAsyncLifetime
    {
        public HubBed Bed { get; private set; } = null!;

        public Guid MiddleLead { get; private set; }

        public async ValueTask InitializeAsync()
        {
            Bed = await HubBed.CreateAsync(CancellationToken.None);
            Guid?[] agents = [Bed.Olena.UserId, Bed.Taras.UserId, Bed.James.UserId];
            Guid?[] teams = [Bed.Olena.TeamId, Bed.Taras.TeamId, Bed.James.TeamId];
            await WithoutIndexesAsync(db =>
                db.Database.ExecuteSqlAsync(
                    $"""
                    INSERT INTO leads (id, agent_id, team_id, stage_id, status, stage_changed_at, client_name, phone,
                        currency, budget_from, budget_to, country, source, attention, is_demo, search_text, created_at, updated_at)
                    SELECT gen_random_uuid(),
                        CASE WHEN n % 50 = 0 THEN NULL ELSE ({agents})[1 + n % 3] END,
                        CASE WHEN n % 50 = 0 THEN NULL ELSE ({teams})[1 + n % 3] END,
                        s.id, s.status, now() - n * interval '1 minute', 'Клієнт ' || n, '+38050' || (1000000 + n),
                        'USD', CASE WHEN n % 5000 = 2 THEN 1500000 ELSE 90000 END, CASE WHEN n % 5000 = 2 THEN NULL ELSE 120000 END,
                        CASE WHEN n % 500 = 0 THEN 'Оман' ELSE 'Дубай' END,
                        CASE WHEN n % 500 = 1 THEN 'риелтор' ELSE 'сайт' END, CASE WHEN n % 1000 = 0 THEN 1 ELSE 0 END,
                        true, 'kliient ' || n || ' 38050' || (1000000 + n),
                        now() - n * interval '1 minute', now() - n * interval '1 minute'
                    FROM generate_series(1, 100000) AS n
                    JOIN (SELECT id, status, row_number() OVER (ORDER BY display_order) - 1 AS place FROM stages) AS s
                        ON s.place = n % 5
                    """
                )
            );
            await Bed.ReadAsync(db => db.Database.ExecuteSqlRawAsync("ANALYZE leads"));
            MiddleLead = await Bed.ReadAsync(db =>
                db.Leads.Where(lead => lead.Phone == "+380501050000").Select(lead => lead.Id).SingleAsync()
            );
        }

        public ValueTask DisposeAsync() => Bed.DisposeAsync();

        // Building each index once is several times faster than keeping twenty of them up row by row.
        private Task WithoutIndexesAsync(Func<Domain.Data.HubDbContext, Task> fill) =>
            Bed.ReadAsync(async db =>
            {
                db.Database.SetCommandTimeout(TimeSpan.FromMinutes(5));
#pragma warning disable EF1002 // Names and definitions come from PostgreSQL's own catalogue.
                var indexes = await db
                    .Database.SqlQuery<string>(
                        $"""
                        SELECT indexdef AS "Value" FROM pg_indexes
                        WHERE tablename = 'leads' AND indexname NOT LIKE 'pk%'
                        """
                    )
                    .ToListAsync();
                foreach (var index in indexes)
                {
                    var name = index.Split(" INDEX ")[1].Split(' ')[0];
                    await db.Database.ExecuteSqlRawAsync($"DROP INDEX {name}");
                }

                await fill(db);
                foreach (var index in indexes)
                {
                    await db.Database.ExecuteSqlRawAsync(index);
                }

#pragma warning restore EF1002
                return true;
            });
    }
}
