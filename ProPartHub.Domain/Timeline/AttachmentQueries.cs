using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Timeline;

/// <summary>A file with a comment, for its reader.</summary>
public sealed record AttachmentView(Guid Id, string Name, FileType Type, long Size);

/// <summary>A file's content, to be sent to who asked for it.</summary>
/// <param name="Content">The content; null where the reader holds it already.</param>
/// <param name="Name">The person's name of it.</param>
/// <param name="Type">What it is.</param>
public sealed record OpenAttachment(Stream? Content, string Name, FileType Type);

/// <summary>Reads files with comments: whoever sees the lead sees them, and the uploader alone what is not sent yet.</summary>
public sealed class AttachmentQueries(HubDatabase database, FileStore store, TimeProvider time)
{
    /// <summary>Those of some files that the actor has uploaded for a lead and not sent, while they are kept.</summary>
    /// <exception cref="NotFoundException">There is no such lead for the actor.</exception>
    public async Task<IReadOnlyList<AttachmentView>> UnsentAsync(
        Actor actor,
        Guid leadId,
        IReadOnlyCollection<Guid> attachmentIds,
        CancellationToken cancellationToken
    )
    {
        await using var db = await database.ReadAsync(cancellationToken);
        await db.RequireVisibleLeadAsync(actor, leadId, cancellationToken);
        var now = time.GetUtcNow();
        return await db
            .CommentAttachments.Where(row =>
                attachmentIds.Contains(row.Id) && row.LeadId == leadId && row.RemoveAt > now
            )
            .UnsentBy(actor)
            .OrderBy(row => row.Id)
            .Select(row => new AttachmentView(row.Id, row.Name, row.Type, row.Size))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Opens a file. Whenever its content is given out, or cannot be read any more, that goes on record.</summary>
    /// <param name="actor">Who reads.</param>
    /// <param name="attachmentId">The file.</param>
    /// <param name="isHeld">
    /// True where the reader's browser has the content from before and asks only whether it may still show it: nothing is
    /// given out then.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="NotFoundException">There is no such file for the actor.</exception>
    /// <exception cref="FileUnreadableException">The stored file is gone or was changed, or the keys are lost.</exception>
    public async Task<OpenAttachment> OpenAsync(
        Actor actor,
        Guid attachmentId,
        bool isHeld,
        CancellationToken cancellationToken
    )
    {
        var (attachment, lead) = await FindAsync(actor, attachmentId, cancellationToken);
        if (isHeld)
        {
            return new(null, attachment.Name, attachment.Type);
        }

        try
        {
            var content = await store.OpenAsync(attachment.StoredFileId ?? Guid.Empty, cancellationToken);
            await RecordAsync(SecurityEventKind.AttachmentOpened);
            return new(content, attachment.Name, attachment.Type);
        }
        catch (FileUnreadableException)
        {
            await RecordAsync(SecurityEventKind.AttachmentUnreadable);
            throw;
        }

        Task RecordAsync(SecurityEventKind kind) =>
            database.InTransactionAsync(
                (db, _) =>
                {
                    db.SecurityEvents.Add(
                        SecurityLog.AboutLead(
                            kind,
                            actor,
                            time,
                            attachment.LeadId,
                            ("lead", $"L-{lead}"),
                            ("attachment", $"{attachmentId:N}")
                        )
                    );
                    return Task.CompletedTask;
                },
                cancellationToken
            );
    }

    private async Task<(CommentAttachment Attachment, long LeadNumber)> FindAsync(
        Actor actor,
        Guid attachmentId,
        CancellationToken cancellationToken
    )
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var attachment =
            await db
                .CommentAttachments.AsNoTracking()
                .SingleOrDefaultAsync(row => row.Id == attachmentId, cancellationToken)
            ?? throw new NotFoundException("Attachment");
        var number = await db
            .Leads.VisibleTo(actor)
            .Where(lead => lead.Id == attachment.LeadId && lead.ErasedAt == null)
            .Select(lead => (long?)lead.Number)
            .SingleOrDefaultAsync(cancellationToken);
        if (number is null)
        {
            throw await db.NoLeadAsync(actor, attachment.LeadId, cancellationToken);
        }

        // Nobody but the uploader knows of what is not sent; of a deleted comment nothing is shown to anybody.
        var isThere = attachment.CommentId is { } commentId
            ? await db.Comments.AnyAsync(row => row.Id == commentId && row.DeletedAt == null, cancellationToken)
            : attachment.UploadedById == actor.UserId && attachment.RemoveAt > time.GetUtcNow();
        return isThere ? (attachment, number.Value) : throw new NotFoundException("Attachment");
    }
}

/// <summary>Which files are whose.</summary>
internal static class AttachmentRows
{
    /// <summary>What the actor has uploaded and not sent.</summary>
    public static IQueryable<CommentAttachment> UnsentBy(this IQueryable<CommentAttachment> attachments, Actor actor) =>
        attachments.Where(row => row.CommentId == null && row.UploadedById == actor.UserId);
}
