using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.Merging;

/// <summary>Where a merged lead's client is looked after now.</summary>
internal static class MergedInto
{
    /// <summary>For each lead the one in which it ended, through any number of merges; none where that client was erased.</summary>
    public static async Task<Dictionary<Guid, Guid>> LastAsync(
        HubDbContext db,
        IEnumerable<Guid> leadIds,
        CancellationToken cancellationToken
    )
    {
        var last = leadIds.Distinct().ToDictionary(id => id, id => id);
        while (true)
        {
            var ends = last.Values.Distinct().ToList();
            var further = await db
                .Leads.Where(lead => ends.Contains(lead.Id) && lead.MergedIntoId != null)
                .ToDictionaryAsync(lead => lead.Id, lead => lead.MergedIntoId!.Value, cancellationToken);
            if (further.Count == 0)
            {
                break;
            }

            foreach (var (id, end) in last.ToList())
            {
                last[id] = further.GetValueOrDefault(end, end);
            }
        }

        var moved = last.Where(pair => pair.Key != pair.Value).Select(pair => pair.Value).Distinct().ToList();
        if (moved.Count > 0)
        {
            var erased = await db
                .Leads.Where(lead => moved.Contains(lead.Id) && lead.ErasedAt != null)
                .Select(lead => lead.Id)
                .ToListAsync(cancellationToken);
            last = last.Where(pair => !erased.Contains(pair.Value)).ToDictionary();
        }

        return last;
    }

    /// <summary>
    /// As <see cref="LastAsync"/>, and no merge comes between before the transaction has ended: the leads are locked as it
    /// locks them, and so are those in which they ended.
    /// </summary>
    public static async Task<Dictionary<Guid, Guid>> LockedAsync(
        HubDbContext db,
        IReadOnlyCollection<Guid> leadIds,
        CancellationToken cancellationToken
    )
    {
        var locked = new HashSet<Guid>();
        IEnumerable<Guid> wanted = leadIds;
        while (true)
        {
            await db.LockLeadsAsync([.. wanted.Except(locked)], cancellationToken);
            locked.UnionWith(wanted);
            var last = await LastAsync(db, leadIds, cancellationToken);
            if (last.Values.All(locked.Contains))
            {
                return last;
            }

            wanted = last.Values;
        }
    }
}
