using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.HubSpotSandbox.Objects;
using ProPartHub.Tests.HubSpot.Sync;
using static ProPartHub.Tests.HubSpot.Sync.SyncBed;

namespace ProPartHub.Tests.HubSpot.Histories;

/// <summary>Compares what every lead has in common with its deal, whatever else people typed: stage and comments.</summary>
internal static class BothSides
{
    /// <summary>What differs, in words.</summary>
    public static async Task<List<string>> DifferencesAsync(SyncBed bed, Guid leadId)
    {
        var differences = new List<string>();
        var lead = await bed.LoadAsync(leadId);
        var sync = await bed.SyncOfAsync(leadId);
        var stage = await bed.ReadAsync(db => db.Stages.SingleAsync(row => row.Id == lead.StageId, Cancel));
        if (bed.Deal(sync, "dealstage") != stage.HubSpotId)
        {
            differences.Add($"{lead.Number}: stage {stage.HubSpotId} here, {bed.Deal(sync, "dealstage")} there");
        }

        var comments = await bed.ReadAsync(db =>
            (
                from comment in db.Comments
                join note in db.NoteSyncs on comment.Id equals note.CommentId into notes
                from note in notes.DefaultIfEmpty()
                where comment.LeadId == leadId && comment.DeletedAt == null
                select new { Comment = comment, Note = note }
            ).ToListAsync(Cancel)
        );
        var here = comments
            .ConvertAll(row => NoteText.ToText(NoteText.BodyOf(row.Comment, row.Note?.Signature)))
            .Order();
        var there = Notes(bed, sync.DealId!).Select(note => NoteText.ToText(note["hs_note_body"])).Order();
        if (!here.SequenceEqual(there))
        {
            differences.Add(
                $"{lead.Number}: comments [{string.Join(" | ", here)}] here, [{string.Join(" | ", there)}] there"
            );
        }

        return differences;
    }

    /// <summary>The live notes of a deal, oldest first.</summary>
    public static List<CrmRecord> Notes(SyncBed bed, string dealId) => bed.TiedTo(dealId, ObjectType.Notes);
}
