using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;

namespace ProPartHub.Domain.People.Accounts;

/// <summary>Who may change accounts, and what nobody may.</summary>
internal static class PeopleRights
{
    /// <summary>Ends what is for admins alone.</summary>
    /// <param name="actor">Who acts.</param>
    /// <param name="userId">The account it is about, when it is about one.</param>
    public static void RequireAdmin(Actor actor, Guid? userId = null)
    {
        if (actor.Role is not Role.Admin)
        {
            throw ForbiddenException.For(actor, GuardedAct.ChangePeople, userId);
        }
    }

    /// <summary>
    /// Lets one change of accounts at a time through and asks the row whether the actor is still an admin: two admins who
    /// take each other's role in the same moment would otherwise both succeed.
    /// </summary>
    public static async Task RequireStillAdminAsync(HubDbContext db, Actor actor, CancellationToken cancellationToken)
    {
        RequireAdmin(actor);
        await db.LockCreationAsync(cancellationToken);
        var isStill =
            actor.IsSystem
            || await db.Users.AnyAsync(
                user => user.Id == actor.UserId && user.Role == Role.Admin && user.IsActive,
                cancellationToken
            );
        if (!isStill)
        {
            throw ForbiddenException.For(actor, GuardedAct.ChangePeople);
        }
    }

    /// <summary>Why the account may not lose its role or be closed, if so; inside a transaction that took the lock.</summary>
    public static async Task<AccountFault?> ProtectionAsync(
        HubDbContext db,
        Actor actor,
        HubUser user,
        CancellationToken cancellationToken
    )
    {
        if (user.Id == actor.UserId)
        {
            return AccountFault.OwnAccount;
        }

        var admins = db.Users.RealAdmins().Where(other => other.IsActive);
        return
            await admins.AnyAsync(other => other.Id == user.Id, cancellationToken)
            && !await admins.AnyAsync(other => other.Id != user.Id, cancellationToken)
            ? AccountFault.LastAdmin
            : null;
    }
}
