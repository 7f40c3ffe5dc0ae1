using ProPartHub.Domain.HubSpot.Mapping;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>What a lead from HubSpot lacks that a person would have had to enter.</summary>
internal static class LeadAttention
{
    private const Attention OfPhone = Attention.NoPhone | Attention.UnreadablePhone | Attention.SharedPhone;

    /// <summary>The marks of a new lead.</summary>
    public static Attention Of(LeadMap map, Lead lead, RecordPair theirs) =>
        PhoneOf(lead)
        | (map.Stage.IsUnknown(theirs) ? Attention.UnknownStage : Attention.None)
        | (lead.AgentId is null && map.Agent.IsUnknown(theirs) ? Attention.UnknownAgent : Attention.None);

    /// <summary>The marks after a merge that changed these fields.</summary>
    public static Attention After(LeadMap map, Lead lead, RecordPair theirs, IReadOnlyCollection<string> changed)
    {
        var attention = lead.Attention & ~(Attention.UnknownStage | Attention.UnknownAgent);
        attention |= Of(map, lead, theirs) & (Attention.UnknownStage | Attention.UnknownAgent);
        return changed.Contains(nameof(LeadField.Phone)) ? (attention & ~OfPhone) | PhoneOf(lead) : attention;
    }

    private static Attention PhoneOf(Lead lead) =>
        lead.Phone is null ? Attention.NoPhone
        : PhoneNumber.TryNormalise(lead.Phone, out _) ? Attention.None
        : Attention.UnreadablePhone;
}
