using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.Leads;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Leads;

public sealed class LeadListTests : IAsyncLifetime
{
    private HubBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private LeadQueries Queries => _bed.Get<LeadQueries>();

    public async ValueTask InitializeAsync() => _bed = await HubBed.CreateAsync(Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    public static TheoryData<LeadSort, bool> Sorts =>
        new MatrixTheoryData<LeadSort, bool>(Enum.GetValues<LeadSort>(), [true, false]);

    [Theory]
    [MemberData(nameof(Sorts))]
    public async Task Page_WalkedForwardAndBack_ShowsEveryLeadOnceInOrder(LeadSort sort, bool descending)
    {
        await SeedAsync();
        var query = new LeadListQuery
        {
            Sort = sort,
            Descending = descending,
            PageSize = 5,
        };
        var whole = await Queries.PageAsync(_bed.Olena, query with { PageSize = 100 }, Token);
        var expected = whole.Rows.Select(row => row.Id).ToList();

        var forward = new List<Guid>();
        var pages = new List<LeadPage>();
        for (string? cursor = null; ; cursor = pages[^1].Next)
        {
            pages.Add(await Queries.PageAsync(_bed.Olena, query with { Cursor = cursor }, Token));
            forward.AddRange(pages[^1].Rows.Select(row => row.Id));
            if (pages[^1].Next is null)
            {
                break;
            }
        }

        var back = pages[^1].Rows.Select(row => row.Id).ToList();
        for (var page = pages[^1]; page.Previous is not null; )
        {
            page = await Queries.PageAsync(_bed.Olena, query with { Cursor = page.Previous, Backward = true }, Token);
            back.InsertRange(0, page.Rows.Select(row => row.Id));
        }

        Assert.Equal(23, expected.Count);
        Assert.Equal(expected, forward);
        Assert.Equal(expected, back);
        Assert.Null(pages[0].Previous);
    }

    [Fact]
    public async Task Page_SortedByName_GoesByUkrainianOrder()
    {
        foreach (var (number, name) in new[] { "Юрій", "Їжак", "Ігор", "Ґудзь", "Гай" }.Index())
        {
            await _bed.LeadAsync(_bed.Olena, number, name);
        }

        var page = await Queries.PageAsync(
            _bed.Olena,
            new LeadListQuery { Sort = LeadSort.Name, Descending = false },
            Token
        );

        Assert.Equal(["Гай", "Ґудзь", "Ігор", "Їжак", "Юрій"], page.Rows.Select(row => row.ClientName.Split(' ')[0]));
    }

    [Theory]
    [InlineData(LeadSort.Country)]
    [InlineData(LeadSort.Company)]
    [InlineData(LeadSort.Budget)]
    [InlineData(LeadSort.FollowUp)]
    [InlineData(LeadSort.Agent)]
    public async Task Page_OfASort_IsInOrder_AndEmptyOnesAreLast_EitherWay(LeadSort sort)
    {
        // Of each: the first, the last, and one without; made in another order.
        var agents = new[] { _bed.Taras, null, _bed.Olena };
        var ids = new List<Guid>();
        foreach (var (number, agent) in agents.Index())
        {
            var isFirst = number == 2;
            var input = HubBed.Input(number + 1) with
            {
                Country =
                    agent is null ? null
                    : isFirst ? "Іспанія"
                    : "Чорногорія",
                Company =
                    agent is null ? null
                    : isFirst ? "Ґрунт"
                    : "Дім",
                BudgetFrom = agent is null || isFirst ? null : 300_000,
                BudgetTo =
                    agent is null ? null
                    : isFirst ? 200_000
                    : 900_000,
            };
            var lead = await _bed.Get<LeadService>().CreateAsync(_bed.Nina, input, agent?.UserId, Token);
            ids.Add(lead.Id);
            if (agent is not null)
            {
                var due = _bed.Time.GetUtcNow().AddDays(isFirst ? 1 : 5);
                await _bed.Get<FollowUpService>()
                    .AddAsync(_bed.Nina, Guid.CreateVersion7(), lead.Id, new("Справа", null, due), Token);
            }
        }

        var up = await Queries.PageAsync(_bed.Nina, new() { Sort = sort, Descending = false }, Token);
        var down = await Queries.PageAsync(_bed.Nina, new() { Sort = sort, Descending = true }, Token);

        Assert.Equal([ids[2], ids[0], ids[1]], up.Rows.Select(row => row.Id));
        Assert.Equal([ids[0], ids[2], ids[1]], down.Rows.Select(row => row.Id));
    }

    [Fact]
    public async Task Page_SortedByHubSpot_BeginsWithWhatWaits()
    {
        var done = await _bed.LeadAsync(_bed.Olena, 1);
        var waiting = await _bed.LeadAsync(_bed.Olena, 2);
        await _bed.ReadAsync(db => db.Outbox.Where(entry => entry.LeadId == done.Id).ExecuteDeleteAsync(Token));
        var query = new LeadListQuery { Sort = LeadSort.Sync, Descending = false };

        var up = await Queries.PageAsync(_bed.Olena, query, Token);
        var down = await Queries.PageAsync(_bed.Olena, query with { Descending = true }, Token);

        Assert.Equal([waiting.Id, done.Id], up.Rows.Select(row => row.Id));
        Assert.Equal([done.Id, waiting.Id], down.Rows.Select(row => row.Id));
    }

    [Theory]
    [InlineData(LeadSort.Country)]
    [InlineData(LeadSort.Agent)]
    [InlineData(LeadSort.Phone)]
    public async Task Page_ThatIsFullBeforeTheEmptyOnes_IsOneCommand(LeadSort sort)
    {
        await SeedAsync();
        _bed.Sql.Reset();

        var page = await Queries.PageAsync(_bed.Olena, new() { Sort = sort, PageSize = 2 }, Token);

        Assert.Equal(2, page.Rows.Count);
        Assert.Single(_bed.Sql.Commands);
    }

    [Theory]
    [InlineData("галаган", 1)]
    [InlineData("Galagan", 1)]
    [InlineData("Остап Ґалаґан", 1)]
    [InlineData("050 100 00 03", 1)]
    [InlineData("00003", 1)]
    [InlineData("%", 0)]
    [InlineData("_", 0)]
    [InlineData("' OR 1=1 --", 0)]
    [InlineData("нікого", 0)]
    public async Task Search_FindsByAnySpelling(string text, int expected)
    {
        await _bed.LeadAsync(_bed.Olena, 1, "Марія Коваль");
        await _bed.LeadAsync(_bed.Olena, 3, "Ґалаґан Остап");

        var page = await Queries.PageAsync(_bed.Olena, new LeadListQuery { Search = text }, Token);

        Assert.Equal(expected, page.Rows.Count);
    }

    [Fact]
    public async Task Search_ByNumber_FindsTheOne()
    {
        await _bed.LeadAsync(_bed.Olena, 1);
        var lead = await _bed.LeadAsync(_bed.Olena, 2);

        var page = await Queries.PageAsync(_bed.Olena, new LeadListQuery { Search = $"l-{lead.Number}" }, Token);

        Assert.Equal(lead.Id, Assert.Single(page.Rows).Id);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("AAAA")]
    [InlineData("%00")]
    [InlineData("'; DROP TABLE leads; --")]
    public async Task Page_ForgedCursor_ShowsTheFirstPage(string cursor)
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        foreach (var sort in Enum.GetValues<LeadSort>())
        {
            var page = await Queries.PageAsync(_bed.Olena, new LeadListQuery { Cursor = cursor, Sort = sort }, Token);
            Assert.Equal(lead.Id, Assert.Single(page.Rows).Id);
        }
    }

    [Fact]
    public async Task Filters_NarrowListAndCountAlike()
    {
        await SeedAsync();
        var archived = await _bed.LeadAsync(_bed.Olena, 500);
        await _bed.Get<LeadService>().ArchiveAsync(_bed.Olena, archived.Id, Token);
        LeadListQuery[] queries =
        [
            new() { Statuses = [LeadStatus.Contacted, LeadStatus.Won] },
            new() { StageIds = [await _bed.StageAsync(LeadStatus.New)] },
            new() { Countries = ["Балі"] },
            new() { Sources = ["сайт"] },
            new() { Archived = true },
            new() { CreatedFrom = _bed.Time.GetUtcNow().AddMinutes(-5) },
            new() { CreatedBefore = _bed.Time.GetUtcNow().AddMinutes(-5) },
            new() { AgentIds = [_bed.Olena.UserId], Search = "клієнт" },
        ];

        foreach (var query in queries)
        {
            var rows = (await Queries.PageAsync(_bed.Ada, query with { PageSize = 100 }, Token)).Rows;
            var count = await Queries.CountAsync(_bed.Ada, query, Token);
            Assert.NotEmpty(rows);
            Assert.True(rows.Count < 47, query.ToString());
            Assert.Equal(rows.Count, count.Value);
            Assert.True(query.HasFilters || query.Archived);
        }
    }

    private async Task SeedAsync()
    {
        var leads = _bed.Get<LeadService>();
        LeadStatus[] statuses = [LeadStatus.New, LeadStatus.Contacted, LeadStatus.Won];
        for (var i = 0; i < 23; i++)
        {
            _bed.Time.Advance(TimeSpan.FromMinutes(i % 3));
            var input = HubBed.Input(100 + i, i % 2 == 0 ? "Клієнт" : "Зоря") with
            {
                Country = i % 4 == 0 ? "Балі" : null,
                Source = i % 5 == 0 ? "сайт" : null,
            };
            var lead = await leads.CreateAsync(_bed.Olena, input, null, Token);
            await leads.MoveAsync(_bed.Olena, lead.Id, await _bed.StageAsync(statuses[i % 3]), null, Token);
            await _bed.LeadAsync(_bed.James, 200 + i);
        }
    }
}
