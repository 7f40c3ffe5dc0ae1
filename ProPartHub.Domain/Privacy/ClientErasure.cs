using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Privacy;

/// <summary>A lead that an erasure takes along.</summary>
/// <param name="Id">The lead.</param>
/// <param name="Number">Its number.</param>
/// <param name="ContactLink">Where HubSpot keeps the contact; null where it has none.</param>
/// <param name="DealLink">Where HubSpot keeps the deal; null where it has none.</param>
public sealed record ErasureLead(Guid Id, long Number, string? ContactLink, string? DealLink);

/// <summary>
/// Erases what is held about a client, here for good: values of the lead, comments, activities, follow-ups, values in its
/// history. That something happened, when and by whom stays. HubSpot is not touched: what it keeps is told, and its deal is
/// never taken in again.
/// </summary>
public sealed class ClientErasure(HubDatabase database, TimeProvider time)
{
    /// <summary>Longest reason, in characters.</summary>
    public const int ReasonLength = 300;

    /// <summary>The leads of the same client by phone or mail that an erasure takes along, and what stays in HubSpot.</summary>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    /// <exception cref="NotFoundException">There is no such lead.</exception>
    public async Task<IReadOnlyList<ErasureLead>> LeadsAsync(
        Actor actor,
        Guid leadId,
        CancellationToken cancellationToken
    )
    {
        RequireAdmin(actor, leadId);
        await using var db = await database.ReadAsync(cancellationToken);
        var lead =
            await db.Leads.SingleOrDefaultAsync(row => row.Id == leadId, cancellationToken)
            ?? throw new NotFoundException("Lead");
        var account = await db
            .HubSpotAccounts.Select(row => new { row.PortalId, row.UiDomain })
            .SingleOrDefaultAsync(cancellationToken);
        var rows = await db
            .Leads.OfClient(lead)
            .Where(row => row.ErasedAt == null)
            .OrderBy(row => row.Number)
            .LeftJoin(
                db.LeadSyncs,
                row => row.Id,
                sync => sync.LeadId,
                (row, sync) =>
                    new
                    {
                        row.Id,
                        row.Number,
                        ContactId = sync == null ? null : sync.ContactId,
                        DealId = sync == null ? null : sync.DealId,
                    }
            )
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(row => new ErasureLead(
                row.Id,
                row.Number,
                Link("0-1", row.ContactId),
                Link("0-3", row.DealId)
            )),
        ];

        string? Link(string type, string? id) =>
            id is null || account is null
                ? null
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"https://{account.UiDomain ?? "app.hubspot.com"}/contacts/{account.PortalId}/record/{type}/{id}"
                );
    }

    /// <summary>Erases the client of a lead.</summary>
    /// <param name="actor">An admin.</param>
    /// <param name="leadId">The lead.</param>
    /// <param name="typed">The lead's number as the admin typed it, to be sure: 10482 or L-10482.</param>
    /// <param name="reason">Why; goes on record, so it must not name the client.</param>
    /// <param name="shown">The leads that the admin was shown: others that came to be meanwhile are left alone.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ForbiddenException">The actor is no admin.</exception>
    /// <exception cref="InvalidInputException">The number is another, or the reason is missing or too long.</exception>
    /// <exception cref="NotFoundException">There is no such lead.</exception>
    public Task EraseAsync(
        Actor actor,
        Guid leadId,
        string typed,
        string reason,
        IReadOnlyCollection<Guid> shown,
        CancellationToken cancellationToken
    )
    {
        RequireAdmin(actor, leadId);
        var why = Checked(reason);
        return database.InTransactionAsync(
            async (db, token) =>
            {
                await AuditLock.TakeAsync(db, token);
                var lead =
                    await db.Leads.SingleOrDefaultAsync(row => row.Id == leadId, token)
                    ?? throw new NotFoundException("Lead");
                if (!IsNumber(typed, lead.Number))
                {
                    throw new InvalidInputException(nameof(Lead.Number), FieldErrorCode.UnknownOption);
                }

                var leads = await db.Leads.OfClient(lead).Where(row => row.ErasedAt == null).ToListAsync(token);
                foreach (var row in leads.Where(row => shown.Contains(row.Id)))
                {
                    await EraseAsync(db, actor, row, why, token);
                }
            },
            cancellationToken
        );
    }

    /// <summary>Erases one lead inside the caller's transaction, which holds <see cref="AuditLock"/>.</summary>
    internal async Task EraseAsync(
        HubDbContext db,
        Actor actor,
        Lead lead,
        string reason,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        var record = SecurityLog.AboutLead(
            SecurityEventKind.ClientErased,
            actor,
            time,
            lead.Id,
            ("lead", $"L-{lead.Number}"),
            ("reason", reason)
        );
        db.SecurityEvents.Add(record);
        await db.SaveChangesAsync(cancellationToken);
        await ForgetExchangeAsync(db, lead.Id, now, cancellationToken);
        await AuditErasure.EraseLeadAsync(db, lead.Id, record.Id, now, cancellationToken);
        await EraseTextsAsync(db, lead.Id, now, cancellationToken);
        EraseValues(lead, now);
        new LeadRecorder(actor, ChangeOrigin.Portal, now).Record(db, lead, LeadEventKind.Erased, []);
        await db.SaveChangesAsync(cancellationToken);
    }

    internal static void RequireAdmin(Actor actor, Guid leadId)
    {
        if (actor.Role is not Role.Admin)
        {
            throw ForbiddenException.For(actor, GuardedAct.HandleClientData, leadId: leadId);
        }
    }

    // What says nothing of a person stays for the figures: stage, budget, country, kind of property, source.
    private static void EraseValues(Lead lead, DateTimeOffset now)
    {
        lead.ClientName = $"L-{lead.Number}";
        (lead.Phone, lead.SecondPhone, lead.Email, lead.Company) = (null, null, null, null);
        (lead.Telegram, lead.Messenger, lead.BirthDate, lead.Notes) = (null, null, null, null);
        (lead.ConsentAt, lead.ConsentNote, lead.Attention) = (null, null, Attention.None);
        (lead.ErasedAt, lead.ArchivedAt) = (now, lead.ArchivedAt ?? now);
        lead.SearchText = SearchText.Of(lead);
    }

    private static async Task EraseTextsAsync(
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
            .Activities.Where(row => row.LeadId == leadId)
            .ExecuteUpdateAsync(
                row =>
                    row.SetProperty(activity => activity.Subject, (string?)null)
                        .SetProperty(activity => activity.Body, (string?)null)
                        .SetProperty(activity => activity.DeletedAt, now),
                cancellationToken
            );
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

    private static async Task ForgetExchangeAsync(
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
        await db.Outbox.Where(row => row.LeadId == leadId).ExecuteDeleteAsync(cancellationToken);
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

    private static bool IsNumber(string typed, long number)
    {
        var text = typed.Trim();
        var digits = text.StartsWith("L-", StringComparison.OrdinalIgnoreCase) ? text[2..] : text;
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var read) && read == number;
    }

    private static string Checked(string reason)
    {
        var text = reason.ReplaceLineEndings(" ").Trim();
        return text.Length == 0 ? throw new InvalidInputException(FieldChange.Reason, FieldErrorCode.Required)
            : text.Length > ReasonLength
                ? throw new InvalidInputException([
                    new FieldError(FieldChange.Reason, FieldErrorCode.TooLong, ReasonLength),
                ])
            : !ReadableText.Is(text)
                ? throw new InvalidInputException(FieldChange.Reason, FieldErrorCode.UnreadableText)
            : text;
    }
}
