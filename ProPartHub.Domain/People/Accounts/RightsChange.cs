using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.People.Sessions;

namespace ProPartHub.Domain.People.Accounts;

/// <summary>The role and team that a person gets.</summary>
/// <param name="User">The account, locked.</param>
/// <param name="Role">The role from now on.</param>
/// <param name="Team">The team from now on; null for admins.</param>
internal sealed record NewRights(HubUser User, Role Role, Team? Team);

/// <summary>Gives people another role or team, inside the caller's transaction.</summary>
internal static class RightsChange
{
    /// <summary>
    /// Stores both, ends the sessions that rest on the old ones, takes the leads along and records it; the same few commands
    /// for one person or many.
    /// </summary>
    public static async Task ApplyAsync(
        HubDbContext db,
        Actor actor,
        TimeProvider time,
        IReadOnlyCollection<NewRights> changes,
        CancellationToken cancellationToken
    )
    {
        var present = changes.Select(change => change.User.TeamId).Distinct().ToList();
        var names = await db
            .Teams.Where(team => present.Contains(team.Id))
            .ToDictionaryAsync(team => team.Id, team => team.Name, cancellationToken);
        var moved = changes
            .Where(change => change.User.TeamId != change.Team?.Id)
            .Select(change => change.User.Id)
            .ToList();
        foreach (var (user, role, team) in changes)
        {
            db.SecurityEvents.Add(
                SecurityLog.Entry(
                    SecurityEventKind.RoleChanged,
                    actor,
                    time,
                    user.Id,
                    ("role before", user.Role.ToString()),
                    ("role", role.ToString()),
                    ("team before", user.TeamId is { } before ? names.GetValueOrDefault(before) : null),
                    ("team", team?.Name)
                )
            );
            (user.Role, user.TeamId) = (role, team?.Id);
        }

        await db.EndSessionsAsync(
            [.. changes.Select(change => change.User)],
            time.GetUtcNow(),
            except: null,
            cancellationToken
        );
        if (moved.Count > 0)
        {
            await MoveLeadsAsync(db, moved, cancellationToken);
        }
    }

    // A lead carries its agent's team, by which managers see it; who sees which has changed for everybody.
    private static async Task MoveLeadsAsync(HubDbContext db, List<Guid> agents, CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        var ids = agents.ToArray();
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE leads SET team_id = users.team_id FROM users
            WHERE leads.agent_id = users.id AND users.id = ANY({ids})
            """,
            cancellationToken
        );
        await db.NotifyRefreshAsync(cancellationToken);
    }
}
