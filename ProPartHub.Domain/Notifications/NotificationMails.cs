using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Mail;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Notifications;

/// <summary>
/// Hands notifications that are to be mailed to the outbox: those of one kind that came within a minute as one mail, and
/// what has gathered for a digest. What was read meanwhile, or may no longer be seen, is left out.
/// </summary>
public sealed class NotificationMails(
    HubDatabase database,
    MailOutbox outbox,
    Unsubscription unsubscription,
    TimeProvider time
)
{
    /// <summary>Most notifications that one mail lists; it says how many more there are.</summary>
    public const int MostListed = 30;

    private const int PeopleAtOnce = 50;

    /// <summary>Hands over all that is due.</summary>
    public async Task SendDueAsync(CancellationToken cancellationToken)
    {
        while (await SendSomeAsync(cancellationToken))
        {
            // The next people.
        }
    }

    private async Task<bool> SendSomeAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using (var db = await database.ReadAsync(cancellationToken))
        {
            if (!await db.Notifications.AnyAsync(row => row.MailAt <= now || row.DigestAt <= now, cancellationToken))
            {
                return false;
            }
        }

        return await database.InTransactionAsync(
            async (db, token) =>
            {
                if (!await NotificationLock.TryAsync(db, token))
                {
                    return false;
                }

                var mails = await db
                    .Notifications.Where(row => row.MailAt <= now)
                    .Select(row => new { row.UserId, row.Kind })
                    .Distinct()
                    .Take(PeopleAtOnce)
                    .ToListAsync(token);
                var digests = await db
                    .Notifications.Where(row => row.DigestAt <= now)
                    .Select(row => row.UserId)
                    .Distinct()
                    .Take(PeopleAtOnce)
                    .ToListAsync(token);
                var ids = mails.Select(mail => mail.UserId).Union(digests).ToList();
                var people = await db
                    .Users.AsNoTracking()
                    .Where(user => ids.Contains(user.Id))
                    .ToDictionaryAsync(user => user.Id, token);
                foreach (var mail in mails)
                {
                    // Later ones of the kind come along, so that one mail is followed by another after a minute at the least.
                    var waiting = db.Notifications.Where(row =>
                        row.UserId == mail.UserId && row.Kind == mail.Kind && row.MailAt != null
                    );
                    await SendAsync(db, people[mail.UserId], mail.Kind, waiting, token);
                    await waiting.ExecuteUpdateAsync(
                        row => row.SetProperty(sent => sent.MailAt, (DateTimeOffset?)null),
                        token
                    );
                }

                foreach (var userId in digests)
                {
                    var waiting = db.Notifications.Where(row => row.UserId == userId && row.DigestAt <= now);
                    await SendAsync(db, people[userId], kind: null, waiting, token);
                    await waiting.ExecuteUpdateAsync(
                        row => row.SetProperty(sent => sent.DigestAt, (DateTimeOffset?)null),
                        token
                    );
                }

                return mails.Count == PeopleAtOnce || digests.Count == PeopleAtOnce;
            },
            cancellationToken
        );
    }

    private async Task SendAsync(
        HubDbContext db,
        HubUser person,
        NotificationKind? kind,
        IQueryable<Notification> waiting,
        CancellationToken cancellationToken
    )
    {
        if (!outbox.IsOpen || !person.IsActive)
        {
            return;
        }

        var actor = person.ToActor(address: null);
        var readable = NotificationRights
            .Readable(db, actor)
            .Where(row => row.ReadAt == null && waiting.Any(other => other.Id == row.Id));
        var total = await readable.CountAsync(cancellationToken);
        if (total == 0)
        {
            return;
        }

        var listed = await NotificationQueries.ReadAsync(
            db,
            actor,
            readable.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).Take(MostListed),
            cancellationToken
        );
        outbox.Add(
            db,
            kind is null ? MailKind.Digest : MailKind.Notification,
            person,
            new MailFacts(person.DisplayName, unsubscription.TokenFor(person.Id, kind))
            {
                Notices = new NoticeFacts(kind, total, listed),
            }
        );
    }
}
