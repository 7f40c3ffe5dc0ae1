using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.HubSpot.Mapping;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>Why a name was not added.</summary>
public enum AliasFault
{
    /// <summary>Nothing was typed.</summary>
    Missing = 1,

    /// <summary>More than <see cref="OwnerAliases.LongestName"/> characters.</summary>
    TooLong,

    /// <summary>The person is found by this name already.</summary>
    Own,

    /// <summary>It is another person's name, user name, mail address or alias.</summary>
    Taken,
}

/// <summary>A name that was not added.</summary>
/// <param name="Fault">Why.</param>
/// <param name="Holder">Whose it is; null where nobody's.</param>
public sealed record AliasRefusal(AliasFault Fault, string? Holder = null);

/// <summary>
/// Other names under which HubSpot's responsible-agent properties know a person. A name belongs to one person, or deals
/// could not find their agent by it.
/// </summary>
public sealed class OwnerAliases(HubDatabase database, SyncSignal signal, TimeProvider time)
{
    /// <summary>Longest name, in characters.</summary>
    public const int LongestName = 256;

    private const string Setting = "HubSpot alias";

    /// <summary>The names of a person, in the order in which they were added.</summary>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    /// <exception cref="NotFoundException">There is no such person.</exception>
    public async Task<IReadOnlyList<string>> OfAsync(Actor actor, Guid userId, CancellationToken cancellationToken)
    {
        SyncAdmin.RequireAdmin(actor);
        await using var db = await database.ReadAsync(cancellationToken);
        return await db
                .Users.Where(user => user.Id == userId)
                .Select(user => user.Aliases)
                .SingleOrDefaultAsync(cancellationToken)
            ?? throw new NotFoundException("Person");
    }

    /// <summary>
    /// Adds a name. Leads whose deals name an agent so, and have none here, get this person at the next reading of owners.
    /// </summary>
    /// <returns>Why not, or null when done.</returns>
    /// <exception cref="ForbiddenException">The actor is no admin, or no longer.</exception>
    /// <exception cref="NotFoundException">There is no such person.</exception>
    public async Task<AliasRefusal?> AddAsync(
        Actor actor,
        Guid userId,
        string? typed,
        CancellationToken cancellationToken
    )
    {
        SyncAdmin.RequireAdmin(actor);
        if (typed?.Trim().Length > LongestName)
        {
            return new(AliasFault.TooLong);
        }

        var name = AccountName.Clean(typed);
        if (name.Length == 0)
        {
            return new(AliasFault.Missing);
        }

        var refusal = await database.InTransactionAsync(
            async (db, token) =>
            {
                // One change of names at a time: "whose is it" still holds when it is stored.
                await PeopleRights.RequireStillAdminAsync(db, actor, token);
                var user = await db.Users.LockAsync(userId, token) ?? throw new NotFoundException("Person");
                var people = await db.Users.AsNoTracking().ToListAsync(token);
                var key = AgentDirectory.Key(name);
                if (people.Find(person => AgentDirectory.NamesOf(person).Contains(key)) is { } holder)
                {
                    var fault = holder.Id == userId ? AliasFault.Own : AliasFault.Taken;
                    return new AliasRefusal(fault, holder.DisplayName);
                }

                user.Aliases = [.. user.Aliases, name];
                db.SecurityEvents.Add(SecurityLog.Setting(actor, time, userId, Setting, null, name));
                return null;
            },
            cancellationToken
        );
        signal.Wake();
        return refusal;
    }

    /// <summary>Takes a name away; nothing happens where the person has it no longer. Leads keep their agents.</summary>
    /// <exception cref="ForbiddenException">The actor is no admin, or no longer.</exception>
    /// <exception cref="NotFoundException">There is no such person.</exception>
    public async Task RemoveAsync(Actor actor, Guid userId, string alias, CancellationToken cancellationToken)
    {
        SyncAdmin.RequireAdmin(actor);
        await database.InTransactionAsync(
            async (db, token) =>
            {
                await PeopleRights.RequireStillAdminAsync(db, actor, token);
                var user = await db.Users.LockAsync(userId, token) ?? throw new NotFoundException("Person");
                if (user.Aliases.Contains(alias))
                {
                    user.Aliases = [.. user.Aliases.Where(name => name != alias)];
                    db.SecurityEvents.Add(SecurityLog.Setting(actor, time, userId, Setting, alias, null));
                }
            },
            cancellationToken
        );
        signal.Wake();
    }
}
