using FluentValidation;
using FluentValidation.Results;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Mail;

namespace ProPartHub.Domain.People.Accounts;

/// <summary>A manager to choose at the registration: no more than the name.</summary>
public sealed record ManagerItem(Guid Id, string Name);

/// <summary>
/// How agents make an account by themselves. The page's answer is always the same; whether the address or the user name
/// has an account is told by mail, to whoever reads that address.
/// </summary>
public sealed class AgentRegistration(
    HubDatabase database,
    PasswordCheck passwords,
    AccountCreation creation,
    AddressLinks links,
    MailOutbox outbox,
    IOptions<AccountOptions> options,
    TimeProvider time
)
{
    /// <summary>After so long an account whose address nobody confirmed is removed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(7);

    private static readonly RegistrationInputValidator Validator = new();

    /// <summary>Whether agents may register here.</summary>
    public bool IsOpen => options.Value.Registration == true && outbox.IsOpen;

    /// <summary>Active managers who lead a team, by name.</summary>
    public async Task<IReadOnlyList<ManagerItem>> ManagersAsync(CancellationToken cancellationToken)
    {
        if (!IsOpen)
        {
            return [];
        }

        await using var db = await database.ReadAsync(cancellationToken);
        return await Managers(db)
            .OrderBy(user => user.DisplayName)
            .ThenBy(user => user.Id)
            .Select(user => new ManagerItem(user.Id, user.DisplayName))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Makes an account that waits for the confirmation of its address.</summary>
    /// <param name="input">The form.</param>
    /// <param name="address">Network address of the caller.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What is wrong with what was typed, and never that somebody else has typed it before.</returns>
    /// <exception cref="ForbiddenException">Registration is switched off.</exception>
    public async Task<ValidationResult> RegisterAsync(
        RegistrationInput input,
        string? address,
        CancellationToken cancellationToken
    )
    {
        if (!IsOpen)
        {
            throw ForbiddenException.For(null, GuardedAct.Register);
        }

        input = input with
        {
            UserName = AccountName.Clean(input.UserName),
            DisplayName = AccountName.Clean(input.DisplayName),
            Email = AccountName.Clean(input.Email),
        };
        var faults = await Validator.ValidateAsync(input, cancellationToken);
        if (!faults.IsValid)
        {
            return faults;
        }

        // Hashed in any case: the quarter of a second it takes must tell nothing.
        var fresh = creation.New(input.UserName, input.DisplayName, input.Email, Role.Agent);
        fresh.PasswordHash = await passwords.HashAsync(fresh, input.Password, cancellationToken);
        (fresh.Culture, fresh.EmailConfirmed, fresh.IsVerified) = (input.Culture, false, false);
        return await database.InTransactionAsync(
            async (db, token) =>
            {
                await db.LockCreationAsync(token);
                var manager = await Managers(db).SingleOrDefaultAsync(user => user.Id == input.ManagerId, token);
                if (manager is null)
                {
                    return AccountFaults.Only(nameof(input.ManagerId), AccountFault.ManagerUnknown);
                }

                fresh.TeamId = manager.TeamId;
                await StoreAsync(db, fresh, address, token);
                return faults;
            },
            cancellationToken
        );
    }

    /// <summary>Removes accounts whose address was not confirmed in time, unless somebody gave them leads already.</summary>
    /// <returns>How many.</returns>
    public Task<int> RemoveExpiredAsync(CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async (db, token) =>
            {
                await db.LockCreationAsync(token);
                var before = time.GetUtcNow() - Patience;
                var expired = await Unconfirmed(db).Where(user => user.CreatedAt < before).ToListAsync(token);
                foreach (var user in expired)
                {
                    db.Users.Remove(user);
                    db.SecurityEvents.Add(
                        SecurityLog.Entry(
                            SecurityEventKind.RegistrationExpired,
                            Actor.System,
                            time,
                            user.Id,
                            ("user name", user.UserName)
                        )
                    );
                }

                return expired.Count;
            },
            cancellationToken
        );

    private static IQueryable<HubUser> Managers(HubDbContext db) =>
        db.Users.Where(user =>
            user.Role == Role.Manager && user.IsActive && user.EmailConfirmed && user.TeamId != null
        );

    private async Task StoreAsync(HubDbContext db, HubUser fresh, string? address, CancellationToken cancellationToken)
    {
        var (kind, outcome) = await WayAsync(db, fresh, cancellationToken);
        var owner = kind is MailKind.ConfirmAccount ? fresh : null;
        if (owner is not null)
        {
            db.Users.Add(owner);
        }

        if (kind is { } mail)
        {
            var token = owner is null ? null : links.For(owner, owner.Email!);
            var facts = new MailFacts(fresh.DisplayName, token, fresh.UserName);
            outbox.Add(db, mail, fresh.Email!, fresh.Culture, facts, owner?.Id);
        }

        db.SecurityEvents.Add(
            SecurityLog.Entry(
                SecurityEventKind.Registered,
                new Actor(Guid.Empty, fresh.UserName!, Role.Agent, null, address),
                time,
                owner?.Id,
                ("mail", fresh.Email),
                ("outcome", outcome)
            )
        );
    }

    private async Task<(MailKind? Kind, string Outcome)> WayAsync(
        HubDbContext db,
        HubUser fresh,
        CancellationToken cancellationToken
    )
    {
        if (await outbox.IsFullAsync(db, fresh.Email!, cancellationToken))
        {
            return (null, "too many mails");
        }

        // Nobody can have logged in to an unconfirmed account. Whoever registers last with an address replaces it, so that
        // a stranger's password does not wait behind a link that the owner of the address opens.
        var pending = await Unconfirmed(db)
            .SingleOrDefaultAsync(user => user.NormalizedEmail == fresh.NormalizedEmail, cancellationToken);
        if (pending is not null)
        {
            db.Users.Remove(pending);
            await db.SaveChangesAsync(cancellationToken);
        }

        var taken = (await AccountCreation.TakenAsync(db, fresh, cancellationToken)).Errors;
        return taken.Exists(fault => fault.ErrorCode == nameof(AccountFault.EmailTaken))
                ? (MailKind.AddressInUse, "address has an account")
            : taken.Count > 0 ? (MailKind.UserNameTaken, "user name taken")
            : (MailKind.ConfirmAccount, "mailed");
    }

    // Somebody may have given one leads already; then it stays.
    private static IQueryable<HubUser> Unconfirmed(HubDbContext db) =>
        db.Users.Where(user =>
            !user.EmailConfirmed && user.LastLoginAt == null && !db.Leads.Any(lead => lead.AgentId == user.Id)
        );
}
