using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Views;

/// <summary>A view as menus show it.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Address">The query part of its address.</param>
/// <param name="SharedWith">Who finds it.</param>
/// <param name="OwnerName">Whose it is.</param>
/// <param name="IsOwn">True for the reader's own.</param>
/// <param name="MayChange">True where the reader may rename, share and delete it.</param>
/// <param name="IsStart">True for the one with which the reader begins.</param>
public sealed record ViewItem(
    Guid Id,
    string Name,
    string Address,
    ViewSharing SharedWith,
    string OwnerName,
    bool IsOwn,
    bool MayChange,
    bool IsStart
);

/// <summary>Saved views: reads them, and what people do to them. Every change is recorded as a security event.</summary>
public sealed partial class SavedViews(HubDatabase database, TimeProvider time)
{
    /// <summary>How long a deletion can be taken back.</summary>
    public static readonly TimeSpan KeepDeleted = TimeSpan.FromDays(1);

    /// <summary>Most views of others in a menu.</summary>
    public const int MostShared = 100;

    /// <summary>The actor's views of a page in their order, then those that others share, by name; one command.</summary>
    public async Task<IReadOnlyList<ViewItem>> ListAsync(
        Actor actor,
        ViewPage page,
        CancellationToken cancellationToken
    )
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var views = await db
            .SavedViews.FoundBy(actor)
            .Where(view => view.Page == page)
            .OrderByDescending(view => view.OwnerId == actor.UserId)
            .ThenBy(view => view.OwnerId == actor.UserId ? view.Place : 0)
            .ThenBy(view => view.Name)
            .ThenBy(view => view.Id)
            .Take(SavedView.MostOfAPerson + MostShared)
            .Select(view => new
            {
                View = view,
                view.Owner!.DisplayName,
                IsStart = db.StartViews.Any(start =>
                    start.UserId == actor.UserId && start.Page == page && start.ViewId == view.Id
                ),
            })
            .ToListAsync(cancellationToken);
        return [.. views.Select(row => Item(actor, row.View, row.DisplayName, row.IsStart))];
    }

    /// <summary>The view with which the actor begins on a page, as long as the actor still finds it; one command.</summary>
    public async Task<ViewItem?> StartAsync(Actor actor, ViewPage page, CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var view = await db
            .SavedViews.FoundBy(actor)
            .Where(row =>
                row.Page == page
                && db.StartViews.Any(start =>
                    start.UserId == actor.UserId && start.Page == page && start.ViewId == row.Id
                )
            )
            .Include(row => row.Owner)
            .SingleOrDefaultAsync(cancellationToken);
        return view is null ? null : Item(actor, view, view.Owner!.DisplayName, isStart: true);
    }

    /// <summary>Saves an address under a name, below the actor's other views.</summary>
    /// <param name="actor">Whose it becomes.</param>
    /// <param name="viewId">Made by the caller, so that a repeated submit saves one view.</param>
    /// <param name="page">Of which page.</param>
    /// <param name="name">What to call it.</param>
    /// <param name="address">The query part of the address, beginning with <c>?</c>, or empty.</param>
    /// <param name="sharedWith">Who finds it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidInputException">
    /// The name is empty, too long, unreadable or taken, the address is none, or the actor has too many views.
    /// </exception>
    /// <exception cref="ForbiddenException">The actor may not share so.</exception>
    /// <exception cref="NotFoundException">The key is another view's.</exception>
    public Task SaveAsync(
        Actor actor,
        Guid viewId,
        ViewPage page,
        string name,
        string address,
        ViewSharing sharedWith,
        CancellationToken cancellationToken
    )
    {
        RequireSharing(actor, sharedWith);
        var (called, checkedAddress) = (CheckedName(name), CheckedAddress(address));
        return database.InTransactionAsync(
            async (db, token) =>
            {
                await LockAsync(db, actor, token);
                await RemoveForgottenAsync(db, actor, token);
                var own = await db
                    .SavedViews.Where(view =>
                        view.OwnerId == actor.UserId && view.Page == page && view.DeletedAt == null
                    )
                    .Select(view => new
                    {
                        view.Id,
                        view.Name,
                        view.Place,
                    })
                    .ToListAsync(token);
                if (own.Any(view => view.Id == viewId))
                {
                    return;
                }

                // A key that somebody else's view has, or a deleted one.
                if (await db.SavedViews.AnyAsync(view => view.Id == viewId, token))
                {
                    throw ViewRights.Missing(actor, isThere: true);
                }

                if (own.Count >= SavedView.MostOfAPerson)
                {
                    throw new InvalidInputException([
                        new FieldError(nameof(SavedView.Name), FieldErrorCode.TooMany, SavedView.MostOfAPerson),
                    ]);
                }

                RefuseTaken(own.Any(view => view.Name == called));
                var saved = new SavedView
                {
                    Id = viewId,
                    OwnerId = actor.UserId,
                    Page = page,
                    Name = called,
                    Address = checkedAddress,
                    SharedWith = sharedWith,
                    TeamId = sharedWith is ViewSharing.Team ? actor.TeamId : null,
                    Place = own.Count == 0 ? 0 : own.Max(view => view.Place) + 1,
                    CreatedAt = time.GetUtcNow(),
                };
                db.SavedViews.Add(saved);
                Record(db, actor, saved, "saved");
            },
            cancellationToken
        );
    }

    /// <summary>Makes a view name another address.</summary>
    /// <exception cref="InvalidInputException">The address is none.</exception>
    /// <exception cref="NotFoundException">There is no such view that the actor may change.</exception>
    public Task SetAddressAsync(Actor actor, Guid viewId, string address, CancellationToken cancellationToken) =>
        ChangeAsync(
            actor,
            viewId,
            (db, view, _) =>
            {
                view.Address = CheckedAddress(address);
                Record(db, actor, view, "address");
                return Task.CompletedTask;
            },
            cancellationToken
        );

    /// <summary>Renames a view and says who finds it.</summary>
    /// <exception cref="InvalidInputException">The name is empty, too long, unreadable or taken.</exception>
    /// <exception cref="ForbiddenException">The sharing is a new one, and the actor may not share so.</exception>
    /// <exception cref="NotFoundException">There is no such view that the actor may change.</exception>
    public Task RenameAsync(
        Actor actor,
        Guid viewId,
        string name,
        ViewSharing sharedWith,
        CancellationToken cancellationToken
    )
    {
        var called = CheckedName(name);
        return ChangeAsync(
            actor,
            viewId,
            async (db, view, token) =>
            {
                if (view.SharedWith != sharedWith)
                {
                    RequireSharing(actor, sharedWith);
                }

                RefuseTaken(
                    await db.SavedViews.AnyAsync(
                        other =>
                            other.Id != viewId
                            && other.OwnerId == view.OwnerId
                            && other.Page == view.Page
                            && other.Name == called
                            && other.DeletedAt == null,
                        token
                    )
                );
                var before = (view.Name, view.SharedWith);
                (view.Name, view.SharedWith) = (called, sharedWith);
                if (before.SharedWith != sharedWith)
                {
                    view.TeamId = sharedWith is ViewSharing.Team ? actor.TeamId : null;
                }

                Record(db, actor, view, "renamed", ("before", $"{before.Name} ({before.SharedWith})"));
            },
            cancellationToken
        );
    }

    private static ViewItem Item(Actor actor, SavedView view, string ownerName, bool isStart) =>
        new(
            view.Id,
            view.Name,
            view.Address,
            view.SharedWith,
            ownerName,
            view.OwnerId == actor.UserId,
            ViewRights.MayChange(actor, view),
            isStart
        );
}
