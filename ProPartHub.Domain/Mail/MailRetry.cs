using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;

namespace ProPartHub.Domain.Mail;

/// <summary>Lets an admin who mended the mail server have a mail tried again without waiting for its turn.</summary>
public sealed class MailRetry(HubDatabase database, TimeProvider time)
{
    /// <summary>Makes a mail that failed due at once.</summary>
    /// <returns>
    /// False where there is nothing to try: it was sent or given up meanwhile (then its content is gone), or a try is under
    /// way.
    /// </returns>
    /// <exception cref="ForbiddenException">The actor is no admin, or no longer.</exception>
    /// <exception cref="NotFoundException">There is no such mail.</exception>
    public Task<bool> TryNowAsync(Actor actor, Guid mailId, CancellationToken cancellationToken)
    {
        PeopleRights.RequireAdmin(actor);
        return database.InTransactionAsync(
            async (db, token) =>
            {
                await PeopleRights.RequireStillAdminAsync(db, actor, token);
                // Locked: a sender that is just taking the mail is waited for, and then seen.
                var mail =
                    await db
                        .Mails.FromSql($"SELECT * FROM mails WHERE id = {mailId} FOR UPDATE")
                        .SingleOrDefaultAsync(token)
                    ?? throw new NotFoundException("Mail");
                if (mail is not { SentAt: null, GivenUpAt: null, Error: not null })
                {
                    return false;
                }

                mail.NextTryAt = time.GetUtcNow();
                db.SecurityEvents.Add(
                    SecurityLog.Entry(
                        SecurityEventKind.MailRetried,
                        actor,
                        time,
                        mail.UserId,
                        ("mail", mail.Kind.ToString()),
                        ("tries", $"{mail.Attempts}")
                    )
                );
                return true;
            },
            cancellationToken
        );
    }
}
