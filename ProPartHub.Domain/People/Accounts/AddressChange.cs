using FluentValidation.Results;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Mail;

namespace ProPartHub.Domain.People.Accounts;

/// <summary>
/// The wish of a person for another mail address. It asks for the password, since an address opens the account by
/// "forgotten password"; the change itself happens behind the link that goes to the new address.
/// </summary>
public sealed class AddressChange(
    HubDatabase database,
    PasswordCheck passwords,
    AddressLinks links,
    MailOutbox outbox,
    ILookupNormalizer normalizer,
    TimeProvider time
)
{
    private static readonly AddressInputValidator Validator = new();

    /// <summary>Whether mails leave this portal at all.</summary>
    public bool IsPossible => outbox.IsOpen;

    /// <summary>
    /// Mails a link to the new address and a notice to the present one. Whether somebody else has the new address is told
    /// by mail to that address alone. Wrong passwords count towards the lock of the account.
    /// </summary>
    /// <returns>What is wrong field by field; valid when mails are on their way.</returns>
    public async Task<ValidationResult> AskAsync(Actor actor, AddressInput input, CancellationToken cancellationToken)
    {
        input = input with { Email = AccountName.Clean(input.Email) };
        var faults = await Validator.ValidateAsync(input, cancellationToken);
        if (faults.IsValid && !IsPossible)
        {
            faults = AccountFaults.Only(nameof(input.Email), AccountFault.NoMail);
        }

        if (!faults.IsValid)
        {
            return faults;
        }

        var known = await FindAsync(actor, cancellationToken);
        var (isRight, _) = await passwords.VerifyAsync(known, input.Present, cancellationToken);
        var isDone = await database.InTransactionAsync(
            async (db, token) =>
            {
                var user = await db.Users.LockAsync(actor.UserId, token);
                if (!IsOpen(user) || user!.SecurityStamp != known?.SecurityStamp)
                {
                    return false;
                }

                if (!isRight)
                {
                    CountFailure(db, actor, user);
                    return false;
                }

                Lockout.Clear(user);
                await MailAsync(db, actor, user, input.Email, token);
                return true;
            },
            cancellationToken
        );
        return isDone ? faults : AccountFaults.Only(nameof(input.Present), AccountFault.PresentWrong);
    }

    private async Task<HubUser?> FindAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        return await db.Users.SingleOrDefaultAsync(user => user.Id == actor.UserId, cancellationToken);
    }

    private bool IsOpen(HubUser? user) => user is { IsActive: true } && !Lockout.IsLocked(user, time.GetUtcNow());

    private void CountFailure(HubDbContext db, Actor actor, HubUser user)
    {
        if (Lockout.CountFailure(user, time.GetUtcNow()))
        {
            db.SecurityEvents.Add(SecurityLog.Entry(SecurityEventKind.LockedOut, actor, time, user.Id));
        }
    }

    private async Task MailAsync(
        HubDbContext db,
        Actor actor,
        HubUser user,
        string address,
        CancellationToken cancellationToken
    )
    {
        var key = normalizer.NormalizeEmail(address);
        var isTaken = await db.Users.AnyAsync(
            other => other.Id != user.Id && other.NormalizedEmail == key,
            cancellationToken
        );
        db.SecurityEvents.Add(
            SecurityLog.Entry(
                SecurityEventKind.AddressChangeAsked,
                actor,
                time,
                user.Id,
                ("address", address),
                ("outcome", isTaken ? "address taken" : "mailed")
            )
        );
        if (!await outbox.IsFullAsync(db, address, cancellationToken))
        {
            if (isTaken)
            {
                outbox.Add(db, MailKind.AddressInUse, address, user.Culture, new(address), userId: null);
            }
            else
            {
                var facts = new MailFacts(user.DisplayName, links.For(user, address), address);
                outbox.Add(db, MailKind.ConfirmAddress, address, user.Culture, facts, user.Id);
            }
        }

        outbox.Add(db, MailKind.AddressNotice, user, new(user.DisplayName, Subject: address));
    }
}
