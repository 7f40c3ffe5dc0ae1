using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>
/// What HubSpot goes on telling of leads that were merged into others here. Notes, calls and tasks go to the lead that
/// stayed; changed values go to the archived lead they belong to, and both pages say so.
/// </summary>
internal static class MergedLeads
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
    /// Marks a merged lead whose values HubSpot has changed, unless the lead that stayed says the same already, as with a
    /// contact that both stand on; tells pages of the latter.
    /// </summary>
    public static async Task MarkAsync(
        HubDbContext db,
        Lead lead,
        LeadMerge merge,
        LeadRecorder recorder,
        CancellationToken cancellationToken
    )
    {
        if (lead.MergedIntoId is null || (merge.Incoming.Count == 0 && merge.Conflicts.Count == 0))
        {
            return;
        }

        var last = await LastAsync(db, [lead.Id], cancellationToken);
        if (!last.TryGetValue(lead.Id, out var survivorId))
        {
            return;
        }

        var survivor = await db.Leads.SingleAsync(row => row.Id == survivorId, cancellationToken);
        if (merge.Conflicts.Count == 0 && merge.Incoming.Keys.All(IsSaid))
        {
            return;
        }

        recorder.Mark(db, lead, lead.Attention | Attention.ChangedAfterMerge);
        new LeadRecorder(Actor.System, ChangeOrigin.System, recorder.At).Record(
            db,
            survivor,
            LeadEventKind.SyncStateChanged,
            []
        );

        // By now the lead has the values.
        bool IsSaid(string field) =>
            Enum.TryParse<LeadField>(field, out var known)
            && LeadFields.Read(lead, known) == LeadFields.Read(survivor, known);
    }
}
