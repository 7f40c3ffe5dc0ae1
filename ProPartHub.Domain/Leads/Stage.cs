namespace ProPartHub.Domain.Leads;

/// <summary>A stage of a pipeline as HubSpot has it, with what it means here.</summary>
public sealed class Stage
{
    /// <summary>Key, made by the application (UUIDv7).</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The pipeline the stage belongs to.</summary>
    public Guid PipelineId { get; init; }

    /// <summary>The pipeline the stage belongs to.</summary>
    public Pipeline Pipeline { get; init; } = null!;

    /// <summary>HubSpot's stage id, unique inside its pipeline only.</summary>
    public required string HubSpotId { get; init; }

    /// <summary>HubSpot's label: what people read.</summary>
    public required string Label { get; set; }

    /// <summary>Place in the pipeline, from left to right.</summary>
    public int DisplayOrder { get; set; }

    /// <summary>What the stage means; set by an admin or proposed from HubSpot's data.</summary>
    public LeadStatus Status { get; set; }

    /// <summary>True once a person confirmed or changed <see cref="Status"/>; then no refresh overwrites it.</summary>
    public bool IsStatusConfirmed { get; set; }

    /// <summary>When HubSpot stopped having the stage (UTC); leads may still stand in it.</summary>
    public DateTimeOffset? RemovedAt { get; set; }
}

/// <summary>A deal pipeline as HubSpot has it.</summary>
public sealed class Pipeline
{
    /// <summary>HubSpot id of the pipeline that exists here before HubSpot was ever read.</summary>
    public const string LocalId = "local";

    /// <summary>Key, made by the application (UUIDv7).</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>HubSpot's pipeline id.</summary>
    public required string HubSpotId { get; init; }

    /// <summary>HubSpot's label.</summary>
    public required string Label { get; set; }

    /// <summary>Place among the pipelines.</summary>
    public int DisplayOrder { get; set; }

    /// <summary>New leads start in the first stage of this pipeline.</summary>
    public bool IsForNewLeads { get; set; }

    /// <summary>When HubSpot stopped having the pipeline (UTC).</summary>
    public DateTimeOffset? RemovedAt { get; set; }

    /// <summary>Stages of the pipeline.</summary>
    public ICollection<Stage> Stages { get; } = [];
}
