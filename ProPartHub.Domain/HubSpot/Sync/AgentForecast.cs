using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>
/// Says before a person is linked or named how many leads of the pool, whose agent in HubSpot was nobody here, will be
/// that person's. All of it is for admins.
/// </summary>
public sealed class AgentForecast(HubDatabase database)
{
    /// <summary>Leads that would come to the person as the owner.</summary>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public Task<int> OfLinkAsync(Actor actor, Guid userId, string ownerId, CancellationToken cancellationToken) =>
        CountAsync(
            actor,
            userId,
            people =>
            {
                foreach (var person in people)
                {
                    person.HubSpotOwnerId =
                        person.Id == userId ? ownerId
                        : person.HubSpotOwnerId == ownerId ? null
                        : person.HubSpotOwnerId;
                }
            },
            cancellationToken
        );

    /// <summary>Leads that would come to the person by the name.</summary>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    public Task<int> OfAliasAsync(Actor actor, Guid userId, string alias, CancellationToken cancellationToken) =>
        CountAsync(
            actor,
            userId,
            people =>
            {
                if (people.Find(person => person.Id == userId) is { } user)
                {
                    user.Aliases = [.. user.Aliases, alias];
                }
            },
            cancellationToken
        );

    // The people are read to be changed in memory only: then the rule is asked as it will be asked afterwards.
    private async Task<int> CountAsync(
        Actor actor,
        Guid userId,
        Action<List<HubUser>> change,
        CancellationToken cancellationToken
    )
    {
        SyncAdmin.RequireAdmin(actor);
        await using var db = await database.ReadAsync(cancellationToken);
        var people = await db.Users.ToListAsync(cancellationToken);
        change(people);
        var comparison = new AgentComparison(people, new Dictionary<string, string>());
        return (await DealAgents.GroupsAsync(db, cancellationToken))
            .Where(deals => deals is { AgentId: null, IsUnknown: true } && comparison.Theirs(deals.Values()) == userId)
            .Sum(deals => deals.Leads);
    }
}
