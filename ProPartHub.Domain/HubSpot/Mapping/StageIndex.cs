using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.HubSpot.Mapping;

/// <summary>Stages by HubSpot's ids and by ours, as last read.</summary>
internal sealed class StageIndex(IReadOnlyList<Stage> stages)
{
    private readonly Dictionary<Guid, Stage> _byId = stages.ToDictionary(stage => stage.Id);

    /// <summary>The stage by HubSpot's ids. Stage ids are unique inside their pipeline only.</summary>
    public Stage? Find(string? pipelineId, string? stageId) =>
        stages.FirstOrDefault(stage =>
            stage.HubSpotId == stageId && (pipelineId is null || stage.Pipeline.HubSpotId == pipelineId)
        );

    /// <summary>The stage by our id.</summary>
    public Stage Get(Guid id) => _byId[id];

    /// <summary>The first stage for new leads.</summary>
    public Stage First => InHubSpot.First(stage => stage.Pipeline.IsForNewLeads);

    /// <summary>
    /// The stage to tell HubSpot for one of ours: itself where HubSpot has it, else the first of the same meaning, in the
    /// pipeline for new leads if it has one. Null when HubSpot has no stage of that meaning.
    /// </summary>
    public Stage? ForHubSpot(Guid id) =>
        !_byId.TryGetValue(id, out var stage) ? null
        : IsInHubSpot(stage) ? stage
        : InHubSpot.FirstOrDefault(other => other.Status == stage.Status);

    private IEnumerable<Stage> InHubSpot =>
        stages
            .Where(IsInHubSpot)
            .OrderByDescending(stage => stage.Pipeline.IsForNewLeads)
            .ThenBy(stage => stage.Pipeline.DisplayOrder)
            .ThenBy(stage => stage.DisplayOrder);

    private static bool IsInHubSpot(Stage stage) =>
        stage.RemovedAt is null && stage.Pipeline is { RemovedAt: null, HubSpotId: not Pipeline.LocalId };
}
