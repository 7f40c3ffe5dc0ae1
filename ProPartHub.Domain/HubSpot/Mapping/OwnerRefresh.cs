using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Api;
using StoredOwner = ProPartHub.Domain.HubSpot.Sync.HubSpotOwner;

namespace ProPartHub.Domain.HubSpot.Mapping;

/// <summary>
/// Brings HubSpot's owners here and links people to them by equal mail address, once: when the owner or the person is
/// first seen. A link that an admin took away stays away.
/// </summary>
internal static class OwnerRefresh
{
    /// <summary>Stores what HubSpot lists, inside the caller's transaction.</summary>
    /// <param name="db">The caller's context.</param>
    /// <param name="listed">All owners, archived ones too.</param>
    /// <param name="lastRead">When owners were last read (UTC); people made since then are new to them.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task StoreAsync(
        HubDbContext db,
        IReadOnlyList<HubSpotOwner> listed,
        DateTimeOffset? lastRead,
        CancellationToken cancellationToken
    )
    {
        var stored = await db.HubSpotOwners.ToDictionaryAsync(owner => owner.Id, cancellationToken);
        var fresh = new HashSet<string>();
        foreach (var owner in listed.DistinctBy(owner => owner.Id))
        {
            if (!stored.TryGetValue(owner.Id, out var row))
            {
                row = new StoredOwner { Id = owner.Id, Name = "" };
                db.HubSpotOwners.Add(row);
                stored[owner.Id] = row;
                fresh.Add(owner.Id);
            }

            row.Email = owner.Email?.Trim().ToLowerInvariant();
            var name = $"{owner.FirstName} {owner.LastName}".Trim();
            row.Name = IncomingText.Readable(name.Length > 0 ? name : row.Email ?? owner.Id);
            row.IsArchived = owner.Archived;
        }

        var people = await db.Users.ToListAsync(cancellationToken);
        var taken = people.Select(user => user.HubSpotOwnerId).OfType<string>().ToHashSet();
        foreach (var user in people.Where(user => user.HubSpotOwnerId is null && user.Email is not null))
        {
            var mail = user.Email!.Trim().ToLowerInvariant();
            var isNew = lastRead is null || user.CreatedAt > lastRead;
            var owner = stored.Values.FirstOrDefault(row =>
                row.Email == mail && !row.IsArchived && (isNew || fresh.Contains(row.Id)) && !taken.Contains(row.Id)
            );
            if (owner is not null)
            {
                user.HubSpotOwnerId = owner.Id;
                taken.Add(owner.Id);
            }
        }
    }
}
