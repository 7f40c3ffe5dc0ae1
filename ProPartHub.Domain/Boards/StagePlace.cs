using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.Boards;

/// <summary>A stage: its leads, the newest arrivals first.</summary>
public sealed record StagePlace(StageItem Stage) : BoardPlace
{
    /// <inheritdoc/>
    public override string Key => Stage.Id.ToString();

    /// <inheritdoc/>
    public override bool Holds(BoardCard card) => card.StageId == Stage.Id;

    /// <inheritdoc/>
    public override int Compare(BoardCard first, BoardCard second) =>
        (second.StageChangedAt, second.Id).CompareTo((first.StageChangedAt, first.Id));

    internal override IQueryable<Lead> Leads(HubDbContext db, IQueryable<Lead> found, BoardSlice slice)
    {
        var leads = found.Where(lead => lead.StageId == Stage.Id);
        if (slice.Card is { } card)
        {
            var (at, id) = (card.StageChangedAt, card.Id);
            leads = slice.Way switch
            {
                SliceWay.Above => leads.Where(lead =>
                    EF.Functions.GreaterThan(ValueTuple.Create(lead.StageChangedAt, lead.Id), ValueTuple.Create(at, id))
                ),
                SliceWay.FromHere => leads.Where(lead =>
                    EF.Functions.LessThanOrEqual(
                        ValueTuple.Create(lead.StageChangedAt, lead.Id),
                        ValueTuple.Create(at, id)
                    )
                ),
                _ => leads.Where(lead =>
                    EF.Functions.LessThan(ValueTuple.Create(lead.StageChangedAt, lead.Id), ValueTuple.Create(at, id))
                ),
            };
        }

        var ordered =
            slice.Way is SliceWay.Above
                ? leads.OrderBy(lead => lead.StageChangedAt).ThenBy(lead => lead.Id)
                : leads.OrderByDescending(lead => lead.StageChangedAt).ThenByDescending(lead => lead.Id);
        return ordered.Take(slice.Rows);
    }
}
