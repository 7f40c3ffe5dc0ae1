using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Merging;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>
/// What HubSpot goes on telling of leads that were merged into others here. Notes, calls and tasks go to the lead that
/// stayed; changed values go to the archived lead they belong to, and both pages say so.
/// </summary>
internal static class MergedLeads
{
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

        var last = await MergedInto.LastAsync(db, [lead.Id], cancellationToken);
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
