using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.Leads.Cells;

/// <summary>Deals won within so many days of their registration.</summary>
/// <param name="Days">How many days.</param>
public sealed record WonWithinCell(int Days) : LeadCell
{
    internal override IQueryable<Lead> Of(HubDbContext db, IQueryable<Lead> leads) =>
        leads.Where(lead => lead.Status == LeadStatus.Won && lead.StageChangedAt <= lead.CreatedAt.AddDays(Days));
}
