using System.Globalization;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.Leads.Sorting;

/// <summary>Whose leads they are: a person or a team.</summary>
internal sealed record LeadOwner
{
    /// <summary>The person or team.</summary>
    public required Guid Id { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }
}

/// <summary>
/// Leads by the name of their agent or team, which is not theirs: no index can have it. People are few and leads many, so the
/// people are put in order, and of each, from the cursor's on, a page's worth of leads is read from the index that has
/// them by number.
/// </summary>
/// <param name="owners">The people or teams.</param>
/// <param name="of">Which of them a lead belongs to.</param>
internal sealed class NameStretch(Func<HubDbContext, IQueryable<LeadOwner>> owners, Expression<Func<Lead, Guid?>> of)
    : LeadStretch
{
    /// <inheritdoc/>
    public override Expression<Func<Lead, object?>> Key(HubDbContext db)
    {
        var all = owners(db);
        Expression<Func<Guid?, object?>> key = id =>
            all.Where(owner => owner.Id == id).Select(owner => owner.Id.ToString() + " " + owner.Name).FirstOrDefault();
        return Expression.Lambda<Func<Lead, object?>>(
            new Replacement(key.Parameters[0], of.Body).Visit(key.Body),
            of.Parameters
        );
    }

    /// <inheritdoc/>
    public override IQueryable<Lead> Rows(
        HubDbContext db,
        IQueryable<Lead> leads,
        bool descending,
        LeadCursor? beyond,
        int take
    )
    {
        var (name, first) = beyond is null ? ("", Guid.Empty) : Read(beyond.Key);
        // Numbers begin at 1; of the first, where the page before may have ended, only what comes after.
        var number = beyond?.Number ?? (descending ? long.MaxValue : 0);
        var some = owners(db);
        if (first != Guid.Empty)
        {
            some = descending
                ? some.Where(owner =>
                    EF.Functions.LessThanOrEqual(
                        ValueTuple.Create(owner.Name, owner.Id),
                        ValueTuple.Create(name, first)
                    )
                )
                : some.Where(owner =>
                    EF.Functions.GreaterThanOrEqual(
                        ValueTuple.Create(owner.Name, owner.Id),
                        ValueTuple.Create(name, first)
                    )
                );
        }

        var page = some.SelectMany(
            Page(leads, descending, first, number, take),
            (owner, lead) => new { Owner = owner, Lead = lead }
        );
        var ordered = descending
            ? page.OrderByDescending(row => row.Owner.Name)
                .ThenByDescending(row => row.Owner.Id)
                .ThenByDescending(row => row.Lead.Number)
            : page.OrderBy(row => row.Owner.Name).ThenBy(row => row.Owner.Id).ThenBy(row => row.Lead.Number);
        return ordered.Take(take).Select(row => row.Lead);
    }

    // Of each a page's worth, between two places of the index by owner and number. That the owner is bounded and not equal,
    // and sorted by too, leaves the database no other index, and does not lead it to number everybody's leads to the last.
    private Expression<Func<LeadOwner, IEnumerable<Lead>>> Page(
        IQueryable<Lead> leads,
        bool descending,
        Guid first,
        long number,
        int take
    )
    {
        Expression<Func<LeadOwner, Lead, Guid?, bool>> own = descending
            ? (owner, lead, id) =>
                EF.Functions.LessThan(
                    ValueTuple.Create(id, lead.Number),
                    ValueTuple.Create((Guid?)owner.Id, owner.Id == first ? number : long.MaxValue)
                )
                && EF.Functions.GreaterThan(ValueTuple.Create(id, lead.Number), ValueTuple.Create((Guid?)owner.Id, 0L))
            : (owner, lead, id) =>
                EF.Functions.GreaterThan(
                    ValueTuple.Create(id, lead.Number),
                    ValueTuple.Create((Guid?)owner.Id, owner.Id == first ? number : 0L)
                )
                && EF.Functions.LessThan(
                    ValueTuple.Create(id, lead.Number),
                    ValueTuple.Create((Guid?)owner.Id, long.MaxValue)
                );
        var lead = own.Parameters[1];
        var id = new Replacement(of.Parameters[0], lead).Visit(of.Body);
        var isOwn = Expression.Lambda<Func<Lead, bool>>(new Replacement(own.Parameters[2], id).Visit(own.Body), lead);
        var sorted = InOrder(leads, of, descending, byNumber: true);
        var where = Expression.Call(
            typeof(Queryable),
            nameof(Queryable.Where),
            [typeof(Lead)],
            sorted.Expression,
            Expression.Quote(isOwn)
        );
        var taken = Expression.Call(
            typeof(Queryable),
            nameof(Queryable.Take),
            [typeof(Lead)],
            where,
            Expression.Constant(take)
        );
        return Expression.Lambda<Func<LeadOwner, IEnumerable<Lead>>>(taken, own.Parameters[0]);
    }

    private static (string Name, Guid Id) Read(string key) =>
        key.Split(' ', 2) is [var id, var name] && Guid.TryParse(id, CultureInfo.InvariantCulture, out var owner)
            ? (name, owner)
            : ("", Guid.Empty);
}
