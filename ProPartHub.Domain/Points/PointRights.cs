using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Points;

/// <summary>Whose points are whose matter: everybody sees the own, managers their team's, admins everybody's.</summary>
internal static class PointRights
{
    /// <summary>People whose ledger the actor sees.</summary>
    public static IQueryable<HubUser> LedgersOf(HubDbContext db, Actor actor) =>
        actor.Role switch
        {
            Role.Admin => db.Users,
            Role.Manager when actor.TeamId is { } team => db.Users.Where(user =>
                user.TeamId == team || user.Id == actor.UserId
            ),
            _ => db.Users.Where(user => user.Id == actor.UserId),
        };

    /// <summary>The same rule for one person at hand.</summary>
    public static bool SeesLedger(Actor actor, Guid userId, Guid? teamId) =>
        actor.Role is Role.Admin
        || userId == actor.UserId
        || actor is { Role: Role.Manager, TeamId: { } team } && teamId == team;

    /// <summary>Whether the actor may correct the points of somebody whose ledger the actor sees; nobody corrects the own.</summary>
    public static bool Corrects(Actor actor, Guid userId) =>
        actor.Role is Role.Admin or Role.Manager && userId != actor.UserId;

    /// <summary>What to throw when the actor reaches for somebody whose ledger is not the actor's matter.</summary>
    public static async Task<NotFoundException> NoPersonAsync(
        HubDbContext db,
        Actor actor,
        Guid userId,
        CancellationToken cancellationToken
    ) =>
        await db.Users.AnyAsync(user => user.Id == userId, cancellationToken)
            ? NotFoundException.Hidden(actor, "Person", GuardedAct.ReachPerson, userId)
            : new NotFoundException("Person");

    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public static void RequireAdmin(Actor actor)
    {
        if (actor.Role is not Role.Admin)
        {
            throw ForbiddenException.For(actor, GuardedAct.SetPointRules);
        }
    }
}
