using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.Boards;

/// <summary>What the columns of a board stand for.</summary>
public enum BoardGrouping
{
    /// <summary>The stages of a pipeline.</summary>
    Stage = 1,

    /// <summary>The people who work the leads, and the pool.</summary>
    Agent,

    /// <summary>When the next follow-up is due.</summary>
    FollowUp,
}

/// <summary>What a board shows.</summary>
/// <param name="Stages">The pipeline's stages in order.</param>
/// <param name="Grouping">What the columns stand for.</param>
/// <param name="Days">Where the days of the reader's calendar begin, for follow-ups.</param>
/// <param name="Filter">Leaves only some leads; its stage and archive are not asked for, since the columns are stages of living leads.</param>
public sealed record BoardQuery(
    IReadOnlyList<StageItem> Stages,
    BoardGrouping Grouping,
    FollowUpDays Days,
    LeadListQuery Filter
)
{
    /// <summary>What leaves only some leads.</summary>
    public LeadListQuery Filter { get; init; } = Filter with { StageIds = [], Archived = false };

    /// <summary>
    /// True where won and lost leads are left out: between agents and days they would bury the work to do, so they show
    /// only when asked for by status.
    /// </summary>
    public bool IsOpenOnly => Grouping is not BoardGrouping.Stage && Filter.Statuses.Count == 0;

    /// <summary>The stages whose leads are shown.</summary>
    internal List<Guid> StageIds =>
        [
            .. Stages
                .Where(stage => !IsOpenOnly || stage.Status is not (LeadStatus.Won or LeadStatus.Lost))
                .Select(stage => stage.Id),
        ];
}
