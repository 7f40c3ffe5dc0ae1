using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using Xunit;

namespace ProPartHub.Tests.HubSpot.Sync;

/// <summary>Leads with agents, and deals that name agents in HubSpot's several ways.</summary>
internal static class AgentDesk
{
    public const string Owner = "hubspot_owner_id";
    public const string Responsible = "responisble_agent";
    public const string PortalName = "from_agent_portal__name_";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static HubDatabase Database(this SyncDesk desk) => desk.Bed.Get<HubDatabase>();

    /// <summary>What a deal says of its agent, in an account that has all three properties.</summary>
    public static Dictionary<string, string?> Deal(
        string? owner = null,
        string? responsible = null,
        string? portalName = null
    ) =>
        new()
        {
            [Owner] = owner,
            [Responsible] = responsible,
            [PortalName] = portalName,
        };

    /// <summary>A lead of an agent, or of nobody, that both sides agreed on when its deal named the agent so.</summary>
    public static async Task<Guid> DealAsync(
        this SyncDesk desk,
        int number,
        Actor? agent,
        Dictionary<string, string?> deal,
        bool isUnknown = false
    )
    {
        var id = (await desk.Bed.LeadAsync(agent ?? desk.Bed.Ada, number)).Id;
        await desk.ChangeAsync(async db =>
        {
            await db.Outbox.Where(row => row.SubjectId == id).ExecuteDeleteAsync(Token);
            var lead = await db.Leads.SingleAsync(row => row.Id == id, Token);
            (lead.AgentId, lead.TeamId) = (agent?.UserId, agent?.TeamId);
            lead.Attention = isUnknown ? Attention.UnknownAgent : Attention.None;
            db.LeadSyncs.Add(
                new LeadSync
                {
                    LeadId = id,
                    DealId = $"{number}",
                    DealSnapshot = deal,
                    Agreed = new() { [nameof(LeadField.Agent)] = agent?.UserId.ToString(), ["ClientName"] = "Клієнт" },
                }
            );
        });
        return id;
    }

    public static Task ChangeAsync(this SyncDesk desk, Func<HubDbContext, Task> change) =>
        desk.Database().InTransactionAsync((db, _) => change(db), Token);

    public static Task<LeadSync> SyncOfAsync(this SyncDesk desk, Guid leadId) =>
        desk.Bed.ReadAsync(db => db.LeadSyncs.SingleAsync(row => row.LeadId == leadId, Token));

    public static Task<HubUser> UserAsync(this SyncDesk desk, Actor actor) =>
        desk.Bed.ReadAsync(db => db.Users.SingleAsync(row => row.Id == actor.UserId, Token));
}
