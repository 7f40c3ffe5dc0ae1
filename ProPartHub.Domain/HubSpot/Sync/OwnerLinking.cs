using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>A HubSpot owner to choose for a person.</summary>
/// <param name="Id">HubSpot's owner id.</param>
/// <param name="Name">Name in HubSpot.</param>
/// <param name="Email">Mail address in HubSpot.</param>
/// <param name="LinkedTo">Name of the person who has the link now, if anybody.</param>
public sealed record OwnerChoice(string Id, string Name, string? Email, string? LinkedTo);

/// <summary>Says which HubSpot owner a person is; by that link deals find their agents.</summary>
public sealed class OwnerLinking(HubDatabase database, SyncSignal signal, TimeProvider time)
{
    /// <summary>Owners by name, without archived ones; one command.</summary>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public async Task<IReadOnlyList<OwnerChoice>> ChoicesAsync(Actor actor, CancellationToken cancellationToken)
    {
        SyncAdmin.RequireAdmin(actor);
        await using var db = await database.ReadAsync(cancellationToken);
        return await (
            from owner in db.HubSpotOwners
            where !owner.IsArchived
            join user in db.Users on owner.Id equals user.HubSpotOwnerId into linked
            from user in linked.DefaultIfEmpty()
            orderby EF.Functions.Collate(owner.Name, "uk-x-icu"), owner.Id
            select new OwnerChoice(owner.Id, owner.Name, owner.Email, user!.DisplayName)
        ).ToListAsync(cancellationToken);
    }

    /// <summary>Names of owners by id, archived ones too; one command, none for no ids.</summary>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public async Task<IReadOnlyDictionary<string, string>> NamesAsync(
        Actor actor,
        IReadOnlyCollection<string> ids,
        CancellationToken cancellationToken
    )
    {
        SyncAdmin.RequireAdmin(actor);
        if (ids.Count == 0)
        {
            return new Dictionary<string, string>();
        }

        await using var db = await database.ReadAsync(cancellationToken);
        return await db
            .HubSpotOwners.Where(owner => ids.Contains(owner.Id))
            .ToDictionaryAsync(owner => owner.Id, owner => owner.Name, cancellationToken);
    }

    /// <summary>
    /// Links the person to an owner, or to none with null. Who had the owner before loses it: an owner is one person.
    /// Leads that waited for that owner find their agent at the next reading of owners.
    /// </summary>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    /// <exception cref="NotFoundException">There is no such person or owner.</exception>
    public async Task LinkAsync(Actor actor, Guid userId, string? ownerId, CancellationToken cancellationToken)
    {
        SyncAdmin.RequireAdmin(actor);
        ownerId = ReadableText.Cleaned(ownerId);
        await database.InTransactionAsync(
            async (db, token) =>
            {
                var user = await db.Users.SingleOrDefaultAsync(row => row.Id == userId, token);
                var isKnown = ownerId is null || await db.HubSpotOwners.AnyAsync(row => row.Id == ownerId, token);
                if (user is null || !isKnown)
                {
                    throw new NotFoundException("Person or owner");
                }

                if (user.HubSpotOwnerId == ownerId)
                {
                    return;
                }

                var holder = await db.Users.SingleOrDefaultAsync(
                    row => ownerId != null && row.HubSpotOwnerId == ownerId,
                    token
                );
                if (holder is not null)
                {
                    Record(db, actor, holder, null);
                    holder.HubSpotOwnerId = null;
                    // Before the new link, or the unique index meets both.
                    await db.SaveChangesAsync(token);
                }

                Record(db, actor, user, ownerId);
                user.HubSpotOwnerId = ownerId;
            },
            cancellationToken
        );
        signal.Wake();
    }

    private void Record(HubDbContext db, Actor actor, HubUser user, string? ownerId) =>
        db.SecurityEvents.Add(SecurityLog.Setting(actor, time, user.Id, "HubSpot owner", user.HubSpotOwnerId, ownerId));
}
