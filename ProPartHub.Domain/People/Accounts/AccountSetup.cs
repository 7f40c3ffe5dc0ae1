using FluentValidation.Results;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.People.Sessions;

namespace ProPartHub.Domain.People.Accounts;

/// <summary>What stands behind a one-time link: the form that makes the first admin or sets the password of an account.</summary>
public sealed class AccountSetup(
    HubDatabase database,
    AccountLinks links,
    PasswordCheck passwords,
    AccountCreation creation,
    TimeProvider time
)
{
    private static readonly AdminInputValidator Validator = new();
    private static readonly AdminInput Blank = new("", "", "", "", "");

    /// <summary>Whether nobody runs this installation yet. Demo people do not count: they have no password.</summary>
    public async Task<bool> IsNeededAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        return !await db.Users.RealAdmins().AnyAsync(cancellationToken);
    }

    /// <summary>What a link opens.</summary>
    /// <param name="token">The token of the link.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// The names of the account it is for, blank ones for the first admin, or null when the link is used, expired,
    /// superseded or forged.
    /// </returns>
    public async Task<AdminInput?> OpenAsync(string? token, CancellationToken cancellationToken)
    {
        if (links.Read(token) is not { } link)
        {
            return null;
        }

        if (link.UserId is not { } id)
        {
            return await IsNeededAsync(cancellationToken) ? Blank : null;
        }

        await using var db = await database.ReadAsync(cancellationToken);
        var user = await db.Users.SingleOrDefaultAsync(user => user.Id == id, cancellationToken);
        return IsFor(link, user)
            ? Blank with
            {
                UserName = user!.UserName!,
                DisplayName = user.DisplayName,
                Email = user.Email!,
            }
            : null;
    }

    /// <summary>Makes the admin, or sets the account's password, and so uses the link up.</summary>
    /// <param name="token">The token of the link.</param>
    /// <param name="input">The form; user name and mail address count only for the first admin.</param>
    /// <param name="address">Network address of the caller.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The account, or what is wrong field by field; <see cref="AccountFault.LinkDead"/> has no field.</returns>
    public async Task<(HubUser? User, ValidationResult Faults)> CompleteAsync(
        string? token,
        AdminInput input,
        string? address,
        CancellationToken cancellationToken
    )
    {
        if (links.Read(token) is not { } link || await OpenAsync(token, cancellationToken) is not { } offer)
        {
            return Dead();
        }

        input = Clean(link.UserId is null ? input : input with { UserName = offer.UserName, Email = offer.Email });
        var faults = await Validator.ValidateAsync(input, cancellationToken);
        if (!faults.IsValid)
        {
            return (null, faults);
        }

        var fresh = creation.New(input.UserName, input.DisplayName, input.Email, Role.Admin);
        fresh.PasswordHash = await passwords.HashAsync(fresh, input.Password, cancellationToken);
        return await database.InTransactionAsync(
            async (db, stop) =>
            {
                await db.LockCreationAsync(stop);
                return link.UserId is null
                    ? await AddFirstAsync(db, fresh, address, stop)
                    : await SetPasswordAsync(db, link, fresh, address, stop);
            },
            cancellationToken
        );
    }

    private bool IsFor(AccountLink link, HubUser? user) =>
        user is { IsActive: true }
        && user.SecurityStamp == link.Stamp
        && (link.EndsAnyLock || !Lockout.IsLockedByAdmin(user, time.GetUtcNow()));

    private static (HubUser?, ValidationResult) Dead() =>
        (null, AccountFaults.Only(string.Empty, AccountFault.LinkDead));

    private static AdminInput Clean(AdminInput input) =>
        input with
        {
            UserName = AccountName.Clean(input.UserName),
            DisplayName = AccountName.Clean(input.DisplayName),
            Email = AccountName.Clean(input.Email),
        };

    private async Task<(HubUser?, ValidationResult)> AddFirstAsync(
        HubDbContext db,
        HubUser fresh,
        string? address,
        CancellationToken cancellationToken
    )
    {
        if (await db.Users.RealAdmins().AnyAsync(cancellationToken))
        {
            return Dead();
        }

        var taken = await AccountCreation.TakenAsync(db, fresh, cancellationToken);
        if (!taken.IsValid)
        {
            return (null, taken);
        }

        db.Users.Add(fresh);
        Record(db, SecurityEventKind.FirstAdminCreated, fresh, address);
        return (fresh, taken);
    }

    private async Task<(HubUser?, ValidationResult)> SetPasswordAsync(
        HubDbContext db,
        AccountLink link,
        HubUser fresh,
        string? address,
        CancellationToken cancellationToken
    )
    {
        var user = await db.Users.LockAsync(link.UserId!.Value, cancellationToken);
        if (!IsFor(link, user))
        {
            return Dead();
        }

        user!.DisplayName = fresh.DisplayName;
        (user.PasswordHash, user.MustChangePassword) = (fresh.PasswordHash, false);
        await db.EndSessionsAsync(user, time.GetUtcNow(), except: null, cancellationToken);

        // Whoever got the link got it from an admin or by mail.
        user.EmailConfirmed = true;
        Lockout.Clear(user);
        Record(db, SecurityEventKind.PasswordChanged, user, address);
        return (user, new());
    }

    private void Record(HubDbContext db, SecurityEventKind kind, HubUser user, string? address) =>
        db.SecurityEvents.Add(SecurityLog.Entry(kind, user.ToActor(address), time, user.Id, ("by", "one-time link")));
}
