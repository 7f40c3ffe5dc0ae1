using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Agency.Shared;
using ProPartHub.Domain.Data;

namespace ProPartHub.Domain.People;

/// <summary>A person to choose in a menu.</summary>
public sealed record PersonItem(Guid Id, string Name, Role Role, Guid? TeamId, string? TeamName);

/// <summary>A person as kept for all pages; who may be told of whom is decided when it is taken out.</summary>
internal sealed record KnownPerson(Guid Id, string Name, Role Role, Guid? TeamId, string? TeamName, bool IsActive);

/// <summary>Reads people for menus and filters: kept until somebody's name, role, team or account changes.</summary>
public sealed class PeopleQueries(HubDatabase database, AgencyCache cache)
{
    /// <summary>
    /// The active people whom the actor may give leads to or filter by: an agent only the own person, a manager the
    /// team, an admin everybody.
    /// </summary>
    public async Task<IReadOnlyList<PersonItem>> AssignableAsync(Actor actor, CancellationToken cancellationToken) =>
        [
            .. (await AllAsync(cancellationToken))
                .Where(person => person.IsActive && IsAssignable(actor, person))
                .Select(person => new PersonItem(person.Id, person.Name, person.Role, person.TeamId, person.TeamName)),
        ];

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

        var wanted = ids.ToHashSet();
        return (await AllAsync(cancellationToken))
            .Where(person => wanted.Contains(person.Id))
            .ToDictionary(person => person.Id, person => person.Name);
    }

    private static bool IsAssignable(Actor actor, KnownPerson person) =>
        actor.Role switch
        {
            Role.Admin => true,
            Role.Manager => person.Id == actor.UserId || (actor.TeamId is { } team && person.TeamId == team),
            _ => person.Id == actor.UserId,
        };

    private Task<IReadOnlyList<KnownPerson>> AllAsync(CancellationToken cancellationToken) =>
        cache.RowsAsync(AgencyTopic.People, "all", ReadAsync, cancellationToken);

    private async Task<List<KnownPerson>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        return await db
            .Users.OrderBy(user => user.DisplayName)
            .ThenBy(user => user.Id)
            .Select(user => new KnownPerson(
                user.Id,
                user.DisplayName,
                user.Role,
                user.TeamId,
                user.Team!.Name,
                user.IsActive
            ))
            .ToListAsync(cancellationToken);
    }
}
