using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Timeline;

/// <summary>Why a file was not taken.</summary>
public enum AttachmentFault
{
    /// <summary>No place is set for files.</summary>
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
public sealed class AttachmentService(HubDatabase database, FileStore store, TimeProvider time)
{
    /// <summary>False where no place is set for files: then none are taken.</summary>
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

        var name = SafeFileName.Clean(file.Name, CommentAttachment.NameLength);
        // What is refused below is swept: nothing refers to it.
        var saved = await store.SaveAsync(file with { Name = name }, CommentAttachment.Rule, cancellationToken);
        if (saved.File is not { } stored)
        {
            return FaultOf(saved.Fault);
        }

        var now = time.GetUtcNow();
        return await WriteAsync(
            actor,
            new()
            {
                Id = attachmentId,
                LeadId = leadId,
                UploadedById = actor.UserId,
                Name = name,
                Type = stored.Type,
                Size = stored.Size,
                StoredFileId = stored.Id,
                UploadedAt = now,
                RemoveAt = now + CommentAttachment.WaitsFor,
            },
            cancellationToken
        );
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

    private static AttachmentFault FaultOf(FileFault? fault) =>
        fault switch
        {
            FileFault.NoStore => AttachmentFault.NoFolder,
            FileFault.Empty => AttachmentFault.Empty,
            FileFault.TooLarge => AttachmentFault.TooLarge,
            _ => AttachmentFault.WrongType,
        };

    private Task<AttachmentFault?> WriteAsync(
        Actor actor,
        CommentAttachment attachment,
        CancellationToken cancellationToken
    ) =>
        database.InTransactionAsync<AttachmentFault?>(
            async (db, token) =>
            {
                var lead = await db.LeadToChangeAsync(actor, attachment.LeadId, token);
                if (await db.CommentAttachments.AnyAsync(row => row.Id == attachment.Id, token))
                {
                    return null;
                }

                // One upload of a person after the other, so that each counts those before it.
                await db.Database.ExecuteSqlAsync(
                    $"SELECT pg_advisory_xact_lock(hashtext({nameof(CommentAttachment)}), hashtext({actor.UserId.ToString()}))",
                    token
                );
                var unsent = await db.CommentAttachments.UnsentBy(actor).CountAsync(token);
                if (unsent >= CommentAttachment.MostUnsent)
                {
                    return AttachmentFault.TooManyUnsent;
                }

                // A removed upload stays counted until the clean-up: the store held it.
                var since = attachment.UploadedAt - CommentAttachment.Day;
                var ofDay = await db
                    .CommentAttachments.Where(row => row.UploadedById == actor.UserId && row.UploadedAt > since)
                    .SumAsync(row => row.Size, token);
                if (ofDay + attachment.Size > CommentAttachment.LargestOfDay)
                {
                    return AttachmentFault.TooMuchOfDay;
                }

                db.CommentAttachments.Add(attachment);
                db.SecurityEvents.Add(About(SecurityEventKind.AttachmentUploaded, actor, lead, attachment.Id));
                return null;
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
