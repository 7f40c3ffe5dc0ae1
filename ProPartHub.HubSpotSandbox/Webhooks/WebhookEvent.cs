namespace ProPartHub.HubSpotSandbox.Webhooks;

/// <summary>One event as it stands in a delivery. Ids are numbers here, unlike in the API.</summary>
public sealed record WebhookEvent
{
    /// <summary>Not unique, by HubSpot's own word.</summary>
    public required int EventId { get; init; }
    public required long SubscriptionId { get; init; }
    public required long PortalId { get; init; }
    public required long AppId { get; init; }
    public required long OccurredAt { get; init; }
    public required string SubscriptionType { get; init; }
    public int AttemptNumber { get; init; }
    public long? ObjectId { get; init; }
    public string? ObjectTypeId { get; init; }
    public bool? IsSensitive { get; init; }
    public string? PropertyName { get; init; }
    public string? PropertyValue { get; init; }
    public string? ChangeFlag { get; init; }
    public required string ChangeSource { get; init; }
    public string? SourceId { get; init; }
    public long? PrimaryObjectId { get; init; }
    public IReadOnlyList<long>? MergedObjectIds { get; init; }
    public long? NewObjectId { get; init; }
    public int? NumberOfPropertiesMoved { get; init; }
    public string? AssociationType { get; init; }
    public long? FromObjectId { get; init; }
    public long? ToObjectId { get; init; }
    public bool? AssociationRemoved { get; init; }
    public bool? IsPrimaryAssociation { get; init; }
}
