using ProPartHub.Domain.HubSpot.Mapping;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>What HubSpot has yet to be told of one lead.</summary>
internal sealed record LeadPush(Guid LeadId, string DealId, string? ContactId, IReadOnlyList<PendingField> Fields)
{
    /// <summary>Properties of one of the two records to change.</summary>
    public Dictionary<string, string?> ChangesOf(string type) =>
        Fields
            .SelectMany(field => field.Changes)
            .Where(change => change.Key.Type == type)
            .GroupBy(change => change.Key.Name)
            .ToDictionary(group => group.Key, group => group.Last().Value);
}
