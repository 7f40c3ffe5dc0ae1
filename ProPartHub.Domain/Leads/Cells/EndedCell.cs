using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.Leads.Cells;

/// <summary>Deals that passed a stage and were won or lost since a day.</summary>
/// <param name="StageId">The stage that they have left.</param>
/// <param name="Since">When the day begins.</param>
public sealed record EndedCell(Guid StageId, DateTimeOffset Since) : LeadCell
{
    /// <inheritdoc/>
    public override Guid? AboutStageId => StageId;

    internal override IQueryable<Lead> Of(HubDbContext db, IQueryable<Lead> leads) =>
        Ended(leads, Since)
            .Where(lead => StagePassed.Of(db).Any(passed => passed.LeadId == lead.Id && passed.StageId == StageId));

    /// <summary>Of the leads given, those that were won or lost since.</summary>
    internal static IQueryable<Lead> Ended(IQueryable<Lead> leads, DateTimeOffset since) =>
        leads.Where(lead => lead.Status >= LeadStatus.Won && lead.StageChangedAt >= since);
}
