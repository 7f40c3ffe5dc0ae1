using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.Leads.Sorting;

/// <summary>Leads by a column of theirs, alike ones by id, or by number where the index of a filter has it so.</summary>
/// <param name="column">The column, or what an index has of some.</param>
/// <param name="only">Which leads are in the stretch; null for all.</param>
/// <param name="byNumber">Alike ones by number.</param>
internal sealed class ColumnStretch<T>(
    Expression<Func<Lead, T>> column,
    Expression<Func<Lead, bool>>? only = null,
    bool byNumber = false
) : LeadStretch
{
    /// <inheritdoc/>
    public override Expression<Func<Lead, object?>> Key(HubDbContext db) =>
        Expression.Lambda<Func<Lead, object?>>(Expression.Convert(column.Body, typeof(object)), column.Parameters);

    /// <inheritdoc/>
    public override IQueryable<Lead> Rows(
        HubDbContext db,
        IQueryable<Lead> leads,
        bool descending,
        LeadCursor? beyond,
        int take
    )
    {
        leads = only is null ? leads : leads.Where(only);
        if (beyond is not null && KeyText.TryRead<T>(beyond.Key, out var key))
        {
            leads = leads.Where(byNumber ? Beyond(key, beyond.Number, descending) : Beyond(key, beyond.Id, descending));
        }

        return InOrder(leads, column, descending, byNumber).Take(take);
    }

    private Expression<Func<Lead, bool>> Beyond(T key, Guid id, bool descending)
    {
        Expression<Func<T, Lead, bool>> beyond = descending
            ? (own, lead) => EF.Functions.LessThan(ValueTuple.Create(own, lead.Id), ValueTuple.Create(key, id))
            : (own, lead) => EF.Functions.GreaterThan(ValueTuple.Create(own, lead.Id), ValueTuple.Create(key, id));
        return Of(beyond);
    }

    private Expression<Func<Lead, bool>> Beyond(T key, long number, bool descending)
    {
        Expression<Func<T, Lead, bool>> beyond = descending
            ? (own, lead) => EF.Functions.LessThan(ValueTuple.Create(own, lead.Number), ValueTuple.Create(key, number))
            : (own, lead) =>
                EF.Functions.GreaterThan(ValueTuple.Create(own, lead.Number), ValueTuple.Create(key, number));
        return Of(beyond);
    }

    // The comparison with the lead's own column in the place of its first parameter.
    private Expression<Func<Lead, bool>> Of(Expression<Func<T, Lead, bool>> beyond)
    {
        var own = new Replacement(column.Parameters[0], beyond.Parameters[1]).Visit(column.Body);
        return Expression.Lambda<Func<Lead, bool>>(
            new Replacement(beyond.Parameters[0], own).Visit(beyond.Body),
            beyond.Parameters[1]
        );
    }
}
