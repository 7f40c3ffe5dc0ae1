using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Notifications;

/// <summary>What the bell shows.</summary>
/// <param name="Unread">How many are unread, up to <see cref="NotificationQueries.MostCounted"/>.</param>
/// <param name="Newest">The newest unread ones, newest first.</param>
public sealed record NotificationBellState(int Unread, IReadOnlyList<NotificationView> Newest);

/// <summary>Which notifications are wanted.</summary>
/// <param name="OnlyUnread">Only unread ones.</param>
/// <param name="Kind">Only of this kind.</param>
public sealed record NotificationFilter(bool OnlyUnread = false, NotificationKind? Kind = null);

/// <summary>A place in the list of notifications: when and key of a row.</summary>
public sealed record NotificationPlace(DateTimeOffset At, Guid Id)
{
    /// <summary>As part of an address.</summary>
    public string Write() => string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks}-{Id:N}");

    /// <summary>Reads what <see cref="Write"/> wrote; null for anything else.</summary>
    public static NotificationPlace? Read(string? text) =>
        text?.Split('-') is [var ticks, var key]
        && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
        && at <= DateTimeOffset.MaxValue.Ticks
        && Guid.TryParseExact(key, "N", out var id)
            ? new NotificationPlace(new DateTimeOffset(at, TimeSpan.Zero), id)
            : null;
}

/// <summary>A page of notifications, newest first.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Older">Where the next page begins; null at the end.</param>
public sealed record NotificationStretch(IReadOnlyList<NotificationView> Rows, NotificationPlace? Older);

/// <summary>Reads a person's notifications, under the rights that hold now.</summary>
public sealed class NotificationQueries(HubDatabase database)
{
    /// <summary>Rows of a page.</summary>
    public const int PageSize = 50;

    /// <summary>The bell counts no further.</summary>
    public const int MostCounted = 100;

    private const int MostNewest = 5;

    /// <summary>What the actor's bell shows; three commands at most.</summary>
    public async Task<NotificationBellState> BellAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var unread = NotificationRights.InPortal(db, actor).Where(row => row.ReadAt == null);
        var count = await unread.Take(MostCounted).CountAsync(cancellationToken);
        return new(
            count,
            count == 0
                ? []
                : await ReadAsync(
                    db,
                    actor,
                    unread.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).Take(MostNewest),
                    cancellationToken
                )
        );
    }

    /// <summary>A page of the actor's notifications, newest first; two commands at most.</summary>
    /// <param name="actor">Whose.</param>
    /// <param name="filter">Which.</param>
    /// <param name="after"><see cref="NotificationStretch.Older"/> of the page before; null for the newest.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<NotificationStretch> PageAsync(
        Actor actor,
        NotificationFilter filter,
        NotificationPlace? after,
        CancellationToken cancellationToken
    )
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var rows = NotificationRights.InPortal(db, actor);
        if (filter.OnlyUnread)
        {
            rows = rows.Where(row => row.ReadAt == null);
        }

        if (filter.Kind is { } kind)
        {
            rows = rows.Where(row => row.Kind == kind);
        }

        if (after is { At: var at, Id: var id })
        {
            rows = rows.Where(row =>
                EF.Functions.LessThan(ValueTuple.Create(row.CreatedAt, row.Id), ValueTuple.Create(at, id))
            );
        }

        var page = await ReadAsync(
            db,
            actor,
            // One row more than is shown tells whether there is another page.
            rows.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).Take(PageSize + 1),
            cancellationToken
        );
        var shown = page.Take(PageSize).ToList();
        return new(shown, page.Count > PageSize ? new(shown[^1].CreatedAt, shown[^1].Id) : null);
    }

    /// <summary>Rows as the actor may see them, newest first, with the names of stages; two commands at most.</summary>
    internal static async Task<IReadOnlyList<NotificationView>> ReadAsync(
        HubDbContext db,
        Actor actor,
        IQueryable<Notification> rows,
        CancellationToken cancellationToken
    )
    {
        var views = await NotificationRights.View(db, actor, rows).ToListAsync(cancellationToken);
        var stages = views.Select(view => view.Facts.StageId).OfType<Guid>().Distinct().ToList();
        if (stages.Count == 0)
        {
            return views;
        }

        var names = await db
            .Stages.Where(stage => stages.Contains(stage.Id))
            .ToDictionaryAsync(stage => stage.Id, stage => stage.Label, cancellationToken);
        return
        [
            .. views.Select(view =>
                view.Facts.StageId is { } id && view.LeadId is not null
                    ? view with
                    {
                        StageName = names.GetValueOrDefault(id),
                    }
                    : view
            ),
        ];
    }
}
