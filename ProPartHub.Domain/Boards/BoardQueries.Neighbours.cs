using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Boards;

/// <content>From one lead to the next without going back to the board.</content>
public sealed partial class BoardQueries
{
    /// <summary>A lead as a card, whatever a board's filter leaves out; one command.</summary>
    /// <exception cref="NotFoundException">There is no such lead for the actor.</exception>
    public async Task<BoardCard> CardAsync(Actor actor, Guid leadId, CancellationToken cancellationToken)
    {
        await using var db = await _database.ReadAsync(cancellationToken);
        return await ToCards(db, db.Leads.VisibleTo(actor).Where(lead => lead.Id == leadId))
                .SingleOrDefaultAsync(cancellationToken)
            ?? throw await db.NoLeadAsync(actor, leadId, cancellationToken);
    }

    /// <summary>The leads above and below a card in its column; two commands, each a row or two from an index.</summary>
    /// <param name="actor">Whose board it is.</param>
    /// <param name="query">What the board shows.</param>
    /// <param name="seen">
    /// The card as it was when its lead was opened: a move to another column does not move its reader.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<LeadNeighbours> NeighboursAsync(
        Actor actor,
        BoardQuery query,
        BoardCard seen,
        CancellationToken cancellationToken
    )
    {
        if (PlaceOf(query, seen) is not { } place)
        {
            return LeadNeighbours.None;
        }

        await using var db = await _database.ReadAsync(cancellationToken);
        var found = Found(db, actor, query).Where(lead => lead.Id != seen.Id);
        return new LeadNeighbours(await NearestAsync(SliceWay.Above), await NearestAsync(SliceWay.Below));

        async Task<Guid?> NearestAsync(SliceWay way)
        {
            var ids = await place
                .Leads(db, found, new BoardSlice(place, seen, way, Take: 1))
                .Select(lead => lead.Id)
                .ToListAsync(cancellationToken);
            return ids is [var nearest, ..] ? nearest : null;
        }
    }

    private static BoardPlace? PlaceOf(BoardQuery query, BoardCard card) =>
        query.Grouping switch
        {
            BoardGrouping.Agent => new AgentPlace(card.AgentId, card.AgentName),
            BoardGrouping.FollowUp => new FollowUpPlace(query.Days.Of(card.FollowUpAt), query.Days),
            _ => query.Stages.FirstOrDefault(stage => stage.Id == card.StageId) is { } stage
                ? new StagePlace(stage)
                : null,
        };
}
