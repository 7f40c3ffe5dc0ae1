using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Claims;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Tags;

namespace ProPartHub.Domain.Merging;

/// <summary>
/// Moves what hangs on one lead to another, inside the caller's transaction with both leads locked. What the other has
/// already, by HubSpot's number, stays where it is, so that nothing stands there twice.
/// </summary>
internal static class MergedRecords
{
    /// <summary>Moves everything from the loser and tells what it moved.</summary>
    public static async Task<MergedContent> MoveAsync(
        HubDbContext db,
        Lead loser,
        Lead survivor,
        CancellationToken cancellationToken
    )
    {
        var (from, to) = (loser.Id, survivor.Id);
        var content = new MergedContent
        {
            Comments = await db
                .Comments.Where(row => row.LeadId == from)
                .Where(row =>
                    !db.NoteSyncs.Any(own =>
                        own.CommentId == row.Id
                        && own.NoteId != null
                        && db.NoteSyncs.Any(same =>
                            same.NoteId == own.NoteId
                            && db.Comments.Any(other => other.Id == same.CommentId && other.LeadId == to)
                        )
                    )
                )
                .Select(row => row.Id)
                .ToListAsync(cancellationToken),
            Activities = await db
                .Activities.Where(row => row.LeadId == from)
                .Where(row =>
                    !db.Activities.Any(other =>
                        other.LeadId == to && other.Kind == row.Kind && other.HubSpotId == row.HubSpotId
                    )
                )
                .Select(row => row.Id)
                .ToListAsync(cancellationToken),
            FollowUps = await db
                .FollowUps.Where(row => row.LeadId == from)
                .Where(row =>
                    !db.FollowUpSyncs.Any(own =>
                        own.FollowUpId == row.Id
                        && own.TaskId != null
                        && db.FollowUpSyncs.Any(same =>
                            same.TaskId == own.TaskId
                            && db.FollowUps.Any(other => other.Id == same.FollowUpId && other.LeadId == to)
                        )
                    )
                )
                .Select(row => row.Id)
                .ToListAsync(cancellationToken),
            // An agent does not ask for what is the agent's own now, nor twice for one client.
            Claims = await db
                .ClaimRequests.Where(row =>
                    row.LeadId == from && row.State == ClaimState.Waiting && row.AskedById != survivor.AgentId
                )
                .Where(row =>
                    !db.ClaimRequests.Any(other =>
                        other.LeadId == to && other.State == ClaimState.Waiting && other.AskedById == row.AskedById
                    )
                )
                .Select(row => row.Id)
                .ToListAsync(cancellationToken),
            Documents = await db
                .Documents.Where(row => row.LeadId == from)
                .Select(row => row.Id)
                .ToListAsync(cancellationToken),
            SharedLinks = await db
                .SharedLinks.Where(row => row.LeadId == from)
                .Select(row => row.Id)
                .ToListAsync(cancellationToken),
            Tags = await db
                .LeadTags.Where(row => row.LeadId == from)
                .Where(row => !db.LeadTags.Any(other => other.LeadId == to && other.TagId == row.TagId))
                .Select(row => row.TagId)
                .ToListAsync(cancellationToken),
        };
        await PutAsync(db, content, to, cancellationToken);
        db.LeadTags.AddRange(content.Tags.Select(tag => new LeadTag { LeadId = to, TagId = tag }));
        return content;
    }

    /// <summary>Moves exactly that back.</summary>
    public static async Task MoveBackAsync(
        HubDbContext db,
        MergedContent content,
        Guid loserId,
        Guid survivorId,
        CancellationToken cancellationToken
    )
    {
        await PutAsync(db, content, loserId, cancellationToken);
        await db
            .LeadTags.Where(row => row.LeadId == survivorId && content.Tags.Contains(row.TagId))
            .ExecuteDeleteAsync(cancellationToken);
    }

    private static async Task PutAsync(
        HubDbContext db,
        MergedContent content,
        Guid leadId,
        CancellationToken cancellationToken
    )
    {
        await db
            .Comments.Where(row => content.Comments.Contains(row.Id))
            .ExecuteUpdateAsync(row => row.SetProperty(entry => entry.LeadId, leadId), cancellationToken);
        // A file is read, and erased, by the lead of its comment.
        await db
            .CommentAttachments.Where(row => content.Comments.Contains(row.CommentId!.Value))
            .ExecuteUpdateAsync(row => row.SetProperty(entry => entry.LeadId, leadId), cancellationToken);
        await db
            .Activities.Where(row => content.Activities.Contains(row.Id))
            .ExecuteUpdateAsync(row => row.SetProperty(entry => entry.LeadId, leadId), cancellationToken);
        await db
            .FollowUps.Where(row => content.FollowUps.Contains(row.Id))
            .ExecuteUpdateAsync(row => row.SetProperty(entry => entry.LeadId, leadId), cancellationToken);
        await db
            .Documents.Where(row => content.Documents.Contains(row.Id))
            .ExecuteUpdateAsync(row => row.SetProperty(entry => entry.LeadId, leadId), cancellationToken);
        await db
            .SharedLinks.Where(row => content.SharedLinks.Contains(row.Id))
            .ExecuteUpdateAsync(row => row.SetProperty(entry => entry.LeadId, leadId), cancellationToken);
        await db
            .ClaimRequests.Where(row => content.Claims.Contains(row.Id))
            .ExecuteUpdateAsync(row => row.SetProperty(entry => entry.LeadId, leadId), cancellationToken);
    }
}
