using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;

namespace ProPartHub.Domain.People.Accounts;

/// <summary>
/// Lets an admin see the portal as an agent or a manager does, to help with "I see no leads". Whoever looks changes nothing
/// (<see cref="Actor.Writing"/>), and beginning and end are in the audit.
/// </summary>
public sealed class ViewAs(HubDatabase database, TimeProvider time)
{
    /// <summary>How long one look lasts at most.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>Begins a look.</summary>
    /// <returns>The person to look as.</returns>
    /// <exception cref="ForbiddenException">The actor is no admin, or the person is one.</exception>
    /// <exception cref="NotFoundException">There is no such active person.</exception>
    public Task<HubUser> BeginAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        PeopleRights.RequireAdmin(actor, id);
        return database.InTransactionAsync(
            async (db, token) =>
            {
                await PeopleRights.RequireStillAdminAsync(db, actor, token);
                var user =
                    await db.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == id && user.IsActive, token)
                    ?? throw new NotFoundException("Person");
                if (user.Role is Role.Admin)
                {
                    throw ForbiddenException.For(actor, GuardedAct.LookAsAdmin, id);
                }

                db.SecurityEvents.Add(
                    SecurityLog.Entry(SecurityEventKind.ViewedAs, actor, time, id, ("look", "begun"))
                );
                return user;
            },
            cancellationToken
        );
    }

    /// <summary>Ends a look.</summary>
    /// <param name="viewed">The actor while looking.</param>
    /// <param name="viewerName">The admin's name.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The admin's account; null where it is gone or closed.</returns>
    public Task<HubUser?> EndAsync(Actor viewed, string viewerName, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async (db, token) =>
            {
                var viewer = await db
                    .Users.AsNoTracking()
                    .SingleOrDefaultAsync(user => user.Id == viewed.ViewerId && user.IsActive, token);
                var actor = new Actor(viewed.ViewerId ?? Guid.Empty, viewerName, Role.Admin, null, viewed.Address);
                db.SecurityEvents.Add(
                    SecurityLog.Entry(SecurityEventKind.ViewedAs, actor, time, viewed.UserId, ("look", "ended"))
                );
                return viewer;
            },
            cancellationToken
        );
}
