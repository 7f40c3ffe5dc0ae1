using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Timeline;

/// <content>Files that come with comments.</content>
public sealed partial class CommentService
{
    private static void CheckCount(Guid[] attachmentIds)
    {
        if (attachmentIds.Length > CommentAttachment.MostOfComment)
        {
            throw new InvalidInputException([
                new FieldError(FieldChange.Attachments, FieldErrorCode.TooMany, CommentAttachment.MostOfComment),
            ]);
        }
    }

    // The comment is stored by now. Whose time has come meanwhile is not sent: its file may be gone in the next moment.
    private static async Task<FieldChange?> AttachAsync(
        HubDbContext db,
        Actor actor,
        Lead lead,
        Comment comment,
        Guid[] attachmentIds,
        CancellationToken cancellationToken
    )
    {
        if (attachmentIds.Length == 0)
        {
            return null;
        }

        var attached = await db
            .CommentAttachments.Where(row =>
                attachmentIds.Contains(row.Id) && row.LeadId == lead.Id && row.RemoveAt > comment.CreatedAt
            )
            .UnsentBy(actor)
            .ExecuteUpdateAsync(
                row =>
                    row.SetProperty(file => file.CommentId, comment.Id)
                        .SetProperty(file => file.RemoveAt, (DateTimeOffset?)null),
                cancellationToken
            );
        if (attached != attachmentIds.Length)
        {
            throw new InvalidInputException(FieldChange.Attachments, FieldErrorCode.UnknownOption);
        }

        var names = await db
            .CommentAttachments.Where(row => row.CommentId == comment.Id)
            .OrderBy(row => row.Id)
            .Select(row => row.Name)
            .ToListAsync(cancellationToken);
        return new FieldChange(FieldChange.Attachments, null, string.Join(", ", names));
    }
}
