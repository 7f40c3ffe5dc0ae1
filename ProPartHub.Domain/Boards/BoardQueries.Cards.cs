using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Boards;

/// <content>Cards of columns, a page at a time.</content>
public sealed partial class BoardQueries
{
    /// <summary>
    /// Pages of several columns in one command with a branch for each. Each branch reads its few rows from an index; a
    /// window over all leads would read every one of them. What a card says beyond its lead is looked up for the rows of
    /// the page alone, in the same command.
    /// </summary>
    /// <param name="actor">Whose leads are shown.</param>
    /// <param name="query">What the board shows.</param>
    /// <param name="slices">The pages, at most one of each column.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<CardPage>> CardsAsync(
        Actor actor,
        BoardQuery query,
        IReadOnlyCollection<BoardSlice> slices,
        CancellationToken cancellationToken
    )
    {
        if (slices.Count == 0)
        {
            return [];
        }

        await using var db = await _database.ReadAsync(cancellationToken);
        var found = Found(db, actor, query);
        var leads = slices
            .Select(slice => slice.Place.Leads(db, found, slice))
            .Aggregate((above, column) => above.Concat(column));

        // Joined to what else is known of them, the rows come in any order.
        var cards = await ToCards(db, leads).ToListAsync(cancellationToken);
        return [.. slices.Select(slice => Page(slice, cards))];
    }

    /// <summary>
    /// Cards afresh, after the feed told of them, in one command at most; those that the actor may not see or that the
    /// board leaves out are missing from the answer, which has no order.
    /// </summary>
    public async Task<IReadOnlyList<BoardCard>> CardsOfAsync(
        Actor actor,
        BoardQuery query,
        IReadOnlyCollection<Guid> leadIds,
        CancellationToken cancellationToken
    )
    {
        if (leadIds.Count == 0)
        {
            return [];
        }

        if (query.Filter.HasFilters)
        {
            await using var db = await _database.ReadAsync(cancellationToken);
            var found = Found(db, actor, query).Where(lead => leadIds.Contains(lead.Id));
            return await ToCards(db, found).ToListAsync(cancellationToken);
        }

        var stages = query.StageIds;
        var cards = await _shared.RowsAsync(leadIds, cancellationToken);
        return
        [
            .. leadIds
                .Select(id => cards.GetValueOrDefault(id))
                .OfType<BoardCard>()
                .Where(card =>
                    !card.IsArchived && stages.Contains(card.StageId) && actor.CanSee(card.AgentId, card.TeamId)
                ),
        ];
    }

    internal static IQueryable<BoardCard> ToCards(HubDbContext db, IQueryable<Lead> leads) =>
        from lead in leads
        from next in db
            .FollowUps.Where(row => row.LeadId == lead.Id && row.DoneAt == null && row.DeletedAt == null)
            .OrderBy(row => row.DueAt)
            .ThenBy(row => row.Id)
            .Take(1)
            .DefaultIfEmpty()
        from said in db
            .Comments.Where(row => row.LeadId == lead.Id && row.DeletedAt == null)
            .OrderByDescending(row => row.CreatedAt)
            .ThenByDescending(row => row.Id)
            .Take(1)
            .DefaultIfEmpty()
        select new BoardCard(
            lead.Id,
            lead.Number,
            lead.ClientName,
            lead.AgentId,
            lead.Agent!.DisplayName,
            lead.TeamId,
            lead.StageId,
            lead.Status,
            lead.StageChangedAt,
            lead.Country,
            lead.BudgetFrom,
            lead.BudgetTo,
            lead.Currency,
            lead.Attention,
            lead.ArchivedAt != null,
            lead.UpdatedAt,
            db.Outbox.Any(entry => entry.LeadId == lead.Id && entry.ParkedAt != null),
            next == null ? null : next.Id,
            next == null ? null : next.Title,
            next == null ? null : next.DueAt,
            said == null ? null : said.AuthorName,
            said == null ? null : said.Origin,
            said == null ? null : said.CreatedAt,
            db.LeadTags.Where(row => row.LeadId == lead.Id && row.Tag.RetiredAt == null)
                .OrderBy(row => row.Tag.Name)
                .Select(row => (int)row.Tag.Colour + " " + row.Tag.Name)
                .FirstOrDefault(),
            db.LeadTags.Where(row => row.LeadId == lead.Id && row.Tag.RetiredAt == null)
                .OrderBy(row => row.Tag.Name)
                .Skip(1)
                .Select(row => (int)row.Tag.Colour + " " + row.Tag.Name)
                .FirstOrDefault(),
            db.LeadTags.Count(row => row.LeadId == lead.Id && row.Tag.RetiredAt == null)
        );

    private static CardPage Page(BoardSlice slice, IEnumerable<BoardCard> cards)
    {
        var mine = cards.Where(slice.Place.Holds).ToList();
        mine.Sort(slice.Place.Compare);
        var hasMore = mine.Count == slice.Rows;
        if (hasMore)
        {
            mine.RemoveAt(slice.Way is SliceWay.Above ? 0 : mine.Count - 1);
        }

        return new CardPage(slice.Place, mine, hasMore);
    }
}
