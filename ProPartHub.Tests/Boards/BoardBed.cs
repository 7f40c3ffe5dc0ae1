using ProPartHub.Domain.Boards;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Infrastructure;

namespace ProPartHub.Tests.Boards;

/// <summary>Boards over a test's own leads, with the days counted from the test's now.</summary>
internal static class BoardBed
{
    /// <summary>A board; its today began an hour before the test's now.</summary>
    public static async Task<BoardQuery> BoardAsync(
        this HubBed bed,
        BoardGrouping grouping,
        LeadListQuery? filter = null
    )
    {
        var today = bed.Time.GetUtcNow().AddHours(-1);
        return new BoardQuery(
            await bed.Get<StageDirectory>().AllAsync(CancellationToken.None),
            grouping,
            new FollowUpDays(today, today.AddDays(1), today.AddDays(2), today.AddDays(5)),
            filter ?? new LeadListQuery()
        );
    }

    /// <summary>All its columns with the first page of each.</summary>
    public static async Task<
        IReadOnlyDictionary<string, (BoardColumn Column, IReadOnlyList<BoardCard> Cards)>
    > ReadAsync(this HubBed bed, Actor actor, BoardQuery query)
    {
        var boards = bed.Get<BoardQueries>();
        var columns = await boards.ColumnsAsync(actor, query, CancellationToken.None);
        var pages = await boards.CardsAsync(
            actor,
            query,
            [.. columns.Select(column => new BoardSlice(column.Place))],
            CancellationToken.None
        );
        return columns.Zip(pages).ToDictionary(pair => pair.First.Place.Key, pair => (pair.First, pair.Second.Cards));
    }
}
