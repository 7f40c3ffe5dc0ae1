using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Leads;

/// <summary>Each filter finds what it names and nothing else, and the count is the count of the list.</summary>
public sealed class LeadFilterTests : IAsyncLifetime
{
    private HubBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bed = await HubBed.CreateAsync(Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    // Bands: up to 200k, 200–500k, 500k–1M, from 1M.
    [Theory]
    [InlineData(null, 200_000, "USD", new[] { 0 })]
    [InlineData(200_000, 500_000, "USD", new[] { 1 })]
    [InlineData(500_000, 1_000_000, "USD", new[] { 2 })]
    [InlineData(1_000_000, null, "USD", new[] { 3 })]
    [InlineData(null, 300_000, "USD", new[] { 0, 1 })]
    [InlineData(450_000, 550_000, "USD", new[] { 1, 2 })]
    [InlineData(600_000, null, "USD", new[] { 2, 3 })]
    [InlineData(200_000, 200_000, "USD", new[] { 1 })]
    [InlineData(1_000_000, 1_000_000, "USD", new[] { 3 })]
    [InlineData(null, null, "USD", new int[0])]
    [InlineData(200_000, 500_000, "EUR", new int[0])]
    public async Task BudgetBand_FindsWhatReachesIntoIt(int? from, int? to, string currency, int[] expected)
    {
        await AddAsync(HubBed.Input(1) with { BudgetFrom = from, BudgetTo = to, Currency = currency });

        var found = new List<int>();
        for (var band = 0; band < LeadOptions.BudgetBands.Count; band++)
        {
            if ((await RowsAsync(_bed.Ada, new() { BudgetBand = band })).Count > 0)
            {
                found.Add(band);
            }
        }

        Assert.Equal(expected, found);
    }

    [Fact]
    public async Task EachFilter_LeavesWhatItNames_AndTheCountIsTheLists()
    {
        await SeedAsync();
        var won = await _bed.StageAsync(LeadStatus.Won);
        var day = _bed.Time.GetUtcNow();
        (LeadListQuery Query, int Expected)[] filters =
        [
            (new(), 4),
            (new() { AgentIds = [_bed.Taras.UserId] }, 1),
            (new() { AgentIds = [_bed.Taras.UserId, _bed.Olena.UserId] }, 3),
            (new() { StageIds = [won] }, 1),
            (new() { StageIds = [won, await _bed.StageAsync(LeadStatus.New)] }, 4),
            (new() { Countries = ["Оман", "Балі"] }, 2),
            (new() { Sources = ["сайт", "ютуб"] }, 1),
            (new() { Statuses = [LeadStatus.Won, LeadStatus.Lost] }, 1),
            (new() { Countries = ["Оман"] }, 2),
            (new() { Sources = ["сайт"] }, 1),
            (new() { Countries = ["Оман"], Sources = ["сайт"] }, 1),
            (new() { OnlyPool = true }, 1),
            (new() { CreatedFrom = day }, 1),
            (new() { CreatedBefore = day }, 3),
            (new() { CreatedFrom = day.AddDays(-3), CreatedBefore = day }, 3),
            (new() { Archived = true }, 1),
            (new() { OnlyAttention = true }, 0),
        ];

        foreach (var (query, expected) in filters)
        {
            var rows = await RowsAsync(_bed.Ada, query);
            var count = await _bed.Get<LeadQueries>().CountAsync(_bed.Ada, query, Token);
            Assert.True(rows.Count == expected, $"{query}: {rows.Count} and not {expected}");
            Assert.Equal(rows.Count, count.Value);
        }
    }

    [Fact]
    public async Task Agent_AskingForAColleaguesLeads_FindsNone()
    {
        await SeedAsync();

        Assert.Empty(await RowsAsync(_bed.Olena, new() { AgentIds = [_bed.Taras.UserId] }));
        Assert.Empty(await RowsAsync(_bed.Olena, new() { OnlyPool = true }));
    }

    private async Task SeedAsync()
    {
        var leads = _bed.Get<LeadService>();
        var first = await AddAsync(HubBed.Input(1) with { Country = "Оман", Source = "сайт" });
        await leads.CreateAsync(_bed.Taras, HubBed.Input(2) with { Country = "Оман" }, null, Token);
        await leads.CreateAsync(_bed.Ada, HubBed.Input(3), null, Token);
        await leads.MoveAsync(_bed.Ada, first, await _bed.StageAsync(LeadStatus.Won), null, Token);
        _bed.Time.Advance(TimeSpan.FromDays(2));
        await AddAsync(HubBed.Input(4));
        var archived = await AddAsync(HubBed.Input(5));
        await leads.ArchiveAsync(_bed.Olena, archived, Token);
    }

    private async Task<Guid> AddAsync(LeadInput input) =>
        (await _bed.Get<LeadService>().CreateAsync(_bed.Olena, input, null, Token)).Id;

    private async Task<IReadOnlyList<LeadRow>> RowsAsync(Actor actor, LeadListQuery query) =>
        (await _bed.Get<LeadQueries>().PageAsync(actor, query, Token)).Rows;
}
