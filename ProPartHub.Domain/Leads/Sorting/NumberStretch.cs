using System.Linq.Expressions;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.Leads.Sorting;

/// <summary>Leads by their number, all of them or some.</summary>
internal sealed class NumberStretch(Func<HubDbContext, IQueryable<Lead>, IQueryable<Lead>>? only = null) : LeadStretch
{
    /// <inheritdoc/>
    public override IQueryable<Lead> Rows(
        HubDbContext db,
        IQueryable<Lead> leads,
        bool descending,
        LeadCursor? beyond,
        int take
    )
    {
        leads = only?.Invoke(db, leads) ?? leads;
        if (beyond is { Number: var number })
        {
            leads = descending ? leads.Where(lead => lead.Number < number) : leads.Where(lead => lead.Number > number);
        }

        return (descending ? leads.OrderByDescending(lead => lead.Number) : leads.OrderBy(lead => lead.Number)).Take(
            take
        );
    }
}
