using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Leads.Sorting;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Leads;

/// <summary>The leads on both sides of one in a list.</summary>
/// <param name="Previous">The one before; null at the beginning.</param>
/// <param name="Next">The one after; null at the end.</param>
public sealed record LeadNeighbours(Guid? Previous, Guid? Next)
{
    /// <summary>Alone in its list.</summary>
    public static LeadNeighbours None { get; } = new(null, null);
}

/// <content>From one lead to the next without going back to the list.</content>
public sealed partial class LeadQueries
{
    /// <summary>
    /// The leads before and after one in the order of a list, however long it is: two commands, each a row from an index, and
    /// a few more where the sort is by what the lead's page does not say or one of them is past the filled rows.
    /// </summary>
    /// <param name="actor">Whose list it is.</param>
    /// <param name="seen">
    /// The lead as it was when its page was opened: an edit that moves it within the list does not move its reader.
    /// </param>
    /// <param name="query">The list's filters and sort; its place counts for nothing.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<LeadNeighbours> NeighboursAsync(
        Actor actor,
        LeadDetails seen,
        LeadListQuery query,
        CancellationToken cancellationToken
    )
    {
        var order = LeadOrder.Of(query.Sort);
        await using var db = await _database.ReadAsync(cancellationToken);
        var lead = db.Leads.VisibleTo(actor).Where(lead => lead.Id == seen.Id);
        var place = SeenPlace.Of(seen, query.Sort) ?? await order.PlaceAsync(db, lead, cancellationToken);
        if (place is null)
        {
            return LeadNeighbours.None;
        }

        var others = Filter(db, actor, query).Where(lead => lead.Id != seen.Id);
        return new LeadNeighbours(await FirstAsync(backward: true), await FirstAsync(backward: false));

        Task<Guid?> FirstAsync(bool backward) =>
            order.FirstAsync(db, others, query.Descending, backward, place, cancellationToken);
    }
}
