using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Claims;

/// <summary>
/// Who decides a question: admins each; a manager those of the own team's agents for clients of the own team or the pool. A
/// question across teams is for admins, since a manager neither sees another team's leads nor gives the own away.
/// </summary>
internal static class ClaimRights
{
    /// <summary>Questions that the actor decides or may look back on.</summary>
    public static IQueryable<ClaimRequest> Decidable(HubDbContext db, Actor actor)
    {
        if (actor.Role is Role.Admin)
        {
            return db.ClaimRequests;
        }

        if (actor is not { Role: Role.Manager, TeamId: { } team })
        {
            return db.ClaimRequests.Where(_ => false);
        }

        return db.ClaimRequests.Where(row =>
            db.Users.Any(user => user.Id == row.AskedById && user.TeamId == team)
            && db.Leads.Any(lead => lead.Id == row.LeadId && (lead.TeamId == team || lead.AgentId == null))
        );
    }

    /// <summary>Who is told of a question: those who can decide it.</summary>
    public static async Task<IReadOnlyList<Guid>> DecidersAsync(
        HubDbContext db,
        Guid? askersTeam,
        Lead lead,
        CancellationToken cancellationToken
    )
    {
        var isOneTeams = askersTeam is not null && (lead.TeamId == askersTeam || LeadVisibility.IsInPool(lead.AgentId));
        var managers = await db
            .Users.Where(user => isOneTeams && user.IsActive && user.Role == Role.Manager && user.TeamId == askersTeam)
            .Select(user => user.Id)
            .ToListAsync(cancellationToken);
        return managers.Count > 0
            ? managers
            : await db
                .Users.Where(user => user.IsActive && user.Role == Role.Admin)
                .Select(user => user.Id)
                .ToListAsync(cancellationToken);
    }
}
