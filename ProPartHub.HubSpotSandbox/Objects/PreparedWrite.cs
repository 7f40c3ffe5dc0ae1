using ProPartHub.HubSpotSandbox.Associations;

namespace ProPartHub.HubSpotSandbox.Objects;

/// <summary>A write found to be in order, to be carried out by <see cref="RecordWriter"/>. A creation has no target.</summary>
internal sealed record PreparedWrite(
    ObjectType Type,
    CrmRecord? Target,
    IReadOnlyDictionary<string, string> Values,
    IReadOnlyList<PreparedLink> Links
);

internal sealed record PreparedLink(CrmRecord To, IReadOnlyList<AssociationType> Types);
