using System.Linq.Expressions;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.Reports;

/// <summary>What was counted of a stage, with the stage's names.</summary>
/// <typeparam name="T">What was counted.</typeparam>
internal sealed class StageGroup<T>
{
    public required T Group { get; init; }

    public required string Label { get; init; }

    public required string Pipeline { get; init; }

    public required LeadStatus Status { get; init; }
}

/// <summary>Groups by stage as reports show them.</summary>
internal static class StageGroups
{
    /// <summary>Names the stages, in the order of the board.</summary>
    public static IQueryable<StageGroup<T>> InBoardOrder<T>(
        this IQueryable<T> groups,
        HubDbContext db,
        Expression<Func<T, Guid>> stageId
    ) =>
        groups
            .Join(db.Stages, stageId, stage => stage.Id, (group, stage) => new { group, stage })
            .OrderBy(row => row.stage.Pipeline.DisplayOrder)
            .ThenBy(row => row.stage.PipelineId)
            .ThenBy(row => row.stage.DisplayOrder)
            .ThenBy(row => row.stage.Id)
            .Select(row => new StageGroup<T>
            {
                Group = row.group,
                Label = row.stage.Label,
                Pipeline = row.stage.Pipeline.Label,
                Status = row.stage.Status,
            });
}
