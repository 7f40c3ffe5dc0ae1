using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.People.Sessions;

namespace ProPartHub.Domain.People.Accounts;

/// <summary>Gives a person another role or team, inside the caller's transaction.</summary>
internal static class RightsChange
{
    /// <summary>Stores both, ends the sessions that rest on the old ones, takes the leads along and records it.</summary>
    public static async Task ApplyAsync(
        HubDbContext db,
        Actor actor,
        TimeProvider time,
        HubUser user,
        (Role Role, Team? Team) next,
        CancellationToken cancellationToken
    )
    {
        var before = await db
            .Teams.Where(row => row.Id == user.TeamId)
            .Select(row => row.Name)
            .SingleOrDefaultAsync(cancellationToken);
        db.SecurityEvents.Add(
            SecurityLog.Entry(
                SecurityEventKind.RoleChanged,
                actor,
                time,
                user.Id,
                ("role before", user.Role.ToString()),
                ("role", next.Role.ToString()),
                ("team before", before),
                ("team", next.Team?.Name)
            )
        );
        var isMoved = user.TeamId != next.Team?.Id;
        (user.Role, user.TeamId) = (next.Role, next.Team?.Id);
        await db.EndSessionsAsync(user, time.GetUtcNow(), except: null, cancellationToken);
        if (isMoved)
        {
            await MoveLeadsAsync(db, user, cancellationToken);
        }
    }

    // A lead carries its agent's team, by which managers see it; who sees which has changed for everybody.
    private static async Task MoveLeadsAsync(HubDbContext db, HubUser user, CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        await db
            .Leads.Where(lead => lead.AgentId == user.Id)
            .ExecuteUpdateAsync(lead => lead.SetProperty(row => row.TeamId, user.TeamId), cancellationToken);
        await db.NotifyRefreshAsync(cancellationToken);
    }
}
