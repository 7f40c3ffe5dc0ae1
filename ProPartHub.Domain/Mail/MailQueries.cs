using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Mail;

/// <summary>A mail as admins see it: all but what it says. Times are UTC.</summary>
public sealed record MailRow(
    Guid Id,
    MailKind Kind,
    Guid? UserId,
    string Address,
    DateTimeOffset CreatedAt,
    int Attempts,
    DateTimeOffset NextTryAt,
    DateTimeOffset? SentAt,
    DateTimeOffset? GivenUpAt,
    string? Error
)
{
    /// <summary>Whether a try failed and another one is to come.</summary>
    public bool IsFailing => SentAt is null && GivenUpAt is null && Error is not null;
}

/// <summary>Reads what became of mails, for admins.</summary>
public sealed class MailQueries(HubDatabase database)
{
    /// <summary>Rows of a page.</summary>
    public const int PageSize = 50;

    /// <summary>One page, newest first; or those alone that failed and were not sent later.</summary>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public async Task<NumberedPage<MailRow>> PageAsync(
        Actor actor,
        bool onlyFailed,
        int page,
        CancellationToken cancellationToken
    )
    {
        if (actor.Role is not Role.Admin)
        {
            throw ForbiddenException.For(actor, GuardedAct.ReadMails);
        }

        await using var db = await database.ReadAsync(cancellationToken);
        var mails = db.Mails.AsQueryable();
        if (onlyFailed)
        {
            mails = mails.Where(mail => mail.SentAt == null && mail.Error != null);
        }

        return await mails
            .OrderByDescending(mail => mail.CreatedAt)
            .ThenByDescending(mail => mail.Id)
            .Select(mail => new MailRow(
                mail.Id,
                mail.Kind,
                mail.UserId,
                mail.Address,
                mail.CreatedAt,
                mail.Attempts,
                mail.NextTryAt,
                mail.SentAt,
                mail.GivenUpAt,
                mail.Error
            ))
            .PageAsync(page, PageSize, cancellationToken);
    }
}
