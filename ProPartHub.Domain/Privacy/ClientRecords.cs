using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Privacy;

/// <summary>Everything held about a client, as a file to hand over: all leads of the same phone or mail.</summary>
public sealed class ClientRecords(HubDatabase database, TimeProvider time)
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        // For people: Cyrillic as it is. The file is never put into a page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>The file's content; that it was taken goes on record first.</summary>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    /// <exception cref="NotFoundException">There is no such lead.</exception>
    public async Task<byte[]> ExportAsync(Actor actor, Guid leadId, CancellationToken cancellationToken)
    {
        ClientErasure.RequireAdmin(actor, leadId);
        await using var db = await database.ReadAsync(cancellationToken);
        var lead =
            await db.Leads.SingleOrDefaultAsync(row => row.Id == leadId, cancellationToken)
            ?? throw new NotFoundException("Lead");
        var leads = await db
            .Leads.OfClient(lead)
            .Include(row => row.Stage)
            .Include(row => row.Agent)
            .OrderBy(row => row.Number)
            .ToListAsync(cancellationToken);
        await database.InTransactionAsync(
            (write, _) =>
            {
                write.SecurityEvents.AddRange(
                    leads.Select(row =>
                        SecurityLog.AboutLead(
                            SecurityEventKind.ClientExported,
                            actor,
                            time,
                            row.Id,
                            ("lead", $"L-{row.Number}")
                        )
                    )
                );
                return Task.CompletedTask;
            },
            cancellationToken
        );
        var parts = new List<object>();
        foreach (var row in leads)
        {
            parts.Add(await LeadAsync(db, row, cancellationToken));
        }

        return JsonSerializer.SerializeToUtf8Bytes(new { ExportedAt = time.GetUtcNow(), Leads = parts }, Readable);
    }

    private static async Task<object> LeadAsync(HubDbContext db, Lead lead, CancellationToken cancellationToken) =>
        new
        {
            Number = $"L-{lead.Number}",
            Agent = lead.Agent?.DisplayName,
            Stage = lead.Stage.Label,
            Values = LeadFields.Typed.ToDictionary(field => field.ToString(), field => LeadFields.Read(lead, field)),
            Consent = LeadConsent.Of(lead),
            lead.CreatedAt,
            lead.UpdatedAt,
            lead.ArchivedAt,
            lead.ErasedAt,
            HubSpot = await db
                .LeadSyncs.Where(row => row.LeadId == lead.Id)
                .Select(row => new
                {
                    row.ContactId,
                    row.DealId,
                    row.ContactSnapshot,
                    row.DealSnapshot,
                })
                .SingleOrDefaultAsync(cancellationToken),
            Comments = await db
                .Comments.Where(row => row.LeadId == lead.Id)
                .OrderBy(row => row.CreatedAt)
                .Select(row => new
                {
                    row.CreatedAt,
                    row.AuthorName,
                    row.Body,
                    row.EditedAt,
                    row.DeletedAt,
                })
                .ToListAsync(cancellationToken),
            Activities = await db
                .Activities.Where(row => row.LeadId == lead.Id)
                .OrderBy(row => row.OccurredAt)
                .Select(row => new
                {
                    row.OccurredAt,
                    row.Kind,
                    row.Subject,
                    row.Body,
                    row.Direction,
                    row.Status,
                    row.OwnerName,
                    row.DeletedAt,
                })
                .ToListAsync(cancellationToken),
            FollowUps = await db
                .FollowUps.Where(row => row.LeadId == lead.Id)
                .OrderBy(row => row.DueAt)
                .Select(row => new
                {
                    row.DueAt,
                    row.Title,
                    row.Details,
                    row.DoneAt,
                    row.AuthorName,
                    row.DeletedAt,
                })
                .ToListAsync(cancellationToken),
            Events = await db
                .LeadEvents.Where(row => row.LeadId == lead.Id)
                .OrderBy(row => row.Id)
                .Select(row => new
                {
                    row.OccurredAt,
                    row.Kind,
                    row.Origin,
                    row.ActorName,
                    row.Changes,
                })
                .ToListAsync(cancellationToken),
            Conflicts = await db
                .SyncConflicts.Where(row => row.LeadId == lead.Id)
                .Select(row => new
                {
                    row.At,
                    row.Field,
                    row.Ours,
                    row.Theirs,
                })
                .ToListAsync(cancellationToken),
        };
}
