using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Views;

/// <content>Order, start, deletion; and what all commands share.</content>
public sealed partial class SavedViews
{
    /// <summary>Puts an own view one place higher among the own ones of its page.</summary>
    /// <exception cref="NotFoundException">There is no such view of the actor's.</exception>
    public Task MoveUpAsync(Actor actor, Guid viewId, CancellationToken cancellationToken) =>
        ChangeAsync(
            actor,
            viewId,
            async (db, view, token) =>
            {
                if (view.OwnerId != actor.UserId)
                {
                    throw ViewRights.Missing(actor, isThere: true);
                }

                var above = await db
                    .SavedViews.Where(other =>
                        other.OwnerId == actor.UserId
                        && other.Page == view.Page
                        && other.DeletedAt == null
                        && other.Place < view.Place
                    )
                    .OrderByDescending(other => other.Place)
                    .FirstOrDefaultAsync(token);
                if (above is not null)
                {
                    (above.Place, view.Place) = (view.Place, above.Place);
                    Record(db, actor, view, "ordered");
                }
            },
            cancellationToken
        );

    /// <summary>Says with which view the actor begins on a page; null for the page without filters.</summary>
    /// <exception cref="NotFoundException">The actor finds no such view of that page.</exception>
    public Task SetStartAsync(Actor actor, ViewPage page, Guid? viewId, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async (db, token) =>
            {
                await LockAsync(db, actor, token);
                var view = viewId is null
                    ? null
                    : await db
                        .SavedViews.FoundBy(actor)
                        .SingleOrDefaultAsync(row => row.Id == viewId && row.Page == page, token)
                        ?? throw ViewRights.Missing(
                            actor,
                            await db.SavedViews.AnyAsync(row => row.Id == viewId, token)
                        );
                var start = await db.StartViews.SingleOrDefaultAsync(
                    row => row.UserId == actor.UserId && row.Page == page,
                    token
                );
                if (view is null && start is not null)
                {
                    db.StartViews.Remove(start);
                }
                else if (view is not null && start is null)
                {
                    db.StartViews.Add(
                        new StartView
                        {
                            UserId = actor.UserId,
                            Page = page,
                            ViewId = view.Id,
                        }
                    );
                }
                else if (view is not null)
                {
                    start!.ViewId = view.Id;
                }

                db.SecurityEvents.Add(
                    SecurityLog.Entry(
                        SecurityEventKind.SavedViewChanged,
                        actor,
                        time,
                        null,
                        ("act", "start"),
                        ("page", page.ToString()),
                        ("view", view?.Name)
                    )
                );
            },
            cancellationToken
        );

    /// <summary>Takes a view out of every menu.</summary>
    /// <exception cref="NotFoundException">There is no such view that the actor may change.</exception>
    public Task DeleteAsync(Actor actor, Guid viewId, CancellationToken cancellationToken) =>
        ChangeAsync(
            actor,
            viewId,
            (db, view, _) =>
            {
                view.DeletedAt = time.GetUtcNow();
                Record(db, actor, view, "deleted");
                return Task.CompletedTask;
            },
            cancellationToken
        );

    /// <summary>Takes a deletion back; nothing happens where it was not deleted.</summary>
    /// <exception cref="InvalidInputException">Another view has taken the name meanwhile.</exception>
    /// <exception cref="NotFoundException">There is no such view that the actor may change, or no longer.</exception>
    public Task RestoreAsync(Actor actor, Guid viewId, CancellationToken cancellationToken) =>
        ChangeAsync(
            actor,
            viewId,
            async (db, view, token) =>
            {
                if (view.DeletedAt is null)
                {
                    return;
                }

                RefuseTaken(
                    await db.SavedViews.AnyAsync(
                        other =>
                            other.OwnerId == view.OwnerId
                            && other.Page == view.Page
                            && other.Name == view.Name
                            && other.DeletedAt == null,
                        token
                    )
                );
                view.DeletedAt = null;
                Record(db, actor, view, "restored");
            },
            cancellationToken,
            isDeleted: true
        );

    private Task ChangeAsync(
        Actor actor,
        Guid viewId,
        Func<HubDbContext, SavedView, CancellationToken, Task> change,
        CancellationToken cancellationToken,
        bool isDeleted = false
    ) =>
        database.InTransactionAsync(
            async (db, token) =>
            {
                await LockAsync(db, actor, token);
                var view = await db.SavedViews.SingleOrDefaultAsync(
                    row => row.Id == viewId && (row.DeletedAt == null || isDeleted),
                    token
                );
                if (view is null || !ViewRights.MayChange(actor, view))
                {
                    throw ViewRights.Missing(actor, isThere: view is not null);
                }

                await change(db, view, token);
            },
            cancellationToken
        );

    private void Record(
        HubDbContext db,
        Actor actor,
        SavedView view,
        string act,
        params (string Name, string? Value)[] more
    ) =>
        db.SecurityEvents.Add(
            SecurityLog.Entry(
                SecurityEventKind.SavedViewChanged,
                actor,
                time,
                view.OwnerId,
                [
                    ("act", act),
                    ("page", view.Page.ToString()),
                    ("view", view.Name),
                    ("shared", view.SharedWith.ToString()),
                    .. more,
                ]
            )
        );

    // One change of a person's views at a time: names, places and the limit are judged against what is there. Whoever only
    // looks through the person's eyes is refused here.
    private static Task<int> LockAsync(HubDbContext db, Actor actor, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"SELECT 1 FROM users WHERE id = {actor.Writing().UserId} FOR UPDATE",
            cancellationToken
        );

    private Task<int> RemoveForgottenAsync(HubDbContext db, Actor actor, CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - KeepDeleted;
        return db
            .SavedViews.Where(view => view.OwnerId == actor.UserId && view.DeletedAt < before)
            .ExecuteDeleteAsync(cancellationToken);
    }

    private static void RequireSharing(Actor actor, ViewSharing sharedWith)
    {
        if (!ViewRights.Offered(actor).Contains(sharedWith))
        {
            throw ForbiddenException.For(actor, GuardedAct.ShareView);
        }
    }

    private static void RefuseTaken(bool isTaken)
    {
        if (isTaken)
        {
            throw new InvalidInputException(nameof(SavedView.Name), FieldErrorCode.NameTaken);
        }
    }

    private static string CheckedName(string name)
    {
        var called = name.ReplaceLineEndings(" ").Trim();
        return called.Length == 0 ? throw new InvalidInputException(nameof(SavedView.Name), FieldErrorCode.Required)
            : called.Length > SavedView.NameLength
                ? throw new InvalidInputException([
                    new FieldError(nameof(SavedView.Name), FieldErrorCode.TooLong, SavedView.NameLength),
                ])
            : ReadableText.Is(called) ? called
            : throw new InvalidInputException(nameof(SavedView.Name), FieldErrorCode.UnreadableText);
    }

    private static string CheckedAddress(string address) =>
        address.Length > SavedView.AddressLength
            ? throw new InvalidInputException([
                new FieldError(nameof(SavedView.Address), FieldErrorCode.TooLong, SavedView.AddressLength),
            ])
        : (address.Length == 0 || address[0] == '?') && ReadableText.Is(address) ? address
        : throw new InvalidInputException(nameof(SavedView.Address), FieldErrorCode.UnreadableText);
}
