using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Leads;

/// <summary>What belongs to an agent and that agent's team: a lead, or figures about leads.</summary>
public interface IAssigned
{
    /// <summary>The agent; null for the unassigned pool.</summary>
    Guid? AgentId { get; }

    /// <summary>The agent's team.</summary>
    Guid? TeamId { get; }
}

/// <summary>Row rights of leads: the one place that decides who sees which.</summary>
public static class LeadVisibility
{
    /// <summary>The unassigned pool: everybody but agents sees it.</summary>
    public static bool IsInPool(Guid? agentId) => agentId is null;

    /// <summary>Leaves only what the actor may see: agents own leads, managers the team's and the pool, admins all.</summary>
    public static IQueryable<T> VisibleTo<T>(this IQueryable<T> leads, Actor actor)
        where T : class, IAssigned =>
        actor.Role switch
        {
            Role.Admin => leads,
            Role.Manager when actor.TeamId is { } team => leads.Where(lead =>
                lead.TeamId == team || lead.AgentId == null
            ),
            Role.Manager => leads.Where(lead => lead.AgentId == null || lead.AgentId == actor.UserId),
            _ => leads.Where(lead => lead.AgentId == actor.UserId),
        };

    /// <summary>The same rule the other way round: leaves only the active people who may see a lead.</summary>
    internal static IQueryable<HubUser> WhoSee(this IQueryable<HubUser> people, Guid? agentId, Guid? teamId) =>
        people.Where(person =>
            person.IsActive
            && (
                person.Role == Role.Admin
                || (person.Role == Role.Agent && person.Id == agentId)
                || (
                    person.Role == Role.Manager
                    && (agentId == null || (person.TeamId == null ? person.Id == agentId : person.TeamId == teamId))
                )
            )
        );

    /// <summary>Ends what is about one lead for those who may not see it.</summary>
    /// <exception cref="NotFoundException">There is no such lead for the actor.</exception>
    internal static async Task RequireVisibleLeadAsync(
        this HubDbContext db,
        Actor actor,
        Guid leadId,
        CancellationToken cancellationToken
    )
    {
        if (!await db.Leads.VisibleTo(actor).AnyAsync(lead => lead.Id == leadId, cancellationToken))
        {
            throw await db.NoLeadAsync(actor, leadId, cancellationToken);
        }
    }

    /// <summary>A lead as it stands, for reading.</summary>
    /// <exception cref="NotFoundException">There is no such lead for the actor.</exception>
    internal static async Task<Lead> VisibleLeadAsync(
        this HubDbContext db,
        Actor actor,
        Guid leadId,
        CancellationToken cancellationToken
    ) =>
        await db.Leads.VisibleTo(actor).SingleOrDefaultAsync(lead => lead.Id == leadId, cancellationToken)
        ?? throw await db.NoLeadAsync(actor, leadId, cancellationToken);

    /// <summary>
    /// What to throw for a lead that the actor does not find. The actor is told the same whether there is none or it is
    /// somebody else's; the audit hears of the latter.
    /// </summary>
    internal static async Task<NotFoundException> NoLeadAsync(
        this HubDbContext db,
        Actor actor,
        Guid leadId,
        CancellationToken cancellationToken
    ) =>
        await db.Leads.AnyAsync(lead => lead.Id == leadId, cancellationToken)
        && !await db.Leads.VisibleTo(actor).AnyAsync(lead => lead.Id == leadId, cancellationToken)
            ? NotFoundException.Hidden(actor, "Lead", GuardedAct.ReachLead, leadId: leadId)
            : new NotFoundException("Lead");

    /// <summary>The same rule for one lead at hand, given its agent and team.</summary>
    public static bool CanSee(this Actor actor, Guid? agentId, Guid? teamId) =>
        actor.Role switch
        {
            Role.Admin => true,
            Role.Manager when actor.TeamId is { } team => teamId == team || IsInPool(agentId),
            Role.Manager => IsInPool(agentId) || agentId == actor.UserId,
            _ => agentId == actor.UserId,
        };
}
