using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;
using ProPartHub.HubSpotSandbox.Objects;
using ProPartHub.Tests.HubSpot.Sync;
using static ProPartHub.Tests.HubSpot.Sync.SyncBed;

namespace ProPartHub.Tests.HubSpot.Histories;

/// <summary>Compares what every lead has in common with its deal, whatever else people typed: stage, comments and follow-ups.</summary>
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

        differences.AddRange(await TaskDifferencesAsync(bed, lead, sync.DealId!));
        return differences;
    }

    private static async Task<List<string>> TaskDifferencesAsync(SyncBed bed, Lead lead, string dealId)
    {
        var followUps = await bed.ReadAsync(db =>
            (
                from followUp in db.FollowUps
                join task in db.FollowUpSyncs on followUp.Id equals task.FollowUpId into tasks
                from task in tasks.DefaultIfEmpty()
                where followUp.LeadId == lead.Id && followUp.DeletedAt == null
                select new { FollowUp = followUp, TaskId = task == null ? null : task.TaskId }
            ).ToListAsync(Cancel)
        );
        var there = bed.TiedTo(dealId, ObjectType.Tasks).ToDictionary(task => task.IdText);
        var differences = followUps
            .Where(row => row.TaskId is null || !there.ContainsKey(row.TaskId))
            .Select(row => $"{lead.Number}: the follow-up {row.FollowUp.Title} has no task")
            .Concat(
                there
                    .Keys.Except(followUps.Select(row => row.TaskId))
                    .Select(id => $"{lead.Number}: the task {there[id!]["hs_task_subject"]} has no follow-up")
            )
            .ToList();
        if (differences.Count > 0)
        {
            return differences;
        }

        foreach (var row in followUps)
        {
            var (ours, theirs) = (TaskValues.Of(row.FollowUp), TaskValues.Of(Read(there[row.TaskId!])));
            differences.AddRange(
                TaskValues
                    .Differences(ours, theirs)
                    .Select(field => $"{lead.Number}: {field} is {ours[field]} here, {theirs[field]} there")
            );
        }

        return differences;
    }

    private static HubSpotObject Read(CrmRecord task) =>
        new()
        {
            Id = task.IdText,
            Properties = EngagementType.Tasks.Properties.ToDictionary(name => name, name => task[name]),
        };

    /// <summary>The live notes of a deal, oldest first.</summary>
    public static List<CrmRecord> Notes(SyncBed bed, string dealId) => bed.TiedTo(dealId, ObjectType.Notes);
}
