using ProPartHub.Domain.HubSpot.Mapping;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>What HubSpot has yet to be told of one lead.</summary>
/// <param name="LeadId">The lead.</param>
/// <param name="DealId">Its deal.</param>
/// <param name="ContactId">Its contact, if there is one.</param>
/// <param name="Fields">What to tell now.</param>
/// <param name="HoldsMore">True when more has to wait for a part of the exchange that is off.</param>
internal sealed record LeadPush(
    Guid LeadId,
    string DealId,
    string? ContactId,
    IReadOnlyList<PendingField> Fields,
    bool HoldsMore
)
{
    /// <summary>Properties of one of the two records to change.</summary>
    public Dictionary<string, string?> ChangesOf(string type) =>
        Fields
            .SelectMany(field => field.Changes)
            .Where(change => change.Key.Type == type)
            .GroupBy(change => change.Key.Name)
            .ToDictionary(group => group.Key, group => group.Last().Value);
}
