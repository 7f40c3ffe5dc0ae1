using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;

namespace ProPartHub.Domain.People.Verification;

/// <summary>Who sees and decides what: admins everybody's, managers their team's, agents see their own.</summary>
internal static class VerificationRights
{
    public static bool MayReview(Actor actor, HubUser agent) =>
        actor.Role is Role.Admin || actor is { Role: Role.Manager, TeamId: not null } && agent.TeamId == actor.TeamId;

    /// <summary>Requests that the actor decides.</summary>
    public static IQueryable<VerificationRequest> Reviewable(HubDbContext db, Actor actor) =>
        actor.Role switch
        {
            Role.Admin => db.VerificationRequests,
            Role.Manager when actor.TeamId is { } team => db.VerificationRequests.Where(row => row.User.TeamId == team),
            _ => db.VerificationRequests.Where(_ => false),
        };

    /// <summary>Requests that the actor sees.</summary>
    public static IQueryable<VerificationRequest> Visible(HubDbContext db, Actor actor) =>
        actor.Role is Role.Agent
            ? db.VerificationRequests.Where(row => row.UserId == actor.UserId)
            : Reviewable(db, actor);

    /// <summary>Agents about whom the actor decides.</summary>
    public static IQueryable<HubUser> Agents(HubDbContext db, Actor actor) =>
        actor.Role switch
        {
            Role.Admin => db.Users.Where(user => user.Role == Role.Agent),
            Role.Manager when actor.TeamId is { } team => db.Users.Where(user =>
                user.Role == Role.Agent && user.TeamId == team
            ),
            _ => db.Users.Where(_ => false),
        };

    /// <summary>What to throw where the actor sees none of these requests: where there is one all the same, the audit is told.</summary>
    /// <param name="requests">Those asked for, whoever may see them.</param>
    /// <param name="actor">Who asked.</param>
    /// <param name="what">What was asked for.</param>
    /// <param name="act">What the actor was about to do.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<NotFoundException> NotFoundAsync(
        this IQueryable<VerificationRequest> requests,
        Actor actor,
        string what,
        GuardedAct act,
        CancellationToken cancellationToken
    ) =>
        await requests.Select(row => (Guid?)row.UserId).FirstOrDefaultAsync(cancellationToken) is { } agent
            ? NotFoundException.Hidden(actor, what, act, agent)
            : new NotFoundException(what);
}
