using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Mapping;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Outbox;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>Leads that have one agent here and whose deals name the agent in one way.</summary>
/// <param name="Owner">The deals' owner id.</param>
/// <param name="Responsible">The first of <see cref="AgentField.NameProperties"/>.</param>
/// <param name="PortalName">The second.</param>
/// <param name="HasResponsible">The account had the first when the deals were last read.</param>
/// <param name="HasPortalName">The account had the second.</param>
/// <param name="AgentId">The agent here.</param>
/// <param name="IsUnknown">The leads are marked as having an agent in HubSpot who is nobody here.</param>
/// <param name="IsOnItsWay">The agent was changed here and HubSpot has yet to be told.</param>
/// <param name="Leads">How many leads.</param>
internal sealed record DealAgentGroup(
    string? Owner,
    string? Responsible,
    string? PortalName,
    bool HasResponsible,
    bool HasPortalName,
    Guid? AgentId,
    bool IsUnknown,
    bool IsOnItsWay,
    int Leads
)
{
    /// <summary>The names that the deals have.</summary>
    public IEnumerable<string> Names => new[] { Responsible, PortalName }.OfType<string>();

    /// <summary>The deals' values; a property that the account lacks is not among them.</summary>
    public RecordPair Values()
    {
        var deal = new Dictionary<string, string?> { [AgentField.Owner.Name] = Owner };
        if (HasResponsible)
        {
            deal[AgentField.NameProperties[0].Name] = Responsible;
        }

        if (HasPortalName)
        {
            deal[AgentField.NameProperties[1].Name] = PortalName;
        }

        return RecordPair.Empty with
        {
            Deal = deal,
        };
    }
}

/// <summary>
/// Whom deals name, as last read from HubSpot, beside their leads' agents; archived leads too, without those whose deal is
/// gone. Grouped by the database: an office has few agents and many leads.
/// </summary>
internal static class DealAgents
{
    private static string Owner => AgentField.Owner.Name;

    private static string Responsible => AgentField.NameProperties[0].Name;

    private static string PortalName => AgentField.NameProperties[1].Name;

    /// <summary>All groups; one command, whatever the number of leads.</summary>
    public static Task<List<DealAgentGroup>> GroupsAsync(HubDbContext db, CancellationToken cancellationToken) =>
        db
            .Database.SqlQuery<DealAgentGroup>(
                $"""
                SELECT sync.deal_snapshot->>{Owner} AS owner,
                       sync.deal_snapshot->>{Responsible} AS responsible,
                       sync.deal_snapshot->>{PortalName} AS portal_name,
                       jsonb_exists(sync.deal_snapshot, {Responsible}) AS has_responsible,
                       jsonb_exists(sync.deal_snapshot, {PortalName}) AS has_portal_name,
                       lead.agent_id,
                       lead.attention & {(int)Attention.UnknownAgent} <> 0 AS is_unknown,
                       mark.subject_id IS NOT NULL
                           AND sync.agreed->>{nameof(
                    LeadField.Agent
                )} IS DISTINCT FROM lead.agent_id::text AS is_on_its_way,
                       count(*)::int AS leads
                FROM lead_sync sync
                JOIN leads lead ON lead.id = sync.lead_id
                LEFT JOIN outbox mark
                    ON mark.kind = {(int)OutboxKind.Lead} AND mark.subject_id = lead.id AND mark.parked_at IS NULL
                WHERE sync.deal_id IS NOT NULL AND sync.deleted_at IS NULL
                GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
                """
            )
            .ToListAsync(cancellationToken);

    /// <summary>Ids of the leads in the groups that have this agent and whose agent is not on its way to HubSpot.</summary>
    public static IQueryable<Guid> LeadIds(HubDbContext db, IReadOnlyCollection<DealAgentGroup> groups, Guid? agentId)
    {
        // An empty value of HubSpot is stored as null, so that blanks may stand for nulls here.
        var owners = groups.Select(group => group.Owner ?? "").ToArray();
        var responsibles = groups.Select(group => group.Responsible ?? "").ToArray();
        var portalNames = groups.Select(group => group.PortalName ?? "").ToArray();
        return db.Database.SqlQuery<Guid>(
            $"""
            SELECT lead.id AS "Value"
            FROM lead_sync sync
            JOIN leads lead ON lead.id = sync.lead_id
            LEFT JOIN outbox mark
                ON mark.kind = {(int)OutboxKind.Lead} AND mark.subject_id = lead.id AND mark.parked_at IS NULL
            WHERE sync.deal_id IS NOT NULL AND sync.deleted_at IS NULL
                AND coalesce(lead.agent_id, {Guid.Empty}) = {agentId ?? Guid.Empty}
                AND (mark.subject_id IS NULL
                    OR sync.agreed->>{nameof(LeadField.Agent)} IS NOT DISTINCT FROM lead.agent_id::text)
                AND EXISTS (
                    SELECT 1
                    FROM unnest({owners}, {responsibles}, {portalNames}) AS named(owner, responsible, portal_name)
                    WHERE named.owner = coalesce(sync.deal_snapshot->>{Owner}, '')
                        AND named.responsible = coalesce(sync.deal_snapshot->>{Responsible}, '')
                        AND named.portal_name = coalesce(sync.deal_snapshot->>{PortalName}, '')
                )
            """
        );
    }
}
