using FluentValidation.Results;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.People.Sessions;

namespace ProPartHub.Domain.People.Accounts;

/// <summary>What people see of their own account.</summary>
/// <param name="UserName">Name to log in by.</param>
/// <param name="DisplayName">Name shown to colleagues.</param>
/// <param name="Email">Mail address.</param>
/// <param name="Culture">Interface language.</param>
/// <param name="HasPassword">False for demo people.</param>
public sealed record OwnProfile(string UserName, string DisplayName, string Email, string Culture, bool HasPassword);

/// <summary>What people do with their own account; the actor is always also the one acted upon.</summary>
public sealed class OwnAccount(HubDatabase database, PasswordCheck passwords, TimeProvider time)
{
    private static readonly ProfileInputValidator Profiles = new();
    private static readonly PasswordInputValidator Passwords = new();

    /// <summary>Reads the own profile; null when the account is gone.</summary>
    public async Task<OwnProfile?> ReadAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        return await db
            .Users.Where(user => user.Id == actor.UserId)
            .Select(user => new OwnProfile(
                user.UserName!,
                user.DisplayName,
                user.Email!,
                user.Culture,
                user.PasswordHash != null
            ))
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Changes display name and language.</summary>
    /// <returns>The changed account, or what is wrong field by field.</returns>
    public async Task<(HubUser? User, ValidationResult Faults)> SaveAsync(
        Actor actor,
        ProfileInput input,
        CancellationToken cancellationToken
    )
    {
        input = input with { DisplayName = AccountName.Clean(input.DisplayName) };
        var faults = await Profiles.ValidateAsync(input, cancellationToken);
        if (!faults.IsValid)
        {
            return (null, faults);
        }

        var user = await ChangeAsync(
            actor,
            (db, user) =>
            {
                Record(db, actor, "display name", user.DisplayName, input.DisplayName);
                Record(db, actor, "language", user.Culture, input.Culture);
                user.DisplayName = input.DisplayName;
                user.Culture = input.Culture;
            },
            cancellationToken
        );
        return (user, faults);
    }

    /// <summary>
    /// Changes the password and ends every other session. Wrong
    /// present passwords count towards the lock of the account as they do at the log-in.
    /// </summary>
    /// <param name="actor">Whose password.</param>
    /// <param name="input">The form.</param>
    /// <param name="present">The present session; it goes on once its cookie is issued anew.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The changed account, or what is wrong field by field.</returns>
    public async Task<(HubUser? User, ValidationResult Faults)> ChangePasswordAsync(
        Actor actor,
        PasswordInput input,
        Guid? present,
        CancellationToken cancellationToken
    )
    {
        var known = await FindAsync(actor.Writing(), cancellationToken);
        var faults = await Passwords.ValidateAsync(input, cancellationToken);
        if (faults.IsValid && PasswordRules.IsOwnName(input.Password, known?.UserName, known?.Email))
        {
            faults = AccountFaults.Only(nameof(input.Password), AccountFault.PasswordIsName);
        }

        if (known is null || !faults.IsValid)
        {
            return (null, faults);
        }

        var (isRight, _) = await passwords.VerifyAsync(known, input.Present, cancellationToken);
        var hash = isRight ? await passwords.HashAsync(known, input.Password, cancellationToken) : null;
        var changed = await database.InTransactionAsync(
            async (db, stop) =>
            {
                var user = Replace(db, await db.Users.LockAsync(actor.UserId, stop), known, hash, actor);
                if (user is not null)
                {
                    await db.EndSessionsAsync(user, time.GetUtcNow(), present, stop);
                }

                return user;
            },
            cancellationToken
        );
        return changed is null
            ? (null, AccountFaults.Only(nameof(input.Present), AccountFault.PresentWrong))
            : (changed, faults);
    }

    private async Task<HubUser?> FindAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        return await db.Users.SingleOrDefaultAsync(user => user.Id == actor.UserId, cancellationToken);
    }

    private Task<HubUser?> ChangeAsync(
        Actor actor,
        Action<HubDbContext, HubUser> change,
        CancellationToken cancellationToken
    ) =>
        database.InTransactionAsync(
            async (db, stop) =>
            {
                var user = await db.Users.LockAsync(actor.Writing().UserId, stop);
                if (user is not null)
                {
                    change(db, user);
                }

                return user;
            },
            cancellationToken
        );

    private HubUser? Replace(HubDbContext db, HubUser? user, HubUser known, string? hash, Actor actor)
    {
        var now = time.GetUtcNow();
        if (user is null || Lockout.IsLocked(user, now) || user.SecurityStamp != known.SecurityStamp)
        {
            return null;
        }

        if (hash is null)
        {
            if (Lockout.CountFailure(user, now))
            {
                db.SecurityEvents.Add(SecurityLog.Entry(SecurityEventKind.LockedOut, actor, time, user.Id));
            }

            return null;
        }

        Lockout.Clear(user);
        (user.PasswordHash, user.MustChangePassword) = (hash, false);
        db.SecurityEvents.Add(
            SecurityLog.Entry(SecurityEventKind.PasswordChanged, actor, time, user.Id, ("by", "owner"))
        );
        return user;
    }

    private void Record(HubDbContext db, Actor actor, string setting, string before, string after)
    {
        if (before != after)
        {
            db.SecurityEvents.Add(SecurityLog.Setting(actor, time, actor.UserId, setting, before, after));
        }
    }
}
