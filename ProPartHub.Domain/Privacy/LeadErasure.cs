using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Contacts;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.Privacy;

/// <summary>What an erasure takes out of one lead, table by table, inside the caller's transaction.</summary>
internal static class LeadErasure
{
    /// <summary>Erases the lead's own values; what says nothing of a person stays for the figures.</summary>
    public static void EraseValues(Lead lead, DateTimeOffset now)
    {
        foreach (var field in LeadFields.Personal)
        {
            LeadFields.Write(lead, field, null);
        }

        lead.ClientName = $"L-{lead.Number}";
        (lead.ConsentAt, lead.ConsentWithdrawnAt) = (null, null);
        (lead.ConsentNote, lead.ConsentBy, lead.Attention) = (null, null, Attention.None);
        (lead.ErasedAt, lead.ArchivedAt) = (now, lead.ArchivedAt ?? now);
        lead.SearchText = SearchText.Of(lead);
    }

    /// <summary>Erases the texts of comments, calls, mails, meetings and follow-ups, which count as deleted, and
    /// takes the tags off.</summary>
    public static async Task EraseTextsAsync(
        HubDbContext db,
        Guid leadId,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        await db
            .Comments.Where(row => row.LeadId == leadId)
            .ExecuteUpdateAsync(
                row => row.SetProperty(comment => comment.Body, "").SetProperty(comment => comment.DeletedAt, now),
                cancellationToken
            );
        await db
            .CommentMentions.Where(row =>
                db.Comments.Any(comment => comment.Id == row.CommentId && comment.LeadId == leadId)
            )
            .ExecuteDeleteAsync(cancellationToken);
        // A row stays, without the name, until its file is gone: right after this transaction, or by the hourly clean-up.
        await db
            .CommentAttachments.Where(row => row.LeadId == leadId)
            .ExecuteUpdateAsync(
                row => row.SetProperty(file => file.Name, "").SetProperty(file => file.RemoveAt, now),
                cancellationToken
            );
        // Contents go with the sweep of files, as soon as nothing else refers to them.
        await db.Documents.Where(row => row.LeadId == leadId).ExecuteDeleteAsync(cancellationToken);
        await db.LeadTags.Where(row => row.LeadId == leadId).ExecuteDeleteAsync(cancellationToken);
        await db
            .Activities.Where(row => row.LeadId == leadId)
            .ExecuteUpdateAsync(
                row =>
                    row.SetProperty(activity => activity.Subject, (string?)null)
                        .SetProperty(activity => activity.Body, (string?)null)
                        .SetProperty(activity => activity.DeletedAt, now),
                cancellationToken
            );
        // What a merge wrote over are values of the client; without them it stands.
        await db
            .LeadMergings.Where(row => row.LoserId == leadId || row.SurvivorId == leadId)
            .ExecuteDeleteAsync(cancellationToken);
        await ForgetImportsAsync(db, leadId, cancellationToken);
        // Prints of what the former portal had of the client; the numbers stay, so that nobody is brought again.
        await db
            .LegacyIds.Where(row =>
                row.NewId == leadId || db.Comments.Any(comment => comment.Id == row.NewId && comment.LeadId == leadId)
            )
            .ExecuteUpdateAsync(
                row =>
                    row.SetProperty(id => id.Hash, "").SetProperty(id => id.Fields, new Dictionary<string, string>()),
                cancellationToken
            );
        // Who asked for the client typed the phone and wrote about the client.
        await db.ClaimRequests.Where(row => row.LeadId == leadId).ExecuteDeleteAsync(cancellationToken);
        await db
            .FollowUps.Where(row => row.LeadId == leadId)
            .ExecuteUpdateAsync(
                row =>
                    row.SetProperty(followUp => followUp.Title, "")
                        .SetProperty(followUp => followUp.Details, (string?)null)
                        .SetProperty(followUp => followUp.DeletedAt, now),
                cancellationToken
            );
    }

    /// <summary>
    /// Takes the client's contacts out of the mirror of HubSpot's, by the lead's own, its phones and its mail, and keeps their
    /// numbers, so that they are never taken in again. One on which another lead stands is left to that lead.
    /// </summary>
    public static async Task ForgetContactsAsync(
        HubDbContext db,
        Lead lead,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var found = await ContactsOf(db, lead).Select(row => row.Id).ToListAsync(cancellationToken);
        var own = await db
            .LeadSyncs.Where(row => row.LeadId == lead.Id && row.ContactId != null)
            .Select(row => row.ContactId!)
            .ToListAsync(cancellationToken);
        var ids = found.Union(own).ToList();
        var others = await db
            .LeadSyncs.Where(row => row.LeadId != lead.Id && ids.Contains(row.ContactId!))
            .Select(row => row.ContactId!)
            .ToListAsync(cancellationToken);
        ids = [.. ids.Except(others)];
        var known = await db
            .ErasedRecords.Where(row => row.ObjectType == HubSpotObjectTypes.Contacts && ids.Contains(row.HubSpotId))
            .Select(row => row.HubSpotId)
            .ToListAsync(cancellationToken);
        db.ErasedRecords.AddRange(
            ids.Except(known)
                .Select(id => new ErasedRecord
                {
                    ObjectType = HubSpotObjectTypes.Contacts,
                    HubSpotId = id,
                    LeadId = lead.Id,
                    ErasedAt = now,
                })
        );
        await db.MirroredContacts.Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken);
        await db.ContactReadings.Where(row => ids.Contains(row.ContactId)).ExecuteDeleteAsync(cancellationToken);
        await db.WebhookEvents.Where(row => ids.Contains(row.ObjectId!)).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>The mirrored contacts of a lead's client: the one it stands on, and those of the same phone or mail.</summary>
    public static IQueryable<MirroredContact> ContactsOf(HubDbContext db, Lead lead)
    {
        var (id, mail) = (lead.Id, lead.Email?.ToLowerInvariant());
        var phones = new[] { lead.Phone, lead.SecondPhone }.OfType<string>().ToList();
        var contacts = db
            .LeadSyncs.Where(row => row.LeadId == id && row.ContactId != null)
            .Select(row => row.ContactId!)
            .Union(db.MirroredPhones.Where(row => phones.Contains(row.E164!)).Select(row => row.ContactId))
            .Union(db.MirroredContacts.Where(row => mail != null && row.Email == mail).Select(row => row.Id));
        return db.MirroredContacts.Where(row => contacts.Contains(row.Id));
    }

    // Rows of the same client that were refused or left out have no lead of their own. A file that was not started yet goes
    // as a whole: its bytes hold the client too.
    private static async Task ForgetImportsAsync(HubDbContext db, Guid leadId, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            DELETE FROM lead_imports WHERE started_at IS NULL AND id IN (
                SELECT import_id FROM lead_import_rows WHERE lead_id = {leadId} OR keys && (
                    SELECT array_remove(ARRAY[phone, second_phone, email]::text[], NULL) FROM leads WHERE id = {leadId}
                )
            )
            """,
            cancellationToken
        );
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE lead_import_rows SET cells = NULL, keys = NULL, changes = NULL
            WHERE lead_id = {leadId} OR keys && (
                SELECT array_remove(ARRAY[phone, second_phone, email]::text[], NULL) FROM leads WHERE id = {leadId}
            )
            """,
            cancellationToken
        );
    }

    /// <summary>Forgets what the exchange knew; the deal's number stays, so that it is never taken in again.</summary>
    public static async Task ForgetExchangeAsync(
        HubDbContext db,
        Guid leadId,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var sync = await db
            .LeadSyncs.AsNoTracking()
            .SingleOrDefaultAsync(row => row.LeadId == leadId, cancellationToken);
        string[] records = [.. new[] { sync?.DealId, sync?.ContactId }.OfType<string>()];
        if (sync?.DealId is { } dealId)
        {
            db.ErasedRecords.Add(
                new ErasedRecord
                {
                    ObjectType = HubSpotObjectTypes.Deals,
                    HubSpotId = dealId,
                    LeadId = leadId,
                    ErasedAt = now,
                }
            );
        }

        await db.WebhookEvents.Where(row => records.Contains(row.ObjectId!)).ExecuteDeleteAsync(cancellationToken);
        // What moved here with a merge waits under the lead for which it was written.
        await db
            .Outbox.Where(row =>
                row.LeadId == leadId
                || db.Comments.Any(comment => comment.Id == row.SubjectId && comment.LeadId == leadId)
                || db.FollowUps.Any(item => item.Id == row.SubjectId && item.LeadId == leadId)
            )
            .ExecuteDeleteAsync(cancellationToken);
        await db.SyncConflicts.Where(row => row.LeadId == leadId).ExecuteDeleteAsync(cancellationToken);
        await db.LeadPreviews.Where(row => row.LeadId == leadId).ExecuteDeleteAsync(cancellationToken);
        await db
            .NoteSyncs.Where(row => db.Comments.Any(comment => comment.Id == row.CommentId && comment.LeadId == leadId))
            .ExecuteDeleteAsync(cancellationToken);
        await db
            .FollowUpSyncs.Where(row => db.FollowUps.Any(item => item.Id == row.FollowUpId && item.LeadId == leadId))
            .ExecuteDeleteAsync(cancellationToken);
        await db.LeadSyncs.Where(row => row.LeadId == leadId).ExecuteDeleteAsync(cancellationToken);
        await db
            .SyncLog.Where(row => row.LeadId == leadId)
            .ExecuteUpdateAsync(row => row.SetProperty(entry => entry.Detail, (string?)null), cancellationToken);
    }
}
