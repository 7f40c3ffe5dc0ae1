using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Dashboards;

/// <summary>A stage with what stands in it.</summary>
/// <param name="StageId">The stage.</param>
/// <param name="Label">HubSpot's label.</param>
/// <param name="Status">What it means.</param>
/// <param name="PipelineId">Its pipeline.</param>
/// <param name="Pipeline">The pipeline's label.</param>
/// <param name="Leads">How many leads.</param>
/// <param name="Budget">Sum of their budgets in USD: the upper end, or the lower where it is open.</param>
public sealed record StageLine(
    Guid StageId,
    string Label,
    LeadStatus Status,
    Guid PipelineId,
    string Pipeline,
    int Leads,
    decimal Budget
);

/// <summary>The numbers of somebody's leads that are not archived. Each is what the list under it counts.</summary>
/// <param name="Stages">Stages in the order of the board; those without leads too, unless HubSpot removed them.</param>
/// <param name="Transferred">Leads that were handed from one agent to another.</param>
/// <param name="Otherwise">Leads whose budget is in another currency than USD, which the sums leave out.</param>
public sealed record Figures(IReadOnlyList<StageLine> Stages, int Transferred, int Otherwise)
{
    /// <summary>All leads.</summary>
    public int Total => Stages.Sum(stage => stage.Leads);

    /// <summary>Leads that are neither won nor lost.</summary>
    public int Active => Count(status => status < LeadStatus.Won);

    /// <summary>Deals won.</summary>
    public int Won => Count(status => status is LeadStatus.Won);

    /// <summary>Deals lost.</summary>
    public int Lost => Count(status => status is LeadStatus.Lost);

    /// <summary>Budgets of all leads together, in USD.</summary>
    public decimal Budget => Stages.Sum(stage => stage.Budget);

    /// <summary>Budgets of all leads together / all leads, in USD; null without leads.</summary>
    public decimal? AverageBudget => Total == 0 ? null : decimal.Round(Budget / Total);

    /// <summary>Deals won / all leads · 100; null without leads.</summary>
    public decimal? Conversion => Share.Of(Won, Total);

    private int Count(Func<LeadStatus, bool> means) =>
        Stages.Where(stage => means(stage.Status)).Sum(stage => stage.Leads);
}

/// <summary>Reads numbers from the figures that the database keeps, which cost the same however many leads there are.</summary>
public sealed class FigureQueries(HubDatabase database)
{
    /// <summary>The numbers of the leads that the actor may see; four commands.</summary>
    public async Task<Figures> ReadAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var sums = await db
            .StageFigures.VisibleTo(actor)
            .GroupBy(figure => figure.StageId)
            .Select(stage => new
            {
                StageId = stage.Key,
                Leads = stage.Sum(figure => figure.Leads),
                Budget = stage.Sum(figure => figure.BudgetSum),
            })
            .ToDictionaryAsync(row => row.StageId, cancellationToken);
        var stages = await db
            .Stages.OrderBy(stage => stage.Pipeline.DisplayOrder)
            .ThenBy(stage => stage.PipelineId)
            .ThenBy(stage => stage.DisplayOrder)
            .ThenBy(stage => stage.Id)
            .Select(stage => new
            {
                stage.Id,
                stage.Label,
                stage.Status,
                stage.PipelineId,
                Pipeline = stage.Pipeline.Label,
                IsRemoved = stage.RemovedAt != null || stage.Pipeline.RemovedAt != null,
            })
            .ToListAsync(cancellationToken);
        var transferred = await LeadQueries
            .Filter(db, actor, new LeadListQuery { OnlyTransferred = true })
            .CountAsync(cancellationToken);
        var otherwise = await LeadQueries
            .Filter(db, actor, new LeadListQuery { Money = LeadMoney.Other })
            .CountAsync(cancellationToken);
        return new(
            [
                .. stages
                    .Select(stage => new
                    {
                        stage.IsRemoved,
                        Line = new StageLine(
                            stage.Id,
                            stage.Label,
                            stage.Status,
                            stage.PipelineId,
                            stage.Pipeline,
                            sums.GetValueOrDefault(stage.Id)?.Leads ?? 0,
                            sums.GetValueOrDefault(stage.Id)?.Budget ?? 0
                        ),
                    })
                    .Where(row => !row.IsRemoved || row.Line.Leads > 0)
                    .Select(row => row.Line),
            ],
            transferred,
            otherwise
        );
    }
}
