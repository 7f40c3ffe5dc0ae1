using System.Linq.Expressions;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.Leads.Sorting;

/// <summary>
/// Leads without a value in a column, by id or number. They are sorted by the empty column too, since only so does the
/// database see that its index has them in order.
/// </summary>
internal sealed class NullStretch<T>(Expression<Func<Lead, T>> column, bool byNumber = false) : LeadStretch
{
    private readonly Expression<Func<Lead, bool>> _isEmpty = Expression.Lambda<Func<Lead, bool>>(
        Expression.Equal(column.Body, Expression.Constant(null, typeof(T))),
        column.Parameters
    );

    /// <inheritdoc/>
    public override IQueryable<Lead> Rows(
        HubDbContext db,
        IQueryable<Lead> leads,
        bool descending,
        LeadCursor? beyond,
        int take
    )
    {
        leads = leads.Where(_isEmpty);
        if (beyond is { Number: var number, Id: var id })
        {
            leads = (byNumber, descending) switch
            {
                (true, true) => leads.Where(lead => lead.Number < number),
                (true, false) => leads.Where(lead => lead.Number > number),
                (false, true) => leads.Where(lead => lead.Id.CompareTo(id) < 0),
                (false, false) => leads.Where(lead => lead.Id.CompareTo(id) > 0),
            };
        }

        return InOrder(leads, column, descending, byNumber).Take(take);
    }
}
