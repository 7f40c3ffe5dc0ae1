using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Boards;

/// <summary>A column of the board before its cards.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Count">Leads in it that the actor may see.</param>
/// <param name="BudgetSum">Sum of their budgets in USD: the upper end, or the lower where it is open.</param>
public sealed record BoardColumn(StageItem Stage, int Count, decimal BudgetSum);

/// <summary>Reads the board: columns with counts and sums, cards a page at a time.</summary>
public sealed class BoardQueries(HubDatabase database)
{
    /// <summary>Cards a column shows before "more".</summary>
    public const int CardsPerPage = 20;

    /// <summary>
    /// The columns of a pipeline, in one command. Without a filter the figures come from those that the database keeps,
    /// which costs the same however many leads there are.
    /// </summary>
    /// <param name="actor">Whose leads are counted.</param>
    /// <param name="stages">The pipeline's stages in order; those that HubSpot removed show only while leads are left in them.</param>
    /// <param name="filter">Leaves only some leads.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<BoardColumn>> ColumnsAsync(
        Actor actor,
        IReadOnlyCollection<StageItem> stages,
        LeadListQuery filter,
        CancellationToken cancellationToken
    )
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var ids = stages.Select(stage => stage.Id).ToList();
        var figures = filter.HasFilters
            ? LeadQueries
                .Filter(db.Leads.VisibleTo(actor), filter)
                .Where(lead => ids.Contains(lead.StageId))
                .GroupBy(lead => lead.StageId)
                .Select(group => new Figures(
                    group.Key,
                    group.Count(),
                    group.Sum(lead => lead.Currency == "USD" ? lead.BudgetTo ?? lead.BudgetFrom ?? 0 : 0)
                ))
            : db
                .StageFigures.VisibleTo(actor)
                .Where(figure => ids.Contains(figure.StageId))
                .GroupBy(figure => figure.StageId)
                .Select(group => new Figures(
                    group.Key,
                    group.Sum(figure => figure.Leads),
                    group.Sum(figure => figure.BudgetSum)
                ));
        var found = await figures.ToDictionaryAsync(row => row.StageId, cancellationToken);
        return
        [
            .. stages
                .Select(stage =>
                    found.TryGetValue(stage.Id, out var row)
                        ? new BoardColumn(stage, row.Count, row.BudgetSum)
                        : new BoardColumn(stage, 0, 0)
                )
                .Where(column => !column.Stage.IsRemoved || column.Count > 0),
        ];
    }

    /// <summary>
    /// The first cards of every stage, the newest arrivals first, in one command with a branch for each. Each branch reads its few rows from the
    /// index; a window over all leads would read every one of them.
    /// </summary>
    public async Task<IReadOnlyList<LeadRow>> FirstCardsAsync(
        Actor actor,
        IEnumerable<StageItem> stages,
        LeadListQuery filter,
        CancellationToken cancellationToken
    )
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var visible = LeadQueries.Filter(db.Leads.VisibleTo(actor), filter);
        var columns = stages.Select(stage => FirstOf(visible, stage.Id));
        var all = columns.Aggregate(
            (IQueryable<Lead>?)null,
            (above, column) => above is null ? column : above.Concat(column)
        );
        if (all is null)
        {
            return [];
        }

        // Joined to the names of agents and stages, the rows come in any order.
        var cards = await all.Select(LeadQueries.ToRow).ToListAsync(cancellationToken);
        return [.. cards.OrderByDescending(card => card.StageChangedAt).ThenByDescending(card => card.Id)];
    }

    /// <summary>The cards of one column after a card, for "more".</summary>
    public async Task<IReadOnlyList<LeadRow>> MoreCardsAsync(
        Actor actor,
        Guid stageId,
        LeadListQuery filter,
        LeadRow? after,
        CancellationToken cancellationToken
    )
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var leads = LeadQueries.Filter(db.Leads.VisibleTo(actor), filter);
        if (after is not null)
        {
            var (at, id) = (after.StageChangedAt, after.Id);
            leads = leads.Where(lead =>
                EF.Functions.LessThan(ValueTuple.Create(lead.StageChangedAt, lead.Id), ValueTuple.Create(at, id))
            );
        }

        return await FirstOf(leads, stageId).Select(LeadQueries.ToRow).ToListAsync(cancellationToken);
    }

    private static IQueryable<Lead> FirstOf(IQueryable<Lead> leads, Guid stageId) =>
        leads
            .Where(lead => lead.StageId == stageId)
            .OrderByDescending(lead => lead.StageChangedAt)
            .ThenByDescending(lead => lead.Id)
            .Take(CardsPerPage);

    private sealed record Figures(Guid StageId, int Count, decimal BudgetSum);
}
