using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>
/// Stages and people as the transaction sees them: the mapping at hand is minutes old, and a lead must get the meaning and
/// the team of now.
/// </summary>
internal sealed record StagesAndPeople(
    IReadOnlyDictionary<Guid, Stage> Stages,
    IReadOnlyDictionary<Guid, HubUser> People
)
{
    /// <summary>Reads both.</summary>
    public static async Task<StagesAndPeople> LoadAsync(HubDbContext db, CancellationToken cancellationToken) =>
        new(
            await db.Stages.AsNoTracking().ToDictionaryAsync(stage => stage.Id, cancellationToken),
            await db.Users.AsNoTracking().ToDictionaryAsync(user => user.Id, cancellationToken)
        );

    /// <summary>The person with an id as text; null where there is none.</summary>
    public HubUser? Person(string? id) => Guid.TryParse(id, out var userId) ? People.GetValueOrDefault(userId) : null;
}
