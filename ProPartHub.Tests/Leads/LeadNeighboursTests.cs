using ProPartHub.Domain.Boards;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Boards;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Leads;

/// <summary>From lead to lead in the order of the list or board that one came from.</summary>
public sealed class LeadNeighboursTests : IAsyncLifetime
{
    private HubBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private LeadQueries Queries => _bed.Get<LeadQueries>();

    private BoardQueries Boards => _bed.Get<BoardQueries>();

    public async ValueTask InitializeAsync()
    {
        _bed = await HubBed.CreateAsync(Token);
        for (var number = 0; number < 7; number++)
        {
            _bed.Time.Advance(TimeSpan.FromMinutes(1));
            // Names in another order than numbers, two of them alike.
            var lead = await _bed.LeadAsync(
                number % 3 == 2 ? _bed.Taras : _bed.Olena,
                number,
                number % 2 == 0 ? "Ю" : "Є"
            );
            if (number % 2 == 1)
            {
                var stage = await _bed.StageAsync(LeadStatus.Contacted);
                await _bed.Get<LeadService>().MoveAsync(_bed.Nina, lead.Id, stage, null, Token);
                var due = _bed.Time.GetUtcNow().AddDays(10 - number);
                await _bed.Get<FollowUpService>()
                    .AddAsync(_bed.Nina, Guid.CreateVersion7(), lead.Id, new("Справа", null, due), Token);
            }
        }
    }

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    public static TheoryData<LeadSort, bool> Sorts =>
        new(Enum.GetValues<LeadSort>().SelectMany(sort => new[] { (sort, true), (sort, false) }));

    [Theory]
    [MemberData(nameof(Sorts))]
    public async Task List_IsWalkedInItsOrder_BothWays(LeadSort sort, bool descending)
    {
        var query = new LeadListQuery { Sort = sort, Descending = descending };
        foreach (var actor in new[] { _bed.Nina, _bed.Olena })
        {
            var rows = (await Queries.PageAsync(actor, query, Token)).Rows.Select(row => row.Id).ToList();

            Assert.Equal(rows, await WalkAsync(rows[0], id => BesideAsync(actor, id, query), beside => beside.Next));
            rows.Reverse();
            Assert.Equal(
                rows,
                await WalkAsync(rows[0], id => BesideAsync(actor, id, query), beside => beside.Previous)
            );
        }
    }

    [Fact]
    public async Task FilteredList_IsWalkedWithinItsFilter_FromALeadOutsideToo()
    {
        var query = new LeadListQuery { Statuses = [LeadStatus.Contacted] };
        var all = (await Queries.PageAsync(_bed.Nina, new LeadListQuery(), Token)).Rows;
        var outside = all[2];
        Assert.Equal(LeadStatus.New, outside.Status);

        var beside = await BesideAsync(_bed.Nina, outside.Id, query);

        Assert.Equal((all[1].Id, all[3].Id), (beside.Previous, beside.Next));
    }

    [Fact]
    public async Task Edit_ThatMovesTheLeadInTheList_LeavesItsReaderWhereTheyWere()
    {
        var query = new LeadListQuery { Sort = LeadSort.Updated };
        var rows = (await Queries.PageAsync(_bed.Nina, query, Token)).Rows;
        var seen = await Queries.DetailsAsync(_bed.Nina, rows[3].Id, Token);

        _bed.Time.Advance(TimeSpan.FromMinutes(1));
        await _bed.Get<LeadService>().TransferAsync(_bed.Nina, seen.Id, _bed.Taras.UserId, null, Token);
        var beside = await Queries.NeighboursAsync(_bed.Nina, seen, query, Token);

        Assert.Equal((rows[2].Id, rows[4].Id), (beside.Previous, beside.Next));
    }

    [Theory]
    [InlineData(BoardGrouping.Stage)]
    [InlineData(BoardGrouping.Agent)]
    [InlineData(BoardGrouping.FollowUp)]
    public async Task Board_IsWalkedDownAndUpItsColumns(BoardGrouping grouping)
    {
        var query = await _bed.BoardAsync(grouping);
        var columns = (await _bed.ReadAsync(_bed.Nina, query)).Values.Select(column => column.Cards).ToList();
        Assert.Equal(7, columns.Sum(cards => cards.Count));
        Assert.Contains(columns, cards => cards.Count > 2);

        foreach (var cards in columns.Where(cards => cards.Count > 0))
        {
            var ids = cards.Select(card => card.Id).ToList();
            Assert.Equal(ids, await WalkAsync(ids[0], id => BesideAsync(id, query), beside => beside.Next));
            ids.Reverse();
            Assert.Equal(ids, await WalkAsync(ids[0], id => BesideAsync(id, query), beside => beside.Previous));
        }
    }

    private async Task<LeadNeighbours> BesideAsync(Actor actor, Guid id, LeadListQuery query) =>
        await Queries.NeighboursAsync(actor, await Queries.DetailsAsync(actor, id, Token), query, Token);

    private async Task<LeadNeighbours> BesideAsync(Guid id, BoardQuery query) =>
        await Boards.NeighboursAsync(_bed.Nina, query, await Boards.CardAsync(_bed.Nina, id, Token), Token);

    private static async Task<List<Guid>> WalkAsync(
        Guid first,
        Func<Guid, Task<LeadNeighbours>> beside,
        Func<LeadNeighbours, Guid?> way
    )
    {
        var walked = new List<Guid> { first };
        while (walked.Count < 20 && way(await beside(walked[^1])) is { } next)
        {
            walked.Add(next);
        }

        return walked;
    }
}
