using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.People;

/// <summary>A person to choose in a menu.</summary>
public sealed record PersonItem(Guid Id, string Name, Role Role, Guid? TeamId, string? TeamName);

/// <summary>Reads people for menus and filters.</summary>
public sealed class PeopleQueries(HubDatabase database)
{
    /// <summary>
    /// The active people whom the actor may give leads to or filter by: an agent only the own person, a manager the
    /// team, an admin everybody.
    /// </summary>
    public async Task<IReadOnlyList<PersonItem>> AssignableAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var people = db.Users.Where(user => user.IsActive);
        people = actor.Role switch
        {
            Role.Admin => people,
            Role.Manager => people.Where(user =>
                user.Id == actor.UserId || (actor.TeamId != null && user.TeamId == actor.TeamId)
            ),
            _ => people.Where(user => user.Id == actor.UserId),
        };
        return await people
            .OrderBy(user => user.DisplayName)
            .ThenBy(user => user.Id)
            .Select(user => new PersonItem(user.Id, user.DisplayName, user.Role, user.TeamId, user.Team!.Name))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Names of people by id, for history; asks only for ids that a visible event holds.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> NamesAsync(
        IReadOnlyCollection<Guid> ids,
        CancellationToken cancellationToken
    )
    {
        if (ids.Count == 0)
        {
            return new Dictionary<Guid, string>();
        }

        await using var db = await database.ReadAsync(cancellationToken);
        return await db
            .Users.Where(user => ids.Contains(user.Id))
            .Select(user => new { user.Id, user.DisplayName })
            .ToDictionaryAsync(user => user.Id, user => user.DisplayName, cancellationToken);
    }
}
