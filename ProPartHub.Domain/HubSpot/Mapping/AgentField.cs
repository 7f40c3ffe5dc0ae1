using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.HubSpot.Mapping;

/// <summary>
/// Whose deal it is: the user linked to the deal's owner, else the one whom a responsible-agent property names, else
/// nobody. A choice made in the portal wins over HubSpot's and the difference is shown.
/// </summary>
internal sealed class AgentField(IReadOnlyList<PropertyRef> properties, AgentDirectory agents)
    : FieldMap(nameof(LeadField.Agent), properties)
{
    public static readonly PropertyRef Owner = PropertyRef.Deal("hubspot_owner_id");

    // The first is spelled so in the account.
    public static readonly PropertyRef[] NameProperties =
    [
        PropertyRef.Deal("responisble_agent"),
        PropertyRef.Deal("from_agent_portal__name_"),
    ];

    public override MergePolicy Policy => MergePolicy.PortalWins;

    public override string? Ours(Lead lead) => lead.AgentId?.ToString();

    public override string? Theirs(RecordPair theirs, IReadOnlySet<PropertyRef> changed, string? ours) =>
        (
            agents.ByOwner(theirs[Owner])
            ?? NameProperties
                .Select(property => agents.ByName(theirs[property]))
                .FirstOrDefault(user => user is not null)
        )?.Id.ToString();

    public override IEnumerable<KeyValuePair<PropertyRef, string?>> Write(
        string? value,
        string? agreed,
        RecordPair theirs
    )
    {
        var agent = Guid.TryParse(value, out var id) ? agents.Find(id) : null;
        foreach (var property in Properties.Where(property => property != Owner))
        {
            yield return new(property, agent?.UserName);
        }

        // An owner who is nobody here (a coordinator, say) is not taken off the deal for an agent without an owner id.
        if (agent?.HubSpotOwnerId is not null || agents.ByOwner(theirs[Owner]) is not null)
        {
            yield return new(Owner, agent?.HubSpotOwnerId);
        }
    }

    public override IEnumerable<KeyValuePair<LeadField, string?>> Edits(string? value) => [];

    /// <summary>True when HubSpot names somebody and it is nobody here.</summary>
    public bool IsUnknown(RecordPair theirs) =>
        Properties.Any(property => theirs[property] is not null)
        && Theirs(theirs, new HashSet<PropertyRef>(), null) is null;
}
