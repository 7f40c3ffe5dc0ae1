using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;

namespace ProPartHub.Domain.People.Accounts;

/// <summary>
/// Moves several agents to another manager, that is into the team the manager leads, in one transaction: for each of them
/// the same as <see cref="PeopleAdmin.ChangeAsync"/> does with another team. Managers and admins stay where they are.
/// </summary>
public sealed class TeamMove(HubDatabase database, TimeProvider time)
{
    /// <summary>Most people of one move.</summary>
    public const int Most = 200;

    /// <summary>Who can be moved to: active managers with a team, by name; one command.</summary>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public async Task<IReadOnlyList<PersonItem>> ManagersAsync(Actor actor, CancellationToken cancellationToken)
    {
        PeopleRights.RequireAdmin(actor);
        await using var db = await database.ReadAsync(cancellationToken);
        return await Managers(db)
            .OrderBy(user => user.DisplayName)
            .ThenBy(user => user.Id)
            .Select(user => new PersonItem(user.Id, user.DisplayName, user.Role, user.TeamId, user.Team!.Name))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Says what a move would change and changes nothing; two commands.</summary>
    /// <param name="actor">An admin.</param>
    /// <param name="ids">Whom to move, at most <see cref="Most"/>.</param>
    /// <param name="managerId">To which manager.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when there is no such manager, or no longer.</returns>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    /// <exception cref="InvalidInputException">They are too many.</exception>
    public async Task<TeamMovePlan?> PlanAsync(
        Actor actor,
        IReadOnlyCollection<Guid> ids,
        Guid managerId,
        CancellationToken cancellationToken
    )
    {
        PeopleRights.RequireAdmin(actor);
        RequireFew(ids);
        await using var db = await database.ReadAsync(cancellationToken);
        return await ManagerAsync(db, managerId, cancellationToken) is { } manager
            ? await PlanAsync(db, manager, ids, cancellationToken)
            : null;
    }

    /// <summary>
    /// Moves those who can be moved; all of them or, should it fail, none. Whoever was changed since the plan was made is
    /// judged anew.
    /// </summary>
    /// <inheritdoc cref="PlanAsync(Actor, IReadOnlyCollection{Guid}, Guid, CancellationToken)"/>
    /// <returns>What was changed; null when there is no such manager any more and nothing was.</returns>
    public Task<TeamMovePlan?> MoveAsync(
        Actor actor,
        IReadOnlyCollection<Guid> ids,
        Guid managerId,
        CancellationToken cancellationToken
    )
    {
        PeopleRights.RequireAdmin(actor);
        RequireFew(ids);
        return database.InTransactionAsync(
            async (db, token) =>
            {
                await PeopleRights.RequireStillAdminAsync(db, actor, token);
                var users = await db.Users.LockAsync(ids, token);
                if (await ManagerAsync(db, managerId, token) is not { Team: { } team } manager)
                {
                    return null;
                }

                var plan = await PlanAsync(db, manager, ids, token);
                var moving = plan.Of(TeamMoveOutcome.Moves).Select(row => row.Id).ToHashSet();
                await ApplyAsync(db, actor, users.Where(user => moving.Contains(user.Id)), _ => team, token);
                return plan;
            },
            cancellationToken
        );
    }

    /// <summary>
    /// Puts those who were moved back into the teams they came from. Whoever was changed since stays, whoever did that.
    /// </summary>
    /// <param name="actor">An admin.</param>
    /// <param name="done">What <see cref="MoveAsync"/> returned.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Those who were moved: put back, or staying because they were <see cref="TeamMoveOutcome.ChangedSince"/>.</returns>
    /// <exception cref="ForbiddenException">The actor is no admin, or no longer.</exception>
    /// <exception cref="InvalidInputException">They are too many.</exception>
    public Task<TeamMovePlan> UndoAsync(Actor actor, TeamMovePlan done, CancellationToken cancellationToken)
    {
        PeopleRights.RequireAdmin(actor);
        var moved = done.Of(TeamMoveOutcome.Moves).ToDictionary(row => row.Id);
        RequireFew(moved.Keys);
        return database.InTransactionAsync(
            async (db, token) =>
            {
                await PeopleRights.RequireStillAdminAsync(db, actor, token);
                var users = await db.Users.LockAsync(moved.Keys, token);
                var before = moved.Values.Select(row => row.TeamId).Distinct().ToList();
                var teams = await db.Teams.Where(team => before.Contains(team.Id)).ToDictionaryAsync(t => t.Id, token);
                var back = users
                    .Where(user =>
                        user.Role is Role.Agent
                        && user.TeamId == done.TeamId
                        && (moved[user.Id].TeamId is not { } team || teams.ContainsKey(team))
                    )
                    .ToList();
                await ApplyAsync(db, actor, back, TeamBefore, token);
                var ids = back.Select(user => user.Id).ToHashSet();
                return done with
                {
                    Rows =
                    [
                        .. moved.Values.Select(row =>
                            ids.Contains(row.Id) ? row : row with { Outcome = TeamMoveOutcome.ChangedSince }
                        ),
                    ],
                };

                Team? TeamBefore(HubUser user) => moved[user.Id].TeamId is { } team ? teams[team] : null;
            },
            cancellationToken
        );
    }

    private Task ApplyAsync(
        HubDbContext db,
        Actor actor,
        IEnumerable<HubUser> users,
        Func<HubUser, Team?> team,
        CancellationToken cancellationToken
    )
    {
        NewRights[] changes = [.. users.Select(user => new NewRights(user, user.Role, team(user)))];
        return changes.Length == 0
            ? Task.CompletedTask
            : RightsChange.ApplyAsync(db, actor, time, changes, cancellationToken);
    }

    private static async Task<TeamMovePlan> PlanAsync(
        HubDbContext db,
        HubUser manager,
        IReadOnlyCollection<Guid> ids,
        CancellationToken cancellationToken
    )
    {
        var people = await db
            .Users.Where(user => ids.Contains(user.Id))
            .OrderBy(user => user.DisplayName)
            .ThenBy(user => user.Id)
            .Select(user => new
            {
                user.Id,
                user.DisplayName,
                user.Role,
                user.TeamId,
                TeamName = user.Team!.Name,
                Leads = db.Leads.Count(lead => lead.AgentId == user.Id),
            })
            .ToListAsync(cancellationToken);
        return new TeamMovePlan(
            manager.Id,
            manager.DisplayName,
            manager.Team!.Id,
            manager.Team.Name,
            [
                .. people.Select(person => new TeamMoveRow(
                    person.Id,
                    person.DisplayName,
                    person.TeamId,
                    person.TeamName,
                    person.Leads,
                    person.Role switch
                    {
                        Role.Admin => TeamMoveOutcome.IsAdmin,
                        _ when person.TeamId == manager.TeamId => TeamMoveOutcome.AlreadyThere,
                        Role.Manager => TeamMoveOutcome.LeadsATeam,
                        _ => TeamMoveOutcome.Moves,
                    }
                )),
            ],
            ids.Distinct().Count() - people.Count
        );
    }

    private static Task<HubUser?> ManagerAsync(HubDbContext db, Guid id, CancellationToken cancellationToken) =>
        Managers(db).Include(user => user.Team).SingleOrDefaultAsync(user => user.Id == id, cancellationToken);

    private static IQueryable<HubUser> Managers(HubDbContext db) =>
        db.Users.Where(user => user.Role == Role.Manager && user.IsActive && user.TeamId != null);

    private static void RequireFew(IReadOnlyCollection<Guid> ids)
    {
        if (ids.Count > Most)
        {
            throw new InvalidInputException(nameof(ids), FieldErrorCode.OutOfRange);
        }
    }
}
