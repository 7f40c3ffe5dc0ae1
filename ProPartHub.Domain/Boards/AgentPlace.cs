using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.Boards;

/// <summary>A person's leads, or the pool's, those registered last first.</summary>
/// <param name="AgentId">The person; null for the unassigned pool.</param>
/// <param name="Name">The person's name; null for the pool.</param>
public sealed record AgentPlace(Guid? AgentId, string? Name) : BoardPlace
{
    /// <inheritdoc/>
    public override string Key => AgentId?.ToString() ?? "pool";

    /// <inheritdoc/>
    public override bool Holds(BoardCard card) => card.AgentId == AgentId;

    /// <inheritdoc/>
    public override int Compare(BoardCard first, BoardCard second) => ByNumber.Compare(first, second);

    internal override IQueryable<Lead> Leads(HubDbContext db, IQueryable<Lead> found, BoardSlice slice) =>
        ByNumber.Page(found.Where(lead => lead.AgentId == AgentId), slice);
}

/// <summary>The order of registration, the last first: unlike the last change it never moves what is being read.</summary>
internal static class ByNumber
{
    public static int Compare(BoardCard first, BoardCard second) => second.Number.CompareTo(first.Number);

    public static IQueryable<Lead> Page(IQueryable<Lead> leads, BoardSlice slice)
    {
        if (slice.Card is { Number: var number })
        {
            leads = slice.Way switch
            {
                SliceWay.Above => leads.Where(lead => lead.Number > number),
                SliceWay.FromHere => leads.Where(lead => lead.Number <= number),
                _ => leads.Where(lead => lead.Number < number),
            };
        }

        return (
            slice.Way is SliceWay.Above
                ? leads.OrderBy(lead => lead.Number)
                : leads.OrderByDescending(lead => lead.Number)
        ).Take(slice.Rows);
    }
}
