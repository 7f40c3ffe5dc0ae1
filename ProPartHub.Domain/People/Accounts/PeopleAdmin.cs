using FluentValidation;
using FluentValidation.Results;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People.Sessions;

namespace ProPartHub.Domain.People.Accounts;

/// <summary>
/// What an admin does about people's accounts. Whatever takes a right away ends every session of the account at
/// once; nobody can do it to the own account or to the last admin.
/// </summary>
public sealed class PeopleAdmin(HubDatabase database, ILookupNormalizer normalizer, TimeProvider time)
{
    /// <summary>How long a lock by an admin lasts unless it is ended before.</summary>
    public static readonly TimeSpan LockDuration = TimeSpan.FromHours(24);

    private static readonly PersonInputValidator Validator = new();

    /// <summary>
    /// Changes name, mail address, role and team; a new team takes the person's leads along. The user name and the
    /// language stay.
    /// </summary>
    /// <returns>What is wrong field by field; nothing was changed unless it is valid.</returns>
    /// <exception cref="ForbiddenException">The actor is no admin, or no longer.</exception>
    /// <exception cref="NotFoundException">There is no such person.</exception>
    public Task<ValidationResult> ChangeAsync(
        Actor actor,
        Guid id,
        PersonInput input,
        CancellationToken cancellationToken
    )
    {
        PeopleRights.RequireAdmin(actor, id);
        return database.InTransactionAsync(
            async (db, token) =>
            {
                await PeopleRights.RequireStillAdminAsync(db, actor, token);
                var user = await db.Users.LockAsync(id, token) ?? throw new NotFoundException("Person");
                var typed = (input with { UserName = user.UserName!, Culture = user.Culture }).Normalised();
                var faults = await Validator.ValidateAsync(typed, token);
                if (faults.IsValid && typed.Role != user.Role)
                {
                    Add(faults, nameof(typed.Role), await PeopleRights.ProtectionAsync(db, actor, user, token));
                }

                return faults.IsValid ? await StoreAsync(db, actor, user, typed, token) : faults;
            },
            cancellationToken
        );
    }

    /// <summary>Closes the account for <see cref="LockDuration"/> and ends its sessions.</summary>
    /// <returns>Why not, or null when done.</returns>
    /// <exception cref="ForbiddenException">The actor is no admin, or no longer.</exception>
    /// <exception cref="NotFoundException">There is no such person.</exception>
    public Task<AccountFault?> LockAsync(Actor actor, Guid id, CancellationToken cancellationToken) =>
        ActAsync(
            actor,
            id,
            SecurityEventKind.AccountLocked,
            takesRights: true,
            endsSessions: true,
            user => Lockout.Lock(user, time.GetUtcNow() + LockDuration),
            cancellationToken
        );

    /// <summary>Ends a lock, an admin's or that after wrong passwords.</summary>
    /// <inheritdoc cref="LockAsync"/>
    public Task<AccountFault?> UnlockAsync(Actor actor, Guid id, CancellationToken cancellationToken) =>
        ActAsync(
            actor,
            id,
            SecurityEventKind.AccountUnlocked,
            takesRights: false,
            endsSessions: false,
            Lockout.Clear,
            cancellationToken
        );

    /// <summary>Switches the account off and ends its sessions; its leads and its history stay.</summary>
    /// <inheritdoc cref="LockAsync"/>
    public Task<AccountFault?> SwitchOffAsync(Actor actor, Guid id, CancellationToken cancellationToken) =>
        ActAsync(
            actor,
            id,
            SecurityEventKind.AccountSwitchedOff,
            takesRights: true,
            endsSessions: true,
            user => user.IsActive = false,
            cancellationToken
        );

    /// <summary>Switches the account on again.</summary>
    /// <inheritdoc cref="LockAsync"/>
    public Task<AccountFault?> SwitchOnAsync(Actor actor, Guid id, CancellationToken cancellationToken) =>
        ActAsync(
            actor,
            id,
            SecurityEventKind.AccountSwitchedOn,
            takesRights: false,
            endsSessions: false,
            user => user.IsActive = true,
            cancellationToken
        );

    /// <summary>Ends every session of the account, on every device, at once.</summary>
    /// <inheritdoc cref="LockAsync"/>
    public Task<AccountFault?> EndSessionsAsync(Actor actor, Guid id, CancellationToken cancellationToken) =>
        ActAsync(
            actor,
            id,
            SecurityEventKind.LoggedOut,
            takesRights: false,
            endsSessions: true,
            _ => { },
            cancellationToken,
            ("scope", "everywhere")
        );

    private Task<AccountFault?> ActAsync(
        Actor actor,
        Guid id,
        SecurityEventKind kind,
        bool takesRights,
        bool endsSessions,
        Action<HubUser> act,
        CancellationToken cancellationToken,
        params (string Name, string? Value)[] details
    )
    {
        PeopleRights.RequireAdmin(actor, id);
        return database.InTransactionAsync(
            async (db, token) =>
            {
                await PeopleRights.RequireStillAdminAsync(db, actor, token);
                var user = await db.Users.LockAsync(id, token) ?? throw new NotFoundException("Person");
                var fault = takesRights ? await PeopleRights.ProtectionAsync(db, actor, user, token) : null;
                if (fault is null)
                {
                    act(user);
                    if (endsSessions)
                    {
                        await db.EndSessionsAsync(user, time.GetUtcNow(), except: null, token);
                    }

                    db.SecurityEvents.Add(SecurityLog.Entry(kind, actor, time, id, details));
                }

                return fault;
            },
            cancellationToken
        );
    }

    private async Task<ValidationResult> StoreAsync(
        HubDbContext db,
        Actor actor,
        HubUser user,
        PersonInput typed,
        CancellationToken cancellationToken
    )
    {
        var like = new HubUser
        {
            Id = user.Id,
            DisplayName = typed.DisplayName,
            NormalizedUserName = user.NormalizedUserName,
            NormalizedEmail = normalizer.NormalizeEmail(typed.Email),
        };
        var faults = await AccountCreation.TakenAsync(db, like, cancellationToken);
        var (team, wrong) = await TeamChoice.ResolveAsync(db, typed, cancellationToken);
        if (wrong is not null)
        {
            faults.Errors.Add(wrong);
        }

        if (!faults.IsValid)
        {
            return faults;
        }

        TeamChoice.Store(db, typed, team);
        RecordSetting(db, actor, user.Id, "display name", user.DisplayName, typed.DisplayName);
        RecordSetting(db, actor, user.Id, "mail address", user.Email, typed.Email);
        (user.DisplayName, user.Email, user.NormalizedEmail) = (typed.DisplayName, typed.Email, like.NormalizedEmail);
        if (user.Role != typed.Role || user.TeamId != team?.Id)
        {
            await RightsChange.ApplyAsync(db, actor, time, [new(user, typed.Role, team)], cancellationToken);
        }

        return faults;
    }

    private void RecordSetting(HubDbContext db, Actor actor, Guid id, string setting, string? before, string after)
    {
        if (before != after)
        {
            db.SecurityEvents.Add(SecurityLog.Setting(actor, time, id, setting, before, after));
        }
    }

    private static void Add(ValidationResult faults, string field, AccountFault? fault)
    {
        if (fault is { } found)
        {
            faults.Errors.Add(AccountFaults.At(field, found));
        }
    }
}
