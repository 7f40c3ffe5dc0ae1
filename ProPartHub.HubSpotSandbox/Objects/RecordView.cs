using System.Text.Json.Serialization;
using ProPartHub.HubSpotSandbox.Http;

namespace ProPartHub.HubSpotSandbox.Objects;

/// <summary>A record as answers show it.</summary>
internal sealed record RecordView
{
    public required string Id { get; init; }
    public required IReadOnlyDictionary<string, string?> Properties { get; init; }
    public IReadOnlyDictionary<string, IReadOnlyList<HistoryView>>? PropertiesWithHistory { get; init; }
    public required string CreatedAt { get; init; }
    public required string UpdatedAt { get; init; }
    public required bool Archived { get; init; }
    public string? ArchivedAt { get; init; }
    public IReadOnlyDictionary<string, Page<AssociatedId>>? Associations { get; init; }

    /// <summary>Only in the answer to an upsert: whether it created the record.</summary>
    public bool? New { get; init; }

    public string? ObjectWriteTraceId { get; init; }
}

internal sealed record HistoryView(
    string Value,
    string Timestamp,
    string SourceType,
    string? SourceId,
    [property: JsonPropertyName("updatedByUserId")] long? UserId
);

/// <param name="Type">The direction in words, such as contact_to_deal.</param>
internal sealed record AssociatedId(string Id, string Type);
