using System.Linq.Expressions;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.Leads.Sorting;

/// <summary>
/// A stretch of a sorted list that is read from one index in order. A list is one stretch or a few after one another: first
/// what has a value, then what has none.
/// </summary>
internal abstract class LeadStretch
{
    /// <summary>What a row of it is sorted by, for its cursor.</summary>
    public virtual Expression<Func<Lead, object?>> Key(HubDbContext db) => lead => null;

    /// <summary>Its leads in order.</summary>
    /// <param name="db">Where they are.</param>
    /// <param name="leads">Those that the list finds.</param>
    /// <param name="descending">From its end to its beginning.</param>
    /// <param name="beyond">Only what comes after this place; null for the first.</param>
    /// <param name="take">At most so many.</param>
    public abstract IQueryable<Lead> Rows(
        HubDbContext db,
        IQueryable<Lead> leads,
        bool descending,
        LeadCursor? beyond,
        int take
    );

    /// <summary>Sorts by a column, alike ones by id or by number.</summary>
    protected static IOrderedQueryable<Lead> InOrder<T>(
        IQueryable<Lead> leads,
        Expression<Func<Lead, T>> column,
        bool descending,
        bool byNumber
    )
    {
        var ordered = descending ? leads.OrderByDescending(column) : leads.OrderBy(column);
        return (byNumber, descending) switch
        {
            (true, true) => ordered.ThenByDescending(lead => lead.Number),
            (true, false) => ordered.ThenBy(lead => lead.Number),
            (false, true) => ordered.ThenByDescending(lead => lead.Id),
            (false, false) => ordered.ThenBy(lead => lead.Id),
        };
    }
}
