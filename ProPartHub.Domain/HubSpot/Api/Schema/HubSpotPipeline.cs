using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json.Serialization;

namespace ProPartHub.Domain.HubSpot.Api;

/// <summary>A pipeline of an object type.</summary>
public sealed record HubSpotPipeline
{
    /// <summary>Id, the value of a deal's <c>pipeline</c>.</summary>
    public string Id { get; init; } = "";

    /// <summary>Name for people.</summary>
    public string? Label { get; init; }

    /// <summary>Place in the list.</summary>
    public int? DisplayOrder { get; init; }

    /// <summary>Deleted.</summary>
    public bool Archived { get; init; }

    /// <summary>Its stages, in HubSpot's order of the answer.</summary>
    public IReadOnlyList<HubSpotStage> Stages
    {
        get;
        init => field = value ?? [];
    } = [];
}

/// <summary>A stage of a pipeline.</summary>
public sealed record HubSpotStage
{
    /// <summary>Id, the value of a deal's <c>dealstage</c>; it is not the label and may look like anything.</summary>
    public string Id { get; init; } = "";

    /// <summary>Name for people.</summary>
    public string? Label { get; init; }

    /// <summary>Place in the pipeline.</summary>
    public int? DisplayOrder { get; init; }

    /// <summary>Deleted.</summary>
    public bool Archived { get; init; }

    /// <summary>HubSpot's texts about the stage.</summary>
    public IReadOnlyDictionary<string, string?> Metadata
    {
        get;
        init => field = value ?? FrozenDictionary<string, string?>.Empty;
    } = FrozenDictionary<string, string?>.Empty;

    /// <summary>Marked as closed. Not to be trusted alone: accounts have closed stages without the mark.</summary>
    [JsonIgnore]
    public bool IsClosed =>
        string.Equals(Metadata.GetValueOrDefault("isClosed"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Probability of winning, 0 to 1, or null if not given.</summary>
    [JsonIgnore]
    public decimal? Probability =>
        decimal.TryParse(
            Metadata.GetValueOrDefault("probability"),
            NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var probability
        )
            ? probability
            : null;
}
