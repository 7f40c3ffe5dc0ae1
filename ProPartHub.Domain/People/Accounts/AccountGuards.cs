using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People.SecondFactors;
using ProPartHub.Domain.People.Sessions;

namespace ProPartHub.Domain.People.Accounts;

/// <summary>What an admin does about the ways into other people's accounts; nothing of it lets the admin in.</summary>
public sealed class AccountGuards(HubDatabase database, TimeProvider time)
{
    /// <summary>Has the person choose a new password at the next log-in, and ends all sessions now.</summary>
    /// <exception cref="ForbiddenException">The actor is no admin, or no longer.</exception>
    /// <exception cref="NotFoundException">There is no such person.</exception>
    public Task<AccountFault?> DemandNewPasswordAsync(Actor actor, Guid id, CancellationToken cancellationToken) =>
        ActAsync(
            actor,
            id,
            SecurityEventKind.PasswordChangeDemanded,
            (_, user, _) =>
            {
                user.MustChangePassword = true;
                return Task.CompletedTask;
            },
            cancellationToken
        );

    /// <summary>
    /// Takes authenticator app, recovery codes and passkeys away, for whoever lost the phone, and ends all sessions. The
    /// password is needed all the same.
    /// </summary>
    /// <inheritdoc cref="DemandNewPasswordAsync"/>
    public Task<AccountFault?> RemoveSecondFactorAsync(Actor actor, Guid id, CancellationToken cancellationToken) =>
        ActAsync(
            actor,
            id,
            SecurityEventKind.SecondFactorOff,
            async (db, user, token) =>
            {
                await SecondFactor.RemoveAsync(db, user.Id, token);
                await db.Set<IdentityUserPasskey<Guid>>().Where(key => key.UserId == user.Id).ExecuteDeleteAsync(token);
            },
            cancellationToken
        );

    /// <summary>Ends the locks of several accounts; those that are not locked are passed over.</summary>
    /// <returns>How many were unlocked.</returns>
    /// <exception cref="ForbiddenException">The actor is no admin, or no longer.</exception>
    public Task<int> UnlockAsync(Actor actor, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        PeopleRights.RequireAdmin(actor);
        return database.InTransactionAsync(
            async (db, token) =>
            {
                await PeopleRights.RequireStillAdminAsync(db, actor, token);
                var now = time.GetUtcNow();
                var locked = await db
                    .Users.Where(user => ids.Contains(user.Id) && user.LockoutEnd > now)
                    .ToListAsync(token);
                foreach (var user in locked)
                {
                    Lockout.Clear(user);
                    db.SecurityEvents.Add(SecurityLog.Entry(SecurityEventKind.AccountUnlocked, actor, time, user.Id));
                }

                return locked.Count;
            },
            cancellationToken
        );
    }

    private Task<AccountFault?> ActAsync(
        Actor actor,
        Guid id,
        SecurityEventKind kind,
        Func<HubDbContext, HubUser, CancellationToken, Task> act,
        CancellationToken cancellationToken
    )
    {
        PeopleRights.RequireAdmin(actor, id);
        return database.InTransactionAsync<AccountFault?>(
            async (db, token) =>
            {
                await PeopleRights.RequireStillAdminAsync(db, actor, token);
                var user = await db.Users.LockAsync(id, token) ?? throw new NotFoundException("Person");
                if (user.Id == actor.UserId)
                {
                    return AccountFault.OwnAccount;
                }

                await act(db, user, token);
                await db.EndSessionsAsync(user, time.GetUtcNow(), except: null, token);
                db.SecurityEvents.Add(SecurityLog.Entry(kind, actor, time, id, ("by", "admin")));
                return null;
            },
            cancellationToken
        );
    }
}
