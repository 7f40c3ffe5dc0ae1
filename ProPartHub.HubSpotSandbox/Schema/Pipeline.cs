using System.Globalization;
using System.Text.Json.Serialization;
using ProPartHub.HubSpotSandbox.Http;

namespace ProPartHub.HubSpotSandbox.Schema;

public sealed record Pipeline(string Id, string Label, int DisplayOrder, IReadOnlyList<PipelineStage> Stages)
{
    public required string CreatedAt { get; init; }
    public required string UpdatedAt { get; init; }
    public bool Archived { get; init; }
}

public sealed record PipelineStage(string Id, string Label, int DisplayOrder, StageMetadata Metadata)
{
    public required string CreatedAt { get; init; }
    public required string UpdatedAt { get; init; }
    public bool Archived { get; init; }
    public string WritePermissions { get; init; } = "CRM_PERMISSIONS_ENFORCEMENT";
}

/// <summary>Both values are texts in HubSpot's answers.</summary>
public sealed record StageMetadata(string IsClosed, string Probability)
{
    [JsonIgnore]
    public bool Closed => IsClosed == "true";

    /// <summary>Won needs both: closed alone may be lost, and labels mean nothing.</summary>
    [JsonIgnore]
    public bool Won => Closed && double.Parse(Probability, CultureInfo.InvariantCulture) >= 1;
}

/// <summary>The deal pipelines of the account.</summary>
public sealed class PipelineBook(IReadOnlyList<Pipeline> all)
{
    public const string DefaultId = "default";

    public IReadOnlyList<Pipeline> All { get; } = all;

    public Pipeline? Find(string id) => All.FirstOrDefault(pipeline => pipeline.Id == id);

    public PipelineStage? FindStage(string stageId) =>
        All.SelectMany(pipeline => pipeline.Stages).FirstOrDefault(stage => stage.Id == stageId);

    internal Pipeline Get(string id) => Find(id) ?? throw ApiError.NotFound("Pipeline not found").Exception();
}
