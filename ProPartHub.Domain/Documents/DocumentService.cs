using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Documents;

/// <summary>Adds, changes and removes documents, within <see cref="DocumentRights"/>; every change is a security event.</summary>
public sealed class DocumentService(HubDatabase database, FileStore store, TimeProvider time)
{
    /// <summary>False where no place is set for files: then none are taken.</summary>
    public bool IsReady => store.IsReady;

    /// <summary>Adds a document; it is called as its file until somebody calls it otherwise.</summary>
    /// <param name="actor">Who adds it.</param>
    /// <param name="documentId">Made by the caller, so that a repeated call adds one document.</param>
    /// <param name="owner">Whose it is.</param>
    /// <param name="file">Its first version, as <see cref="FileRule.Documents"/> takes it.</param>
    /// <param name="cancellationToken">Ends the upload; nothing is kept then.</param>
    /// <returns>Why not, or null when it was added.</returns>
    /// <exception cref="NotFoundException">There is no such owner for the actor.</exception>
    /// <exception cref="ForbiddenException">The actor may not add to it, or only looks.</exception>
    public async Task<FileFault?> AddAsync(
        Actor actor,
        Guid documentId,
        DocumentOwner owner,
        HandedIn file,
        CancellationToken cancellationToken
    )
    {
        // Rights come before anything is read from the wire, and once more with what it is added to at hand.
        await using (var db = await database.ReadAsync(cancellationToken))
        {
            await db.RequireDocumentAccessAsync(actor.Writing(), owner, DocumentAccess.Add, cancellationToken);
            if (await IsFullAsync(db, owner, cancellationToken))
            {
                return FileFault.TooMany;
            }
        }

        var (stored, fault) = await store.SaveAsync(file, FileRule.Documents, cancellationToken);
        if (stored is null)
        {
            return fault;
        }

        var version = VersionOf(documentId, documentId, 1, actor, file, stored);
        return await database.InTransactionAsync<FileFault?>(
            async (db, token) =>
            {
                await db.RequireDocumentAccessAsync(actor, owner, DocumentAccess.Add, token);
                if (await db.Documents.AnyAsync(row => row.Id == documentId, token))
                {
                    return null;
                }

                // One after the other, so that each counts those before it.
                await db.Database.ExecuteSqlAsync(
                    $"SELECT pg_advisory_xact_lock(hashtext({nameof(Document)}), hashtext({owner.Id.ToString()}))",
                    token
                );
                if (await IsFullAsync(db, owner, token))
                {
                    return FileFault.TooMany;
                }

                var document = new Document
                {
                    Id = documentId,
                    LeadId = owner.Kind is DocumentOwnerKind.Lead ? owner.Id : null,
                    PersonId = owner.Kind is DocumentOwnerKind.Person ? owner.Id : null,
                    DevelopmentId = owner.Kind is DocumentOwnerKind.Property ? owner.Id : null,
                    Title = Path.GetFileNameWithoutExtension(version.Name),
                    AuthorId = actor.StoredId,
                };
                db.Documents.Add(document);
                db.DocumentVersions.Add(version);
                db.SecurityEvents.Add(DocumentRecord.Added(actor, time, document, version));
                return null;
            },
            cancellationToken
        );
    }

    /// <summary>Puts a newer version in front; the earlier ones stay. The same content once more changes nothing.</summary>
    /// <param name="actor">Who uploads it.</param>
    /// <param name="documentId">The document.</param>
    /// <param name="versionId">Made by the caller, so that a repeated call adds one version.</param>
    /// <param name="file">The version, as <see cref="FileRule.Documents"/> takes it.</param>
    /// <param name="cancellationToken">Ends the upload; nothing is kept then.</param>
    /// <returns>Why not, or null when it was taken.</returns>
    /// <exception cref="NotFoundException">There is no such document for the actor.</exception>
    /// <exception cref="ForbiddenException">The actor may not change it, or only looks.</exception>
    public async Task<FileFault?> AddVersionAsync(
        Actor actor,
        Guid documentId,
        Guid versionId,
        HandedIn file,
        CancellationToken cancellationToken
    )
    {
        await using (var db = await database.ReadAsync(cancellationToken))
        {
            await FindToChangeAsync(db, actor, documentId, cancellationToken);
        }

        var (stored, fault) = await store.SaveAsync(file, FileRule.Documents, cancellationToken);
        if (stored is null)
        {
            return fault;
        }

        return await database.InTransactionAsync<FileFault?>(
            async (db, token) =>
            {
                await db.Database.ExecuteSqlAsync($"SELECT 1 FROM documents WHERE id = {documentId} FOR UPDATE", token);
                var document = await FindToChangeAsync(db, actor, documentId, token);
                var last = await db
                    .DocumentVersions.Where(row => row.DocumentId == documentId)
                    .OrderByDescending(row => row.Number)
                    .FirstAsync(token);
                if (last.StoredFileId == stored.Id || last.Id == versionId)
                {
                    return null;
                }

                if (last.Number >= Document.MostVersions)
                {
                    return FileFault.TooMany;
                }

                var version = VersionOf(versionId, documentId, last.Number + 1, actor, file, stored);
                db.DocumentVersions.Add(version);
                db.SecurityEvents.Add(DocumentRecord.Added(actor, time, document, version));
                return null;
            },
            cancellationToken
        );
    }

    /// <summary>Calls a document otherwise, or says something about it.</summary>
    /// <exception cref="InvalidInputException">The title is missing, or a text is too long.</exception>
    /// <exception cref="NotFoundException">There is no such document for the actor.</exception>
    /// <exception cref="ForbiddenException">The actor may not change it, or only looks.</exception>
    public Task DescribeAsync(
        Actor actor,
        Guid documentId,
        string? title,
        string? description,
        CancellationToken cancellationToken
    )
    {
        var (name, words) = DocumentRules.Checked(title, description);
        return database.InTransactionAsync(
            async (db, token) =>
            {
                var document = await FindToChangeAsync(db, actor, documentId, token);
                if (document.Title == name && document.Description == words)
                {
                    return;
                }

                db.SecurityEvents.Add(DocumentRecord.Described(actor, time, document, name, words));
                (document.Title, document.Description) = (name, words);
            },
            cancellationToken
        );
    }

    /// <summary>Removes a document with all its versions; <see cref="RestoreAsync"/> brings it back for <see cref="Document.KeptFor"/>.</summary>
    /// <exception cref="NotFoundException">There is no such document for the actor.</exception>
    /// <exception cref="ForbiddenException">The actor may not change it, or only looks.</exception>
    public Task RemoveAsync(Actor actor, Guid documentId, CancellationToken cancellationToken) =>
        SetRemovedAsync(actor, documentId, isRemoved: true, cancellationToken);

    /// <summary>Brings a removed document back.</summary>
    /// <exception cref="NotFoundException">There is no such document for the actor, or it is gone for good.</exception>
    /// <exception cref="ForbiddenException">The actor may not change it, or only looks.</exception>
    public Task RestoreAsync(Actor actor, Guid documentId, CancellationToken cancellationToken) =>
        SetRemovedAsync(actor, documentId, isRemoved: false, cancellationToken);

    private Task SetRemovedAsync(Actor actor, Guid documentId, bool isRemoved, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async (db, token) =>
            {
                var document = await FindToChangeAsync(db, actor, documentId, token, isRemoved: !isRemoved);
                if (document.RemovedAt is not null != isRemoved)
                {
                    document.RemovedAt = isRemoved ? time.GetUtcNow() : null;
                    db.SecurityEvents.Add(DocumentRecord.Moved(actor, time, document, isRemoved));
                }
            },
            cancellationToken
        );

    // Whoever keeps the owner's documents changes them all, others what they added themselves.
    private static async Task<Document> FindToChangeAsync(
        HubDbContext db,
        Actor actor,
        Guid documentId,
        CancellationToken cancellationToken,
        bool isRemoved = false
    )
    {
        var document =
            await db.Documents.AsTracking().SingleOrDefaultAsync(row => row.Id == documentId, cancellationToken)
            ?? throw new NotFoundException("Document");
        var access = await db.RequireDocumentAccessAsync(
            actor.Writing(),
            document.Owner,
            DocumentAccess.Read,
            cancellationToken
        );
        if (access < DocumentRights.ToChange(actor, document.AuthorId))
        {
            throw ForbiddenException.For(actor, GuardedAct.HandleDocument);
        }

        return document.RemovedAt is null || isRemoved ? document : throw new NotFoundException("Document");
    }

    private static async Task<bool> IsFullAsync(HubDbContext db, DocumentOwner owner, CancellationToken token) =>
        await db.Documents.Of(owner).CountAsync(token) >= Document.MostOfOwner;

    private DocumentVersion VersionOf(
        Guid id,
        Guid documentId,
        int number,
        Actor actor,
        HandedIn file,
        StoredFile stored
    ) =>
        new()
        {
            Id = id,
            DocumentId = documentId,
            Number = number,
            StoredFileId = stored.Id,
            Name = SafeFileName.Clean(file.Name, DocumentVersion.NameLength),
            UploadedById = actor.StoredId,
            UploadedAt = time.GetUtcNow(),
        };
}
