using System.Security.Cryptography;
using System.Text;

namespace ProPartHub.Domain.HubSpot.Webhooks;

/// <summary>
/// One event of a webhook. Its safest meaning is always "read this object again": order and uniqueness are not
/// promised. Ids are decimal text as in the API.
/// </summary>
public sealed record WebhookPayloadEvent
{
    /// <summary>Such as <c>deal.propertyChange</c> or <c>object.creation</c>; unknown kinds are kept as they are.</summary>
    public required string Kind { get; init; }

    /// <summary>HubSpot's id of the event; not unique.</summary>
    public string? EventId { get; init; }

    /// <summary>The subscription it came by.</summary>
    public string? SubscriptionId { get; init; }

    /// <summary>The account it happened in.</summary>
    public long? PortalId { get; init; }

    /// <summary>The app it is sent for; equals <see cref="SourceId"/> where that app itself made the change.</summary>
    public string? AppId { get; init; }

    /// <summary>When it happened (UTC).</summary>
    public DateTimeOffset? OccurredAt { get; init; }

    /// <summary>0 for the first delivery, then counting.</summary>
    public long AttemptNumber { get; init; }

    /// <summary>The object it is about; null for association changes.</summary>
    public string? ObjectId { get; init; }

    /// <summary>Type of that object in <c>object.*</c> events, such as <c>0-46</c> for a note.</summary>
    public string? ObjectTypeId { get; init; }

    /// <summary>The changed property.</summary>
    public string? PropertyName { get; init; }

    /// <summary>Its new value; <c>REDACTED</c> for sensitive ones.</summary>
    public string? PropertyValue { get; init; }

    /// <summary>Such as <c>CREATED</c> (documentation says <c>NEW</c>).</summary>
    public string? ChangeFlag { get; init; }

    /// <summary>Who changed it: <c>CRM_UI</c>, <c>INTEGRATION</c>, <c>IMPORT</c>, …</summary>
    public string? ChangeSource { get; init; }

    /// <summary>More about that: an app id, or <c>userId:…</c>.</summary>
    public string? SourceId { get; init; }

    /// <summary>In a merge: the record whose values won.</summary>
    public string? PrimaryObjectId { get; init; }

    /// <summary>In a merge: the record that now stands for all.</summary>
    public string? NewObjectId { get; init; }

    /// <summary>In a merge: the records that went under.</summary>
    public IReadOnlyList<string> MergedObjectIds { get; init; } = [];

    /// <summary>In an association change: such as <c>CONTACT_TO_DEAL</c>.</summary>
    public string? AssociationType { get; init; }

    /// <summary>In an association change: the one side.</summary>
    public string? FromObjectId { get; init; }

    /// <summary>In an association change: the other side.</summary>
    public string? ToObjectId { get; init; }

    /// <summary>In an association change: untied rather than tied.</summary>
    public bool AssociationRemoved { get; init; }

    /// <summary>The event's JSON as it came, but for what is no text (<see cref="ReadableJson"/>).</summary>
    public required string Raw { get; init; }

    /// <summary>
    /// The same for every delivery of one event, different for different events: a hash of what tells events apart.
    /// <see cref="EventId"/> alone is not unique, and <see cref="AttemptNumber"/> changes with each delivery.
    /// </summary>
    public string DedupeKey => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Identity)));

    // Lengths before the parts: no two different lists of parts make one text.
    private string Identity =>
        string.Concat(
            new[]
            {
                PortalId?.ToString(System.Globalization.CultureInfo.InvariantCulture),
                SubscriptionId,
                Kind,
                ObjectTypeId,
                ObjectId ?? NewObjectId,
                PropertyName,
                EventId,
                OccurredAt?.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
                AssociationType,
                FromObjectId,
                ToObjectId,
                AssociationRemoved ? "removed" : null,
            }.Select(part => part is null ? "-;" : $"{part.Length}:{part};")
        );
}
