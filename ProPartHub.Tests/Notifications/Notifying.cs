using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Notifications;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Settings;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Live;

namespace ProPartHub.Tests.Notifications;

/// <summary>
/// Makes what there is to make. Which transactions have ended is known for the whole server, and on it other tests run theirs
/// at the same time; so it may take some tries.
/// </summary>
internal static class Notifying
{
    public static Task NotifyAsync(this HubBed bed, CancellationToken cancellationToken) =>
        Eventually.IsAsync(() => bed.Get<NotificationMaker>().MakeAllAsync(cancellationToken), cancellationToken);

    /// <summary>What a person's page of notifications shows, newest first.</summary>
    public static async Task<IReadOnlyList<NotificationView>> NoticesAsync(this HubBed bed, Actor actor) =>
        (
            await bed.Get<NotificationQueries>()
                .PageAsync(actor, new NotificationFilter(), null, CancellationToken.None)
        ).Rows;

    /// <summary>The kinds of a person's notifications, oldest first.</summary>
    public static async Task<IReadOnlyList<NotificationKind>> KindsAsync(this HubBed bed, Actor actor) =>
        [.. (await bed.NoticesAsync(actor)).Reverse().Select(view => view.Kind)];

    /// <summary>Every stored notification of a person, told in whatever way.</summary>
    public static Task<List<Notification>> StoredAsync(this HubBed bed, Actor actor) =>
        bed.ReadAsync(db =>
            db.Notifications.Where(row => row.UserId == actor.UserId)
                .OrderBy(row => row.CreatedAt)
                .ThenBy(row => row.Id)
                .ToListAsync()
        );

    public static Task CommentAsync(this HubBed bed, Actor by, Guid leadId, string text = "Слово") =>
        bed.Get<CommentService>().AddAsync(by, Guid.CreateVersion7(), leadId, text, null, CancellationToken.None);

    public static Task WishAsync(this HubBed bed, Actor actor, NotificationPreferences wishes) =>
        bed.Get<NotificationSettings>().SaveAsync(actor, wishes, CancellationToken.None);

    /// <summary>Stores wishes that the settings would refuse.</summary>
    public static Task ForceWishAsync(this HubBed bed, Actor actor, string json) =>
        bed.Get<HubDatabase>()
            .InTransactionAsync(
                (db, _) =>
                {
                    db.PersonSettings.Add(
                        new PersonSetting
                        {
                            UserId = actor.UserId,
                            Key = NotificationPreferences.Key.Name,
                            Value = json,
                            SetAt = bed.Time.GetUtcNow(),
                        }
                    );
                    return Task.CompletedTask;
                },
                CancellationToken.None
            );
}
