using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.Leads.Sorting;

/// <summary>How a list is sorted: its stretches, one after another. What has no value comes last, whichever way it goes.</summary>
/// <param name="Stretches">From the beginning of the list.</param>
/// <param name="Turns">True where the other way round begins with the last stretch.</param>
internal sealed record LeadOrder(IReadOnlyList<LeadStretch> Stretches, bool Turns = false)
{
    private static readonly Dictionary<LeadSort, LeadOrder> All = new()
    {
        [LeadSort.Number] = new([new NumberStretch()]),
        [LeadSort.Updated] = By(lead => lead.UpdatedAt),
        [LeadSort.Name] = By(lead => lead.ClientName),
        [LeadSort.Status] = By(lead => lead.Status),
        [LeadSort.Created] = By(lead => lead.CreatedAt),
        [LeadSort.InStage] = By(lead => lead.StageChangedAt),
        [LeadSort.Phone] = ByFilled(lead => lead.Phone),
        [LeadSort.SecondPhone] = ByFilled(lead => lead.SecondPhone),
        [LeadSort.Email] = ByFilled(lead => lead.Email),
        [LeadSort.Telegram] = ByFilled(lead => EF.Property<string?>(lead, LeadConfiguration.TelegramKey)),
        [LeadSort.Messenger] = ByFilled(lead => lead.Messenger),
        [LeadSort.Company] = ByFilled(lead => lead.Company),
        [LeadSort.Country] = ByFilled(lead => lead.Country, byNumber: true),
        [LeadSort.Source] = ByFilled(lead => lead.Source, byNumber: true),
        [LeadSort.Language] = ByFilled(lead => lead.Language),
        [LeadSort.PurchaseGoal] = ByFilled(lead => lead.PurchaseGoal),
        [LeadSort.PropertyType] = ByFilled(lead => lead.PropertyType),
        [LeadSort.ObjectType] = ByFilled(lead => lead.ObjectType),
        // Amounts of other currencies are not compared with dollars.
        [LeadSort.Budget] = new([
            Budget(lead => lead.Currency == LeadOptions.BandCurrency && (lead.BudgetFrom ?? lead.BudgetTo) != null),
            Budget(lead => lead.Currency != LeadOptions.BandCurrency && (lead.BudgetFrom ?? lead.BudgetTo) != null),
            new NumberStretch((_, leads) => leads.Where(lead => lead.BudgetFrom == null && lead.BudgetTo == null)),
        ]),
        [LeadSort.Agent] = new([
            new NameStretch(
                db => db.Users.Select(user => new LeadOwner { Id = user.Id, Name = user.DisplayName }),
                lead => lead.AgentId
            ),
            new NullStretch<Guid?>(lead => lead.AgentId, byNumber: true),
        ]),
        [LeadSort.Team] = new([
            new NameStretch(
                db => db.Teams.Select(team => new LeadOwner { Id = team.Id, Name = team.Name }),
                lead => lead.TeamId
            ),
            new NullStretch<Guid?>(lead => lead.TeamId, byNumber: true),
        ]),
        [LeadSort.FollowUp] = new([new FollowUpStretch(), new NumberStretch(FollowUpStretch.Without)]),
        // What needs somebody first.
        [LeadSort.Sync] = new(
            [InSync(LeadSyncFilter.Parked), InSync(LeadSyncFilter.Waiting), InSync(LeadSyncFilter.InStep)],
            Turns: true
        ),
    };

    /// <summary>The order behind a sort.</summary>
    public static LeadOrder Of(LeadSort sort) => All[sort];

    /// <summary>
    /// Rows in order, stretch by stretch until there are enough: one command where the first has them, never more than there
    /// are stretches.
    /// </summary>
    public async Task<IReadOnlyList<PlacedRow>> ReadAsync(
        HubDbContext db,
        IQueryable<Lead> leads,
        bool descending,
        bool backward,
        LeadCursor? beyond,
        int take,
        CancellationToken cancellationToken
    )
    {
        var rows = new List<PlacedRow>();
        foreach (var stretch in Way(descending, backward, beyond))
        {
            var place = stretch == beyond?.Stretch ? beyond : null;
            rows.AddRange(
                await Stretches[stretch]
                    .Rows(db, leads, descending != backward, place, take - rows.Count)
                    .Select(PlacedRow.From(Stretches[stretch].Key(db), stretch))
                    .ToListAsync(cancellationToken)
            );
            if (rows.Count >= take)
            {
                break;
            }
        }

        return rows;
    }

    /// <summary>The first lead beyond a place; null at the end of the list.</summary>
    public async Task<Guid?> FirstAsync(
        HubDbContext db,
        IQueryable<Lead> leads,
        bool descending,
        bool backward,
        LeadCursor beyond,
        CancellationToken cancellationToken
    )
    {
        foreach (var stretch in Way(descending, backward, beyond))
        {
            var place = stretch == beyond.Stretch ? beyond : null;
            var first = await Stretches[stretch]
                .Rows(db, leads, descending != backward, place, take: 1)
                .Select(lead => (Guid?)lead.Id)
                .FirstOrDefaultAsync(cancellationToken);
            if (first is not null)
            {
                return first;
            }
        }

        return null;
    }

    /// <summary>Where a lead stands; null when it is none of these.</summary>
    /// <param name="db">Where it is.</param>
    /// <param name="lead">The one lead.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<LeadCursor?> PlaceAsync(
        HubDbContext db,
        IQueryable<Lead> lead,
        CancellationToken cancellationToken
    ) => (await ReadAsync(db, lead, false, false, null, 1, cancellationToken)) is [var row] ? row.Place : null;

    private IEnumerable<int> Way(bool descending, bool backward, LeadCursor? beyond)
    {
        var way = Enumerable.Range(0, Stretches.Count);
        way = (Turns && descending) != backward ? way.Reverse() : way;
        return beyond is null || beyond.Stretch >= Stretches.Count
            ? way
            : way.SkipWhile(stretch => stretch != beyond.Stretch);
    }

    private static LeadOrder By<T>(Expression<Func<Lead, T>> column) => new([new ColumnStretch<T>(column)]);

    private static LeadOrder ByFilled(Expression<Func<Lead, string?>> column, bool byNumber = false)
    {
        var isFilled = Expression.Lambda<Func<Lead, bool>>(
            Expression.NotEqual(column.Body, Expression.Constant(null, typeof(string))),
            column.Parameters
        );
        return new([
            new ColumnStretch<string?>(column, isFilled, byNumber),
            new NullStretch<string?>(column, byNumber),
        ]);
    }

    private static ColumnStretch<decimal?> Budget(Expression<Func<Lead, bool>> only) =>
        new(lead => lead.BudgetFrom ?? lead.BudgetTo, only);

    private static NumberStretch InSync(LeadSyncFilter state) =>
        new((db, leads) => LeadQueries.InSync(db, leads, state));
}
