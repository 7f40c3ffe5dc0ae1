using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Boards;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Sorting;
using ProPartHub.Domain.Merging;
using ProPartHub.Domain.ServiceLevels;
using ProPartHub.Tests.Boards;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Leads;

/// <summary>Each offered sort and filter is answered from an index on 100,000 leads, and each page's load is a fixed
/// number of commands.</summary>
public sealed partial class LeadIndexTests(LeadIndexTests.Crowd crowd) : IClassFixture<LeadIndexTests.Crowd>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private HubBed Bed => crowd.Bed;

    public static TheoryData<LeadSort, int, bool, bool> Sorts =>
        new(
            Enum.GetValues<LeadSort>()
                .SelectMany(sort => LeadOrder.Of(sort).Stretches.Select((_, stretch) => (sort, stretch)))
                .SelectMany(one =>
                    new[] { (true, true), (true, false), (false, true), (false, false) }.Select(way =>
                        (one.sort, one.stretch, way.Item1, way.Item2)
                    )
                )
        );

    [Theory]
    [MemberData(nameof(Sorts))]
    public async Task Page_OfAnySort_FirstOrDeep_ReadsNoMoreThanItShows(
        LeadSort sort,
        int stretch,
        bool descending,
        bool deep
    )
    {
        var read = LeadOrder.Of(sort).Stretches[stretch];
        var cursor = deep ? await DeepAsync(read, stretch) : null;

        var plan = await PlanAsync(
            db => read.Rows(db, LeadQueries.Filter(db, Bed.Ada, new LeadListQuery()), descending, cursor, 51),
            isRun: true
        );

        Assert.DoesNotContain("Seq Scan on leads", plan, StringComparison.Ordinal);
        // Pages of the database, not milliseconds: a busy machine is slow, but it reads no more.
        Assert.InRange(int.Parse(Buffers().Match(plan).Groups[1].Value, null), 0, 3000);
    }

    private async Task<LeadCursor> DeepAsync(LeadStretch stretch, int place) =>
        await Bed.ReadAsync(async db =>
        {
            var leads = LeadQueries.Filter(db, Bed.Ada, new LeadListQuery());
            var all = await stretch.Rows(db, leads, false, null, 200_000).Select(lead => lead.Id).ToListAsync(Token);
            Assert.NotEmpty(all);
            var middle = all[all.Count / 2];
            var row = await db
                .Leads.Where(lead => lead.Id == middle)
                .Select(PlacedRow.From(stretch.Key(db), place))
                .SingleAsync(Token);
            return row.Place;
        });

    [Fact]
    public async Task Count_OfASearch_StopsAtFiveHundred_UnlessMoreIsAsked()
    {
        var word = await Bed.ReadAsync(db =>
            db.Leads.Select(lead => lead.SearchText.Substring(0, 3)).FirstAsync(Token)
        );
        var search = new LeadListQuery { Search = word };

        Assert.Equal(new(500, true), await Bed.Get<LeadQueries>().CountAsync(Bed.Ada, search, Token));
        Assert.Equal(new(600, true), await Bed.Get<LeadQueries>().CountAsync(Bed.Ada, search, Token, cap: 600));
        var none = new LeadListQuery { Search = "такого немає" };
        Assert.Equal(new(0, false), await Bed.Get<LeadQueries>().CountAsync(Bed.Ada, none, Token));
    }

    [GeneratedRegex(@"Buffers: shared hit=(\d+)")]
    private static partial Regex Buffers();

    public static TheoryData<string> Filters =>
        [
            "search",
            "phone",
            "number",
            "country",
            "source",
            "countries",
            "sources",
            "agents",
            "attention",
            "pool",
            "budget",
            "archive",
            "team",
            "waiting",
            "parked",
            "in step",
            "tag",
            "other money",
        ];

    private Dictionary<string, LeadListQuery> Narrowings =>
        new()
        {
            ["search"] = new() { Search = "Клієнт 77123" },
            ["phone"] = new() { Search = "050 1077123" },
            ["number"] = new() { Search = "L-10500" },
            ["country"] = new() { Countries = ["Оман"] },
            ["source"] = new() { Sources = ["риелтор"] },
            ["countries"] = new() { Countries = ["Оман", "Іспанія"] },
            ["sources"] = new() { Sources = ["риелтор", "ютуб"] },
            ["agents"] = new() { AgentIds = [Bed.Olena.UserId, Bed.Taras.UserId] },
            ["attention"] = new() { OnlyAttention = true },
            ["pool"] = new() { OnlyPool = true },
            ["transferred"] = new() { OnlyTransferred = true },
            ["quiet"] = new() { QuietSince = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero) },
            ["budget"] = new() { BudgetBand = 3 },
            ["archive"] = new() { Archived = true },
            ["team"] = new() { TeamId = Bed.James.TeamId },
            ["waiting"] = new() { Sync = LeadSyncFilter.Waiting },
            ["parked"] = new() { Sync = LeadSyncFilter.Parked },
            ["tag"] = new() { TagIds = [Crowd.Tag] },
            ["other money"] = new() { Money = LeadMoney.Other },
            ["in step"] = new() { Sync = LeadSyncFilter.InStep },
        };

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task Filter_ThatNarrows_UsesItsIndex(string name)
    {
        var query = Narrowings[name];

        var plan = await PlanAsync(db => ByNumber(db, LeadQueries.Filter(db, Bed.Ada, query)));

        // The few tags themselves fit into one page of the database.
        Assert.DoesNotContain(
            "Seq Scan",
            plan.Replace("Seq Scan on tags", "", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("77123")]
    [InlineData("rks'yn 77123")]
    [InlineData("0038050 107 71 23")]
    [InlineData("щдутф")]
    public async Task Finding_ByAnyReading_UsesItsIndexes(string typed)
    {
        var plan = await PlanAsync(db => LeadQueries.Found(db.Leads.VisibleTo(Bed.Ada), LeadReadings.Of(typed)));

        Assert.DoesNotContain("Seq Scan on leads", plan, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("+380501077123", null, null, "ix_leads_phone", "ix_leads_second_phone")]
    [InlineData(null, "client77123@example.com", null, "ix_leads_email")]
    [InlineData(null, null, "client77123", "ix_leads_telegram_key")]
    [InlineData("+380501077123", "a@example.com", "client77123", "ix_leads_phone", "ix_leads_email", "telegram_key")]
    public async Task LeadsOfOneClient_AreFoundByTheIndexOfEachMark(
        string? phone,
        string? email,
        string? telegram,
        params string[] indexes
    )
    {
        var marks = new ClientMarks(crowd.MiddleLead, phone is null ? [] : [phone, "+380501099999"], email, telegram);

        foreach (var actor in new[] { Bed.Ada, Bed.Nina, Bed.Olena })
        {
            var plan = await PlanAsync(db => SameClientQueries.Visible(db, actor, marks));

            Assert.DoesNotContain("Seq Scan on leads", plan, StringComparison.Ordinal);
            Assert.All(indexes, index => Assert.Contains(index, plan, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task WhatADayHasBrought_IsReadFromItsIndexes()
    {
        // The leads are as old as the database says, a minute apart.
        var since = DateTimeOffset.UtcNow.AddHours(-12);

        var plan = await PlanAsync(db =>
            BoardQueries.Since(LeadQueries.Filter(db, Bed.Ada, new LeadListQuery()), since)
        );

        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
    }

    // Few leads reach the highest band: walking all leads by number until fifty are found would read nearly every one.
    [Fact]
    public async Task RareBudgetBand_IsLookedUpByBudget()
    {
        var query = Narrowings["budget"];

        var plan = await PlanAsync(db => ByNumber(db, LeadQueries.Filter(db, Bed.Ada, query)));

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

    [Theory]
    [InlineData(ServiceDuty.FirstAnswer, "ix_leads_assigned_at_id")]
    [InlineData(ServiceDuty.KeepInTouch, "ix_leads_worked_at_id")]
    public async Task LateLeads_AreFoundByIndex(ServiceDuty duty, string index)
    {
        var calendar = Bed.Get<AgencyCalendar>();
        var late = new LateLeads(new WorkingClock(new WorkingTime(), calendar), calendar, Bed.Time.GetUtcNow());
        var level = new ServiceLevel
        {
            Name = "x",
            Duty = duty,
            Limit = 2,
        };

        var plan = await PlanAsync(db =>
            LateLeads.Untaken(db, late.Find(db, level, after: 1)!, level, step: 1).Take(50)
        );

        Assert.Contains(index, plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan on leads", plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LeadsThatAwaitAnAgent_AreFoundByIndex()
    {
        var plan = await PlanAsync(db =>
            db.Leads.Where(lead => lead.AwaitsAssignment)
                .OrderBy(lead => lead.CreatedAt)
                .ThenBy(lead => lead.Id)
                .Take(50)
        );

        Assert.Contains("ix_leads_awaits_assignment", plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_OfAgentAndManager_UseTheirOwnIndexes()
    {
        foreach (var actor in new[] { Bed.Olena, Bed.Nina })
        {
            var plan = await PlanAsync(db => ByNumber(db, LeadQueries.Filter(db, actor, new LeadListQuery())));
            Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
        }
    }

    public static TheoryData<string, bool> Columns =>
        new MatrixTheoryData<string, bool>(["stage", "agent", "pool", "overdue", "later", "none"], [true, false]);

    [Theory]
    [MemberData(nameof(Columns))]
    public async Task Column_OfTheBoard_FirstOrDeep_ReadsNoMoreThanItShows(string name, bool deep)
    {
        var board = await Bed.BoardAsync(BoardGrouping.Stage);
        BoardPlace place = name switch
        {
            "stage" => new StagePlace(board.Stages[0]),
            "agent" => new AgentPlace(Bed.Olena.UserId, Bed.Olena.Name),
            "pool" => new AgentPlace(null, null),
            _ => new FollowUpPlace(Enum.Parse<FollowUpSpan>(name, ignoreCase: true), board.Days),
        };
        var slice = new BoardSlice(place);
        if (deep)
        {
            var pages = await Bed.Get<BoardQueries>().CardsAsync(Bed.Ada, board, [slice with { Take = 100 }], Token);
            slice = slice with { Card = pages[0].Cards[^1] };
        }

        var plan = await PlanAsync(db => place.Leads(db, LeadQueries.Filter(db, Bed.Ada, new LeadListQuery()), slice));

        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Sort Key: l.", plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Loads_AreAFixedSmallNumberOfCommands()
    {
        var query = new LeadListQuery();
        (int Commands, Func<Task> Load)[] loads =
        [
            (1, () => Bed.Get<LeadQueries>().PageAsync(Bed.Nina, query, Token)),
            (1, () => Bed.Get<LeadQueries>().CountAsync(Bed.Nina, query, Token)),
            (1, () => Bed.Get<LeadQueries>().RowsAsync(Bed.Nina, [crowd.MiddleLead], query, Token)),
            (1, () => Bed.Get<LeadQueries>().FindAsync(Bed.Nina, "+380 (50) 107-71-23", Token)),
            (1, () => Bed.Get<LeadQueries>().FindAsync(Bed.Ada, "Rks'yn 77123", Token)),
            // How long clients are protected, then who has the phone.
            (2, () => Bed.Get<DuplicateCheck>().FindAsync(Bed.Nina, "+380501077123", "a@example.com", null, Token)),
        ];

        foreach (var (commands, load) in loads)
        {
            Bed.Sql.Reset();
            await load();
            Assert.Equal(commands, Bed.Sql.Commands.Count);
        }
    }

    private static IQueryable<Lead> ByNumber(Domain.Data.HubDbContext db, IQueryable<Lead> leads) =>
        LeadOrder.Of(LeadSort.Number).Stretches[0].Rows(db, leads, descending: true, null, 51);

    private async Task<string> PlanAsync(Func<Domain.Data.HubDbContext, IQueryable<Lead>> query, bool isRun = false) =>
        await Bed.ReadAsync(async db =>
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            await db.Database.OpenConnectionAsync(Token);
            await using var prepared = query(db).CreateDbCommand();
            command.CommandText =
                (isRun ? "EXPLAIN (ANALYZE, BUFFERS, TIMING OFF) " : "EXPLAIN ") + prepared.CommandText;
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
        public static readonly Guid Tag = new("0197a000-0000-7000-8000-000000000001");

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
                        currency, budget_from, budget_to, country, source, attention, second_phone, email, telegram, company,
                        messenger, language, purchase_goal, property_type, object_type, is_demo, search_text, created_at, updated_at)
                    SELECT gen_random_uuid(),
                        CASE WHEN n % 50 = 0 THEN NULL ELSE ({agents})[1 + n % 3] END,
                        CASE WHEN n % 50 = 0 THEN NULL ELSE ({teams})[1 + n % 3] END,
                        s.id, s.status, now() - n * interval '1 minute', 'Клієнт ' || n, CASE WHEN n % 25 <> 4 THEN '+38050' || (1000000 + n) END,
                        CASE WHEN n % 100 = 3 THEN 'EUR' ELSE 'USD' END,
                        CASE WHEN n % 5000 = 7 THEN NULL WHEN n % 5000 = 2 THEN 1500000 ELSE 90000 END, CASE WHEN n % 5000 = 2 OR n % 5000 = 7 THEN NULL ELSE 120000 END,
                        CASE WHEN n % 500 = 0 THEN 'Оман' WHEN n % 11 = 1 THEN NULL ELSE 'Дубай' END,
                        CASE WHEN n % 500 = 1 THEN 'риелтор' WHEN n % 11 = 2 THEN NULL ELSE 'сайт' END, CASE WHEN n % 1000 = 0 THEN 1 ELSE 0 END,
                        CASE WHEN n % 10 = 1 THEN '+38067' || (1000000 + n) END, CASE WHEN n % 3 = 1 THEN 'c' || n || '@example.com' END,
                        CASE WHEN n % 4 = 1 THEN 'Tg' || n END, CASE WHEN n % 50 = 1 THEN 'Фірма ' || n END,
                        CASE WHEN n % 2 = 1 THEN 'telegram' END, CASE WHEN n % 3 = 1 THEN 'украинский' END,
                        CASE WHEN n % 2 = 1 THEN 'для себя' END, CASE WHEN n % 2 = 1 THEN 'вторичка' END,
                        CASE WHEN n % 2 = 1 THEN 'вилла' END,
                        true, 'kliient ' || n || ' 38050' || (1000000 + n),
                        now() - n * interval '1 minute', now() - n * interval '1 minute'
                    FROM generate_series(1, 100000) AS n
                    JOIN (SELECT id, status, row_number() OVER (ORDER BY display_order) - 1 AS place FROM stages) AS s
                        ON s.place = n % 5
                    """
                )
            );
            await Bed.ReadAsync(db =>
                db.Database.ExecuteSqlRawAsync(
                    """
                    INSERT INTO outbox (kind, subject_id, lead_id, revision, since, attempts, due_at, parked_at)
                    SELECT 1, id, id, 1, now(), 0, now(), CASE WHEN number % 1000 = 7 THEN now() END
                    FROM leads WHERE number % 20 = 7;
                    INSERT INTO follow_ups (id, lead_id, title, due_at, author_name, origin, created_at)
                    SELECT gen_random_uuid(), id, 'x', timestamptz '2026-03-02' + (number - 60000) * interval '1 minute', 'x', 1, now()
                    FROM leads WHERE number % 2 = 0;
                    INSERT INTO tags (id, name, colour) VALUES ('0197a000-0000-7000-8000-000000000001', 'VIP', 1);
                    INSERT INTO lead_tags (lead_id, tag_id)
                    SELECT id, '0197a000-0000-7000-8000-000000000001' FROM leads WHERE number % 500 = 3;
                    INSERT INTO tags (id, name, colour) VALUES ('0197a000-0000-7000-8000-000000000002', 'Часта', 2);
                    INSERT INTO lead_tags (lead_id, tag_id)
                    SELECT id, '0197a000-0000-7000-8000-000000000002' FROM leads WHERE number % 2 = 1;
                    ANALYZE leads;
                    ANALYZE tags;
                    ANALYZE lead_tags;
                    ANALYZE outbox;
                    ANALYZE follow_ups
                    """
                )
            );
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
