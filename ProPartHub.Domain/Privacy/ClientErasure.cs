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
public sealed class ClientErasure(HubDatabase database, AttachmentSweep attachments, TimeProvider time)
{
    /// <summary>Longest reason, in characters.</summary>
    public const int ReasonLength = 300;

    /// <summary>The leads of the same client, by phone, mail or a merge, that an erasure takes along, and what stays in HubSpot.</summary>
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
        var lead = await db.VisibleLeadAsync(actor, leadId, cancellationToken);
        var account = await db.HubSpotAccounts.SingleOrDefaultAsync(cancellationToken);
        var leads = await db.ClientLeadsAsync(lead, cancellationToken);
        var rows = await leads
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
        var (portal, host, isSandbox) = (account?.PortalId, account?.UiDomain, account?.IsSandbox is true);
        return
        [
            .. rows.Select(row => new ErasureLead(
                row.Id,
                row.Number,
                HubSpotRecordAddress.OfContact(portal, host, isSandbox, row.ContactId),
                HubSpotRecordAddress.OfDeal(portal, host, isSandbox, row.DealId)
            )),
        ];
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
    /// <exception cref="ClientErasedException">The client was erased already.</exception>
    public async Task EraseAsync(
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
        await database.InTransactionAsync(
            async (db, token) =>
            {
                await AuditLock.TakeAsync(db, token);
                var lead = await db.LeadToChangeAsync(actor, leadId, token, evenMerged: true);
                if (!IsNumber(typed, lead.Number))
                {
                    throw new InvalidInputException(nameof(Lead.Number), FieldErrorCode.UnknownOption);
                }

                var leads = await db.ClientLeadsAsync(lead, token);
                foreach (
                    var row in await leads
                        .Where(row => row.ErasedAt == null && shown.Contains(row.Id))
                        .ToListAsync(token)
                )
                {
                    await EraseAsync(db, actor, row, why, token);
                }
            },
            cancellationToken
        );
        try
        {
            await attachments.RunAsync(CancellationToken.None);
        }
        catch (Exception exception) when (DatabaseOutage.MayPass(exception))
        {
            // The client is erased all the same; the files follow with the hourly clean-up.
        }
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
        // Who is about to add a comment has added it by now, so that it is erased as well, or is refused afterwards.
        await db.LockLeadAsync(lead.Id, cancellationToken);
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
        await LeadErasure.ForgetContactsAsync(db, lead, now, cancellationToken);
        await LeadErasure.ForgetExchangeAsync(db, lead.Id, now, cancellationToken);
        await AuditErasure.EraseLeadAsync(db, lead.Id, record.Id, now, cancellationToken);
        await LeadErasure.EraseTextsAsync(db, lead.Id, now, cancellationToken);
        LeadErasure.EraseValues(lead, now);
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
