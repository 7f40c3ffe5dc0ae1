using ProPartHub.Domain.Leads.Tags;

namespace ProPartHub.Domain.Leads;

/// <summary>What a file brings about a lead.</summary>
/// <param name="Values">Its values, normalised.</param>
/// <param name="Given">The fields that it has a value for; the others of a lead that is there stay as they are.</param>
/// <param name="StageId">Its stage; null for the first one, or for the present one.</param>
/// <param name="NamesAgent">True where it says whose the lead is.</param>
/// <param name="AgentId">Whose; null for the pool.</param>
/// <param name="Tags">Tags to add.</param>
internal sealed record LeadBrought(
    LeadInput Values,
    IReadOnlySet<LeadField> Given,
    Guid? StageId,
    bool NamesAgent,
    Guid? AgentId,
    IReadOnlyList<Tag> Tags
);
