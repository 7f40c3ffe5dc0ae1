using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Timeline;

/// <content>Deletes comments, and takes deletions back.</content>
public sealed partial class CommentService
{
    /// <summary>So long a deletion can be taken back; afterwards the comment's files are removed for good.</summary>
    public static readonly TimeSpan RestoredWithin = TimeSpan.FromDays(1);

    /// <summary>Deletes a comment from view; the text stays for the audit.</summary>
    /// <exception cref="NotFoundException">There is no such comment for the actor.</exception>
    /// <exception cref="ForbiddenException">The comment is somebody else's, or the client was erased.</exception>
    public Task DeleteAsync(Actor actor, Guid commentId, CancellationToken cancellationToken) =>
        ChangeAsync(
            actor,
            commentId,
            LeadEventKind.CommentDeleted,
            async (db, _, comment, at, token) =>
            {
                comment.DeletedAt = at;
                await LetAttachmentsGoAsync(db, commentId, at, token);
                return new FieldChange(FieldChange.Comment, comment.Body, null);
            },
            cancellationToken
        );

    /// <summary>
    /// Takes a deletion back, within <see cref="RestoredWithin"/> and by whoever deleted the comment. HubSpot's note may be
    /// gone by now; then the comment gets another, of the same time.
    /// </summary>
    /// <returns>False where it is too late, or HubSpot's people deleted the note: nothing was done.</returns>
    /// <exception cref="NotFoundException">There is no such comment for the actor.</exception>
    /// <exception cref="ForbiddenException">Somebody else deleted it, or the client was erased.</exception>
    public async Task<bool> RestoreAsync(Actor actor, Guid commentId, CancellationToken cancellationToken)
    {
        var isBack = true;
        await ChangeAsync(
            actor,
            commentId,
            LeadEventKind.CommentRestored,
            async (db, lead, comment, at, token) =>
            {
                // A second click finds it there already.
                if (comment.DeletedAt is not { } deletedAt)
                {
                    return null;
                }

                // It may have been deleted on a lead that was merged into this one since.
                var family = db.MergedFamily(lead.Id);
                var deletedBy = await db
                    .LeadEvents.Where(row => family.Contains(row.LeadId))
                    .Where(row => row.SubjectId == commentId && row.Kind == LeadEventKind.CommentDeleted)
                    .OrderByDescending(row => row.Id)
                    .Select(row => row.ActorId)
                    .FirstOrDefaultAsync(token);
                isBack = deletedBy is not null && at < deletedAt + RestoredWithin;
                if (!isBack)
                {
                    return null;
                }

                if (deletedBy != actor.UserId)
                {
                    throw ForbiddenException.For(actor, GuardedAct.ChangeComment, leadId: lead.Id);
                }

                comment.DeletedAt = null;
                await db
                    .CommentAttachments.Where(row => row.CommentId == commentId)
                    .ExecuteUpdateAsync(row => row.SetProperty(file => file.RemoveAt, (DateTimeOffset?)null), token);
                return new FieldChange(FieldChange.Comment, null, comment.Body);
            },
            cancellationToken,
            isDeleted: true
        );
        return isBack;
    }

    /// <summary>Has the files of a comment that was just deleted removed once that cannot be taken back any more.</summary>
    internal static Task LetAttachmentsGoAsync(
        HubDbContext db,
        Guid commentId,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        var end = at + RestoredWithin;
        return db
            .CommentAttachments.Where(row => row.CommentId == commentId)
            .ExecuteUpdateAsync(row => row.SetProperty(file => file.RemoveAt, end), cancellationToken);
    }
}
