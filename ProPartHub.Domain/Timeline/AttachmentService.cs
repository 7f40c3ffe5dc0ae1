using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Verification;

namespace ProPartHub.Domain.Timeline;

/// <summary>Why a file was not taken.</summary>
public enum AttachmentFault
{
    /// <summary>No folder is set for files.</summary>
    NoFolder = 1,

    /// <summary>There is nothing in it.</summary>
    Empty,

    /// <summary>Larger than <see cref="CommentAttachment.LargestSize"/>.</summary>
    TooLarge,

    /// <summary>Of a kind that is not taken, or not what its name claims.</summary>
    WrongType,

    /// <summary>More than <see cref="CommentAttachment.MostUnsent"/> wait for their comments.</summary>
    TooManyUnsent,

    /// <summary>More than <see cref="CommentAttachment.LargestOfDay"/> with what the person uploaded before.</summary>
    TooMuchOfDay,
}

/// <summary>Takes files for comments that are being written. Whoever sees a lead may comment on it, and so upload.</summary>
public sealed class AttachmentService(HubDatabase database, DocumentStore store, TimeProvider time)
{
    /// <summary>False where no folder is set for files: then none are taken.</summary>
    public bool IsReady => store.IsReady;

    /// <summary>Takes a file for a comment yet to be sent; without one it goes after <see cref="CommentAttachment.WaitsFor"/>.</summary>
    /// <param name="actor">Who uploads.</param>
    /// <param name="attachmentId">Made by the caller, so that a repeated call stores one file.</param>
    /// <param name="leadId">The lead.</param>
    /// <param name="file">The file.</param>
    /// <param name="cancellationToken">Ends the upload; nothing is kept then.</param>
    /// <returns>Why not, or null when it was taken.</returns>
    /// <exception cref="NotFoundException">There is no such lead for the actor.</exception>
    /// <exception cref="ForbiddenException">The client was erased, or an admin only looks through somebody's eyes.</exception>
    public async Task<AttachmentFault?> UploadAsync(
        Actor actor,
        Guid attachmentId,
        Guid leadId,
        HandedIn file,
        CancellationToken cancellationToken
    )
    {
        // Rights come before anything is read from the wire, and once more with the lead locked.
        await using (var db = await database.ReadAsync(cancellationToken))
        {
            await db.RequireVisibleLeadAsync(actor.Writing(), leadId, cancellationToken);
        }

        if (Check(file) is { } fault)
        {
            return fault;
        }

        var content = new byte[file.Size];
        await using (var stream = file.Content())
        {
            await stream.ReadExactlyAsync(content, cancellationToken);
        }

        var name = SafeFileName.Clean(file.Name, CommentAttachment.NameLength);
        if (await FileTypes.OfAsync(name, new MemoryStream(content), cancellationToken) is not { } type)
        {
            return AttachmentFault.WrongType;
        }

        var stored = await store.SaveAsync(content, cancellationToken);
        var isKept = false;
        try
        {
            // Should the end of the transaction stay unknown, too many files lose nothing.
            isKept = true;
            var now = time.GetUtcNow();
            var attachment = new CommentAttachment
            {
                Id = attachmentId,
                LeadId = leadId,
                UploadedById = actor.UserId,
                Name = name,
                Type = type,
                Size = file.Size,
                FileName = stored,
                UploadedAt = now,
                RemoveAt = now + CommentAttachment.WaitsFor,
            };
            var (refusal, isNew) = await WriteAsync(actor, attachment, cancellationToken);
            isKept = isNew;
            return refusal;
        }
        catch (Exception refusal) when (refusal is NotFoundException or ForbiddenException)
        {
            isKept = false;
            throw;
        }
        finally
        {
            if (!isKept)
            {
                store.Remove([stored]);
            }
        }
    }

    /// <summary>Takes away a file that the actor uploaded and has not sent; nothing happens where there is none.</summary>
    /// <exception cref="NotFoundException">The lead is out of the actor's sight by now.</exception>
    /// <exception cref="ForbiddenException">The client was erased, or an admin only looks through somebody's eyes.</exception>
    public Task RemoveAsync(Actor actor, Guid attachmentId, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async (db, token) =>
            {
                var leadId = await db
                    .CommentAttachments.Where(row => row.Id == attachmentId)
                    .Select(row => row.LeadId)
                    .SingleOrDefaultAsync(token);
                var lead = await db.LeadToChangeAsync(actor, leadId, token);
                var now = time.GetUtcNow();
                var removed = await db
                    .CommentAttachments.Where(row => row.Id == attachmentId && row.RemoveAt > now)
                    .UnsentBy(actor)
                    .ExecuteUpdateAsync(row => row.SetProperty(each => each.RemoveAt, now), token);
                if (removed > 0)
                {
                    db.SecurityEvents.Add(About(SecurityEventKind.AttachmentRemoved, actor, lead, attachmentId));
                }
            },
            cancellationToken
        );

    private AttachmentFault? Check(HandedIn file) =>
        !store.IsReady ? AttachmentFault.NoFolder
        : file.Size == 0 ? AttachmentFault.Empty
        : file.Size > CommentAttachment.LargestSize ? AttachmentFault.TooLarge
        : null;

    private Task<(AttachmentFault? Refusal, bool IsNew)> WriteAsync(
        Actor actor,
        CommentAttachment attachment,
        CancellationToken cancellationToken
    ) =>
        database.InTransactionAsync<(AttachmentFault?, bool)>(
            async (db, token) =>
            {
                var lead = await db.LeadToChangeAsync(actor, attachment.LeadId, token);
                if (await db.CommentAttachments.AnyAsync(row => row.Id == attachment.Id, token))
                {
                    return (null, false);
                }

                // One upload of a person after the other, so that each counts those before it.
                await db.Database.ExecuteSqlAsync(
                    $"SELECT pg_advisory_xact_lock(hashtext({nameof(CommentAttachment)}), hashtext({actor.UserId.ToString()}))",
                    token
                );
                var unsent = await db.CommentAttachments.UnsentBy(actor).CountAsync(token);
                if (unsent >= CommentAttachment.MostUnsent)
                {
                    return (AttachmentFault.TooManyUnsent, false);
                }

                // A removed upload stays counted until the clean-up: the disk held it.
                var since = attachment.UploadedAt - CommentAttachment.Day;
                var ofDay = await db
                    .CommentAttachments.Where(row => row.UploadedById == actor.UserId && row.UploadedAt > since)
                    .SumAsync(row => row.Size, token);
                if (ofDay + attachment.Size > CommentAttachment.LargestOfDay)
                {
                    return (AttachmentFault.TooMuchOfDay, false);
                }

                db.CommentAttachments.Add(attachment);
                db.SecurityEvents.Add(About(SecurityEventKind.AttachmentUploaded, actor, lead, attachment.Id));
                return (null, true);
            },
            cancellationToken
        );

    // Names of files tell of clients, and these entries outlive an erasure.
    private SecurityEvent About(SecurityEventKind kind, Actor actor, Lead lead, Guid attachmentId) =>
        SecurityLog.AboutLead(
            kind,
            actor.Writing(),
            time,
            lead.Id,
            ("lead", $"L-{lead.Number}"),
            ("attachment", $"{attachmentId:N}")
        );
}
