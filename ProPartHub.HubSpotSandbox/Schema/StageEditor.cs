using System.Globalization;
using ProPartHub.HubSpotSandbox.Account;
using ProPartHub.HubSpotSandbox.Http;
using ProPartHub.HubSpotSandbox.Objects;

namespace ProPartHub.HubSpotSandbox.Schema;

/// <summary>Makes and deletes stages: at most a hundred of a pipeline, and none that a deal is in.</summary>
internal sealed class StageEditor(HubSpotAccount account)
{
    private const int MostStages = 100;

    public PipelineStage Add(Pipeline pipeline, StageInput input)
    {
        if (string.IsNullOrWhiteSpace(input.Label) || input.Metadata is not { } metadata || !IsProbability(metadata))
            throw ApiError.Validation("A stage needs a label and a probability between 0.0 and 1.0").Exception();
        if (pipeline.Stages.Any(stage => stage.Label == input.Label))
            throw ApiError.Validation($"The pipeline has a stage labelled '{input.Label}' already").Exception();
        if (pipeline.Stages.Count >= MostStages)
            throw ApiError.Validation($"A pipeline has at most {MostStages} stages").Exception();

        var now = HubSpotTime.Format(account.Now);
        var stage = new PipelineStage(
            NewId(),
            input.Label,
            input.DisplayOrder,
            new StageMetadata(metadata.IsClosed ?? "false", metadata.Probability!)
        )
        {
            CreatedAt = now,
            UpdatedAt = now,
        };
        Replace(pipeline, [.. pipeline.Stages.Append(stage).OrderBy(one => one.DisplayOrder)]);
        return stage;
    }

    public void Delete(Pipeline pipeline, string stageId)
    {
        if (pipeline.Stages.All(stage => stage.Id != stageId))
            throw ApiError.NotFound("Stage not found").Exception();
        if (account.Records(ObjectType.Deals).All.Any(deal => !deal.Archived && deal["dealstage"] == stageId))
            throw InUse(stageId).Exception();

        Replace(pipeline, [.. pipeline.Stages.Where(stage => stage.Id != stageId)]);
    }

    private void Replace(Pipeline pipeline, IReadOnlyList<PipelineStage> stages)
    {
        var changed = pipeline with { Stages = stages, UpdatedAt = HubSpotTime.Format(account.Now) };
        account.ReplacePipelines([.. account.Pipelines.All.Select(one => one.Id == changed.Id ? changed : one)]);
        account.PublishTouch();
    }

    private string NewId() =>
        (account.Pipelines.All.SelectMany(pipeline => pipeline.Stages).Max(stage => Number(stage.Id)) + 1).ToString(
            CultureInfo.InvariantCulture
        );

    // HubSpot's first stages have names for ids.
    private static long Number(string id) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static bool IsProbability(StageMetadataInput metadata) =>
        double.TryParse(metadata.Probability, NumberStyles.Float, CultureInfo.InvariantCulture, out var probability)
        && probability is >= 0 and <= 1;

    private static ApiError InUse(string stageId) =>
        ApiError.Validation($"Stage {stageId} is in use and cannot be deleted") with
        {
            SubCategory = "PipelineError.STAGE_ID_IN_USE",
            Context = new Dictionary<string, IReadOnlyList<string>> { ["stageId"] = [stageId] },
        };
}

internal sealed record StageInput(string? Label, int DisplayOrder, StageMetadataInput? Metadata);

internal sealed record StageMetadataInput(string? IsClosed, string? Probability);
