using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Settings;

namespace ProPartHub.Domain.Notifications;

/// <summary>What people want to be told, and how; everybody sets their own.</summary>
public sealed class NotificationSettings(
    HubDatabase database,
    PersonSettings settings,
    IOptions<NotificationOptions> options,
    TimeProvider time
)
{
    /// <summary>The actor's wishes, or what holds for everybody.</summary>
    public Task<NotificationPreferences> ReadAsync(Actor actor, CancellationToken cancellationToken) =>
        settings.ReadAsync(actor, NotificationPreferences.Key, cancellationToken);

    /// <summary>Stores the actor's wishes; they hold for mails that already wait, too.</summary>
    /// <exception cref="InvalidInputException">A number or time zone is out of its range, or half of the quiet hours is missing.</exception>
    /// <exception cref="ForbiddenException">An admin only looks through the actor's eyes.</exception>
    public Task SaveAsync(Actor actor, NotificationPreferences wishes, CancellationToken cancellationToken)
    {
        Check(wishes);
        return database.InTransactionAsync(
            (db, token) => WriteAsync(db, actor, wishes, options.Value.TimeZone, time, token),
            cancellationToken
        );
    }

    /// <summary>Stores wishes inside the caller's transaction.</summary>
    internal static async Task WriteAsync(
        HubDbContext db,
        Actor actor,
        NotificationPreferences wishes,
        string agencyZone,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        await PersonSettings.WriteAsync(db, actor, NotificationPreferences.Key, wishes, time, cancellationToken);
        var now = time.GetUtcNow();
        var clock = new PersonClock(wishes, agencyZone);
        foreach (var kind in Enum.GetValues<NotificationKind>())
        {
            var own = db.Notifications.Where(row => row.UserId == actor.UserId && row.Kind == kind);
            if (!wishes.Of(kind).HasFlag(NotificationWays.Mail))
            {
                await own.Where(row => row.MailAt != null)
                    .ExecuteUpdateAsync(
                        row => row.SetProperty(waiting => waiting.MailAt, (DateTimeOffset?)null),
                        cancellationToken
                    );
            }

            var next = wishes.Of(kind).HasFlag(NotificationWays.Digest) ? clock.NextDigest(now) : null;
            await own.Where(row => row.DigestAt != null)
                .ExecuteUpdateAsync(row => row.SetProperty(waiting => waiting.DigestAt, next), cancellationToken);
        }
    }

    private static void Check(NotificationPreferences wishes)
    {
        var faults = new List<FieldError>();
        Add(
            wishes.ReminderMinutes is < 0 or > NotificationPreferences.MostReminderMinutes,
            nameof(wishes.ReminderMinutes)
        );
        Add(wishes.DigestHour is < 0 or > 23, nameof(wishes.DigestHour));
        Add(!Enum.IsDefined(wishes.Digest), nameof(wishes.Digest));
        Add(!Enum.IsDefined(wishes.DigestDay), nameof(wishes.DigestDay));
        Add(wishes.QuietFrom is null != wishes.QuietTo is null, nameof(wishes.QuietTo));
        Add(wishes.TimeZone is { } zone && !PersonClock.Knows(zone), nameof(wishes.TimeZone));
        Add(wishes.Ways.Keys.Any(kind => !Enum.IsDefined(kind)), nameof(wishes.Ways));
        if (faults.Count > 0)
        {
            throw new InvalidInputException(faults);
        }

        void Add(bool isWrong, string field)
        {
            if (isWrong)
            {
                faults.Add(new FieldError(field, FieldErrorCode.UnknownOption));
            }
        }
    }
}
