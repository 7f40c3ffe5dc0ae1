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

/// <summary>A card of the board.</summary>
public sealed record BoardCard(
    Guid Id,
    long Number,
    string ClientName,
    Guid StageId,
    LeadStatus Status,
    Guid? AgentId,
    string? AgentName,
    string? Country,
    decimal? BudgetFrom,
    decimal? BudgetTo,
    string Currency,
    Attention Attention,
    DateTimeOffset StageChangedAt,
    DateTimeOffset UpdatedAt
);

/// <summary>Reads the board: columns with counts and sums, cards a page at a time.</summary>
public sealed class BoardQueries(HubDatabase database, StageDirectory stages)
{
    /// <summary>Cards a column shows before "more".</summary>
    public const int CardsPerPage = 20;

    /// <summary>The columns of a pipeline; two commands however many leads there are.</summary>
    public async Task<IReadOnlyList<BoardColumn>> ColumnsAsync(
        Actor actor,
        Guid pipelineId,
        LeadListQuery filter,
        CancellationToken cancellationToken
    )
    {
        var directory = await stages.AllAsync(cancellationToken);
        await using var db = await database.ReadAsync(cancellationToken);
        var sums = await LeadQueries
            .Filter(db.Leads.VisibleTo(actor), filter)
            .Where(lead => lead.Stage.PipelineId == pipelineId)
            .GroupBy(lead => lead.StageId)
            .Select(group => new
            {
                StageId = group.Key,
                Count = group.Count(),
                Sum = group.Sum(lead => lead.Currency == "USD" ? lead.BudgetTo ?? lead.BudgetFrom ?? 0 : 0),
            })
            .ToDictionaryAsync(row => row.StageId, cancellationToken);
        return
        [
            .. directory
                .Where(stage => stage.PipelineId == pipelineId && (!stage.IsRemoved || sums.ContainsKey(stage.Id)))
                .Select(stage =>
                    sums.TryGetValue(stage.Id, out var row)
                        ? new BoardColumn(stage, row.Count, row.Sum)
                        : new BoardColumn(stage, 0, 0)
                ),
        ];
    }

    /// <summary>
    /// The first cards of every column of a pipeline: the stages, then all cards in one command with a branch for each
    /// column. Each branch reads its few rows from the index; a window over all leads would read every one of them.
    /// </summary>
    public async Task<IReadOnlyList<BoardCard>> FirstCardsAsync(
        Actor actor,
        Guid pipelineId,
        LeadListQuery filter,
        CancellationToken cancellationToken
    )
    {
        var directory = await stages.AllAsync(cancellationToken);
        await using var db = await database.ReadAsync(cancellationToken);
        var visible = LeadQueries.Filter(db.Leads.VisibleTo(actor), filter);
        var columns = directory
            .Where(stage => stage.PipelineId == pipelineId)
            .Select(stage => FirstOf(visible, stage.Id));
        return
            columns.Aggregate((IQueryable<Lead>?)null, (all, column) => all is null ? column : all.Concat(column))
                is { } cards
            ? await cards.Select(ToCard).ToListAsync(cancellationToken)
            : [];
    }

    /// <summary>The cards of one column after a card, for "more".</summary>
    public async Task<IReadOnlyList<BoardCard>> MoreCardsAsync(
        Actor actor,
        Guid stageId,
        LeadListQuery filter,
        BoardCard? after,
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

        return await FirstOf(leads, stageId).Select(ToCard).ToListAsync(cancellationToken);
    }

    /// <summary>Cards afresh after the feed told of them; those the actor may not see or a filter excludes are missing.</summary>
    public async Task<IReadOnlyList<BoardCard>> CardsAsync(
        Actor actor,
        IReadOnlyCollection<Guid> leadIds,
        LeadListQuery filter,
        CancellationToken cancellationToken
    )
    {
        await using var db = await database.ReadAsync(cancellationToken);
        return await LeadQueries
            .Filter(db.Leads.VisibleTo(actor), filter)
            .Where(lead => leadIds.Contains(lead.Id))
            .Select(ToCard)
            .ToListAsync(cancellationToken);
    }

    private static IQueryable<Lead> FirstOf(IQueryable<Lead> leads, Guid stageId) =>
        leads
            .Where(lead => lead.StageId == stageId)
            .OrderByDescending(lead => lead.StageChangedAt)
            .ThenByDescending(lead => lead.Id)
            .Take(CardsPerPage);

    private static readonly System.Linq.Expressions.Expression<Func<Lead, BoardCard>> ToCard = lead => new BoardCard(
        lead.Id,
        lead.Number,
        lead.ClientName,
        lead.StageId,
        lead.Status,
        lead.AgentId,
        lead.Agent!.DisplayName,
        lead.Country,
        lead.BudgetFrom,
        lead.BudgetTo,
        lead.Currency,
        lead.Attention,
        lead.StageChangedAt,
        lead.UpdatedAt
    );
}
