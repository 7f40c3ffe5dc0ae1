using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Privacy;

/// <summary>One lead's part of a client's file: its values, and everything that hangs on it.</summary>
internal sealed class ClientLeadRecords(HubDbContext db, ClientFile file, Guid leadId)
{
    /// <summary>Rows of a list read at once.</summary>
    public const int BatchSize = 200;

    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        var lead = await db
            .Leads.Include(row => row.Stage)
            .Include(row => row.Agent)
            .SingleAsync(row => row.Id == leadId, cancellationToken);
        file.BeginLead();
        file.Write("number", $"L-{lead.Number}");
        file.Write("agent", lead.Agent?.DisplayName);
        file.Write("stage", lead.Stage.Label);
        file.Write("values", LeadFields.Typed.ToDictionary(field => $"{field}", field => LeadFields.Read(lead, field)));
        file.Write(
            "tags",
            await db
                .LeadTags.Where(row => row.LeadId == leadId)
                .OrderBy(row => row.Tag.Name)
                .Select(row => row.Tag.Name)
                .ToListAsync(cancellationToken)
        );
        file.Write("consent", LeadConsent.Of(lead));
        file.Write("createdAt", lead.CreatedAt);
        file.Write("updatedAt", lead.UpdatedAt);
        file.Write("archivedAt", lead.ArchivedAt);
        file.Write("erasedAt", lead.ErasedAt);
        file.Write("hubSpot", await HubSpotAsync(cancellationToken));
        file.Write("hubSpotContacts", await ContactsAsync(lead, cancellationToken));
        await file.WriteAsync<CommentPart>(
            "comments",
            after => Comments(after).ToListAsync(cancellationToken),
            cancellationToken
        );
        await file.WriteAsync<ActivityPart>(
            "activities",
            after => Activities(after).ToListAsync(cancellationToken),
            cancellationToken
        );
        await file.WriteAsync<FollowUpPart>(
            "followUps",
            after => FollowUps(after).ToListAsync(cancellationToken),
            cancellationToken
        );
        await file.WriteAsync<EventPart>(
            "events",
            after => Events(after).ToListAsync(cancellationToken),
            cancellationToken
        );
        await file.WriteAsync<ConflictPart>(
            "conflicts",
            after => Conflicts(after).ToListAsync(cancellationToken),
            cancellationToken
        );
        file.Write("documents", await DocumentsAsync(cancellationToken));
        file.Write("claims", await ClaimsAsync(cancellationToken));
        file.Write("importedRows", await ImportedRowsAsync(cancellationToken));
        file.EndLead();
    }

    private Task<HubSpotPart?> HubSpotAsync(CancellationToken cancellationToken) =>
        db
            .LeadSyncs.Where(row => row.LeadId == leadId)
            .Select(row => new HubSpotPart(row.ContactId, row.DealId, row.ContactSnapshot, row.DealSnapshot))
            .SingleOrDefaultAsync(cancellationToken);

    private Task<List<DocumentPart>> DocumentsAsync(CancellationToken cancellationToken) =>
        db
            .DocumentVersions.Where(row =>
                db.Documents.Any(document => document.Id == row.DocumentId && document.LeadId == leadId)
            )
            .OrderBy(row => row.UploadedAt)
            .Join(
                db.Documents,
                row => row.DocumentId,
                document => document.Id,
                (row, document) =>
                    new DocumentPart(
                        document.Title,
                        document.Description,
                        row.Number,
                        row.Name,
                        row.StoredFile.Type,
                        row.StoredFile.Size,
                        row.UploadedAt,
                        document.RemovedAt
                    )
            )
            .ToListAsync(cancellationToken);

    // As HubSpot has them; one client is a contact or two.
    private Task<List<ContactPart>> ContactsAsync(Lead lead, CancellationToken cancellationToken) =>
        LeadErasure
            .ContactsOf(db, lead)
            .OrderBy(row => row.Number)
            .Take(BatchSize)
            .Select(row => new ContactPart(
                row.Id,
                row.Name,
                row.Email,
                row.Company,
                row.Lifecycle,
                row.LeadStatus,
                row.CreatedAt,
                row.UpdatedAt,
                row.ArchivedAt,
                row.Phones.OrderBy(phone => phone.Property).Select(phone => phone.Text).ToList()
            ))
            .ToListAsync(cancellationToken);

    // What other agents wrote when they asked for the client; few, since one asks once at a time.
    private Task<List<ClaimPart>> ClaimsAsync(CancellationToken cancellationToken) =>
        db
            .ClaimRequests.Where(row => row.LeadId == leadId)
            .OrderBy(row => row.AskedAt)
            .Select(row => new ClaimPart(row.AskedAt, row.Phone, row.Words, row.State.ToString(), row.Decision))
            .ToListAsync(cancellationToken);

    // Cells of files as they came, for as long as they are kept; one file rarely has several rows of a client.
    private Task<List<ImportedRowPart>> ImportedRowsAsync(CancellationToken cancellationToken) =>
        db
            .LeadImportRows.Where(row => row.LeadId == leadId && row.Cells != null)
            .OrderBy(row => row.ImportId)
            .ThenBy(row => row.Number)
            .Take(BatchSize)
            .Select(row => new ImportedRowPart(
                db.LeadImports.Where(import => import.Id == row.ImportId).Select(import => import.CreatedAt).First(),
                db.LeadImports.Where(import => import.Id == row.ImportId).Select(import => import.FileName).First(),
                row.Number,
                row.Cells!
            ))
            .ToListAsync(cancellationToken);

    private IQueryable<CommentPart> Comments(CommentPart? after)
    {
        var rows = db.Comments.Where(row => row.LeadId == leadId);
        if (after is { CreatedAt: var at, Id: var id })
        {
            rows = rows.Where(row =>
                EF.Functions.GreaterThan(ValueTuple.Create(row.CreatedAt, row.Id), ValueTuple.Create(at, id))
            );
        }

        return rows.OrderBy(row => row.CreatedAt)
            .ThenBy(row => row.Id)
            .Take(BatchSize)
            .Select(row => new CommentPart(
                row.Id,
                row.CreatedAt,
                row.AuthorName,
                row.Body,
                row.EditedAt,
                row.DeletedAt,
                db.CommentAttachments.Where(file => file.CommentId == row.Id)
                    .OrderBy(file => file.Id)
                    .Select(file => new AttachmentPart(file.Name, file.Type, file.Size, file.UploadedAt))
                    .ToList()
            ));
    }

    private IQueryable<ActivityPart> Activities(ActivityPart? after)
    {
        var rows = db.Activities.Where(row => row.LeadId == leadId);
        if (after is { OccurredAt: var at, Id: var id })
        {
            rows = rows.Where(row =>
                EF.Functions.GreaterThan(ValueTuple.Create(row.OccurredAt, row.Id), ValueTuple.Create(at, id))
            );
        }

        return rows.OrderBy(row => row.OccurredAt)
            .ThenBy(row => row.Id)
            .Take(BatchSize)
            .Select(row => new ActivityPart(
                row.Id,
                row.OccurredAt,
                row.Kind,
                row.Subject,
                row.Body,
                row.Direction,
                row.Status,
                row.OwnerName,
                row.DeletedAt
            ));
    }

    private IQueryable<FollowUpPart> FollowUps(FollowUpPart? after)
    {
        var rows = db.FollowUps.Where(row => row.LeadId == leadId);
        if (after is { DueAt: var at, Id: var id })
        {
            rows = rows.Where(row =>
                EF.Functions.GreaterThan(ValueTuple.Create(row.DueAt, row.Id), ValueTuple.Create(at, id))
            );
        }

        return rows.OrderBy(row => row.DueAt)
            .ThenBy(row => row.Id)
            .Take(BatchSize)
            .Select(row => new FollowUpPart(
                row.Id,
                row.DueAt,
                row.Title,
                row.Details,
                row.DoneAt,
                row.AuthorName,
                row.DeletedAt
            ));
    }

    private IQueryable<EventPart> Events(EventPart? after)
    {
        var last = after?.Id ?? 0;
        return db
            .LeadEvents.Where(row => row.LeadId == leadId && row.Id > last)
            .OrderBy(row => row.Id)
            .Take(BatchSize)
            .Select(row => new EventPart(row.Id, row.OccurredAt, row.Kind, row.Origin, row.ActorName, row.Changes));
    }

    private IQueryable<ConflictPart> Conflicts(ConflictPart? after)
    {
        var rows = db.SyncConflicts.Where(row => row.LeadId == leadId);
        if (after is { At: var at, Id: var id })
        {
            rows = rows.Where(row =>
                EF.Functions.GreaterThan(ValueTuple.Create(row.At, row.Id), ValueTuple.Create(at, id))
            );
        }

        return rows.OrderBy(row => row.At)
            .ThenBy(row => row.Id)
            .Take(BatchSize)
            .Select(row => new ConflictPart(row.Id, row.At, row.Field, row.Ours, row.Theirs));
    }

    private sealed record HubSpotPart(
        string? ContactId,
        string? DealId,
        IReadOnlyDictionary<string, string?>? ContactSnapshot,
        IReadOnlyDictionary<string, string?>? DealSnapshot
    );

    private sealed record ContactPart(
        string Id,
        string Name,
        string? Email,
        string? Company,
        string? Lifecycle,
        string? LeadStatus,
        DateTimeOffset CreatedAt,
        DateTimeOffset UpdatedAt,
        DateTimeOffset? ArchivedAt,
        IReadOnlyList<string> Phones
    );

    // The ids only say where the next part begins.
    private sealed record CommentPart(
        [property: JsonIgnore] Guid Id,
        DateTimeOffset CreatedAt,
        string AuthorName,
        string Body,
        DateTimeOffset? EditedAt,
        DateTimeOffset? DeletedAt,
        IReadOnlyList<AttachmentPart> Attachments
    );

    private sealed record DocumentPart(
        string Title,
        string? Description,
        int Version,
        string Name,
        FileType Type,
        long Size,
        DateTimeOffset UploadedAt,
        DateTimeOffset? RemovedAt
    );

    private sealed record AttachmentPart(string Name, FileType Type, long Size, DateTimeOffset UploadedAt);

    private sealed record ActivityPart(
        [property: JsonIgnore] Guid Id,
        DateTimeOffset OccurredAt,
        ActivityKind Kind,
        string? Subject,
        string? Body,
        string? Direction,
        string? Status,
        string? OwnerName,
        DateTimeOffset? DeletedAt
    );

    private sealed record FollowUpPart(
        [property: JsonIgnore] Guid Id,
        DateTimeOffset DueAt,
        string Title,
        string? Details,
        DateTimeOffset? DoneAt,
        string AuthorName,
        DateTimeOffset? DeletedAt
    );

    private sealed record EventPart(
        [property: JsonIgnore] long Id,
        DateTimeOffset OccurredAt,
        LeadEventKind Kind,
        ChangeOrigin Origin,
        string ActorName,
        IReadOnlyList<FieldChange> Changes
    );

    private sealed record ImportedRowPart(DateTimeOffset At, string File, int Row, IReadOnlyList<string> Cells);

    private sealed record ClaimPart(
        DateTimeOffset AskedAt,
        string Phone,
        string? Words,
        string State,
        string? Decision
    );

    private sealed record ConflictPart(
        [property: JsonIgnore] Guid Id,
        DateTimeOffset At,
        string Field,
        string? Ours,
        string? Theirs
    );
}
