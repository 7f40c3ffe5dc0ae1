using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Documents;

/// <summary>A version of a document, for its reader.</summary>
public sealed record DocumentVersionView(
    Guid Id,
    int Number,
    string Name,
    FileType Type,
    long Size,
    string? UploaderName,
    DateTimeOffset UploadedAt
);

/// <summary>A document with its newest version, for its reader.</summary>
/// <param name="Id">Key.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Description">What there is to say about it.</param>
/// <param name="Newest">Its newest version.</param>
/// <param name="MayChange">Whether the reader may change and remove it.</param>
public sealed record DocumentView(
    Guid Id,
    string Title,
    string? Description,
    DocumentVersionView Newest,
    bool MayChange
);

/// <summary>The documents of an owner, newest first, and what the reader may do with them.</summary>
public sealed record DocumentList(DocumentAccess Access, IReadOnlyList<DocumentView> Documents);

/// <summary>A document's content, to be sent to who asked for it.</summary>
/// <param name="Content">The content; null where the reader holds it already.</param>
/// <param name="Name">The person's name of the file.</param>
/// <param name="Type">What it is.</param>
public sealed record OpenDocument(Stream? Content, string Name, FileType Type);

/// <summary>Reads documents, within <see cref="DocumentRights"/>.</summary>
public sealed class DocumentQueries(HubDatabase database, FileStore store, TimeProvider time)
{
    private static readonly Expression<Func<DocumentVersion, DocumentVersionView>> ToView =
        version => new DocumentVersionView(
            version.Id,
            version.Number,
            version.Name,
            version.StoredFile.Type,
            version.StoredFile.Size,
            version.UploadedBy!.DisplayName,
            version.UploadedAt
        );

    /// <summary>The documents of an owner that are not removed; none before the reader is verified.</summary>
    /// <exception cref="NotFoundException">There is no such owner for the actor.</exception>
    public async Task<DocumentList> ListAsync(Actor actor, DocumentOwner owner, CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var access = await db.DocumentAccessAsync(actor, owner, cancellationToken);
        if (access is DocumentAccess.NeedsVerification)
        {
            return new(access, []);
        }

        var rows = await db
            .Documents.Of(owner)
            .OrderByDescending(row => row.Id)
            .Take(Document.MostOfOwner)
            .Select(row => new
            {
                row.Id,
                row.Title,
                row.Description,
                row.AuthorId,
                Newest = row.Versions.AsQueryable().OrderByDescending(version => version.Number).Select(ToView).First(),
            })
            .ToListAsync(cancellationToken);
        return new(
            access,
            [
                .. rows.Select(row => new DocumentView(
                    row.Id,
                    row.Title,
                    row.Description,
                    row.Newest,
                    actor.ViewerId is null && access >= DocumentRights.ToChange(actor, row.AuthorId)
                )),
            ]
        );
    }

    /// <summary>The name of a person whose documents the actor may read.</summary>
    /// <exception cref="NotFoundException">There is no such person for the actor.</exception>
    public async Task<string> PersonNameAsync(Actor actor, Guid personId, CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        await db.DocumentAccessAsync(actor, new(DocumentOwnerKind.Person, personId), cancellationToken);
        return await db
            .Users.Where(user => user.Id == personId)
            .Select(user => user.DisplayName)
            .SingleAsync(cancellationToken);
    }

    /// <summary>All versions of a document, newest first.</summary>
    /// <exception cref="NotFoundException">There is no such document for the actor.</exception>
    /// <exception cref="ForbiddenException">The actor is not verified.</exception>
    public async Task<IReadOnlyList<DocumentVersionView>> VersionsAsync(
        Actor actor,
        Guid documentId,
        CancellationToken cancellationToken
    )
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var document =
            await db.Documents.SingleOrDefaultAsync(
                row => row.Id == documentId && row.RemovedAt == null,
                cancellationToken
            ) ?? throw new NotFoundException("Document");
        await db.RequireDocumentAccessAsync(actor, document.Owner, DocumentAccess.Read, cancellationToken);
        return await db
            .DocumentVersions.Where(version => version.DocumentId == documentId)
            .OrderByDescending(version => version.Number)
            .Select(ToView)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Opens a version. Whenever its content is given out, or cannot be read any more, that goes on record.</summary>
    /// <param name="actor">Who reads.</param>
    /// <param name="versionId">The version.</param>
    /// <param name="isHeld">
    /// True where the reader's browser has the content from before and asks only whether it may still show it: nothing is
    /// given out then.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="NotFoundException">There is no such version for the actor.</exception>
    /// <exception cref="ForbiddenException">The actor is not verified.</exception>
    /// <exception cref="FileUnreadableException">The stored file is gone or was changed, or the keys are lost.</exception>
    public async Task<OpenDocument> OpenAsync(
        Actor actor,
        Guid versionId,
        bool isHeld,
        CancellationToken cancellationToken
    )
    {
        var (document, version) = await FindAsync(actor, versionId, cancellationToken);
        if (isHeld)
        {
            return new(null, version.Name, version.StoredFile.Type);
        }

        try
        {
            var content = await store.OpenAsync(version.StoredFile, cancellationToken);
            await RecordAsync(isReadable: true);
            return new(content, version.Name, version.StoredFile.Type);
        }
        catch (FileUnreadableException)
        {
            await RecordAsync(isReadable: false);
            throw;
        }

        Task RecordAsync(bool isReadable) =>
            database.InTransactionAsync(
                (db, _) =>
                {
                    db.SecurityEvents.Add(DocumentRecord.Opened(actor, time, document, version, isReadable));
                    return Task.CompletedTask;
                },
                cancellationToken
            );
    }

    private async Task<(Document Document, DocumentVersion Version)> FindAsync(
        Actor actor,
        Guid versionId,
        CancellationToken cancellationToken
    )
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var version =
            await db
                .DocumentVersions.Include(row => row.StoredFile)
                .SingleOrDefaultAsync(row => row.Id == versionId, cancellationToken)
            ?? throw new NotFoundException("Document");
        var document =
            await db.Documents.SingleOrDefaultAsync(
                row => row.Id == version.DocumentId && row.RemovedAt == null,
                cancellationToken
            ) ?? throw new NotFoundException("Document");
        await db.RequireDocumentAccessAsync(actor, document.Owner, DocumentAccess.Read, cancellationToken);
        return (document, version);
    }
}
