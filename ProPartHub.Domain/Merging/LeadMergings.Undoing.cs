using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Merging;

/// <content>Taking a merge back, and what HubSpot changed in a merged lead since.</content>
public sealed partial class LeadMergings
{
    /// <summary>
    /// Puts back exactly what a merge moved and wrote over, while neither lead was changed since and for at most
    /// <see cref="LeadMerging.UndoWindow"/>.
    /// </summary>
    /// <param name="actor">Who takes back.</param>
    /// <param name="leadId">The lead that was merged into another.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidInputException">The merge stands, or another open lead has the phone by now.</exception>
    /// <exception cref="NotFoundException">One of the leads is none for the actor, or was not merged.</exception>
    /// <exception cref="ClientErasedException">One of the clients was erased.</exception>
    public Task UndoAsync(Actor actor, Guid leadId, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async (db, token) =>
            {
                await db.RequireVisibleLeadAsync(actor, leadId, token);
                var found =
                    await db.LeadMergings.AsNoTracking().SingleOrDefaultAsync(row => row.LoserId == leadId, token)
                    ?? throw new NotFoundException("Merge");
                var (survivor, loser) = await BothAsync(db, actor, found.SurvivorId, leadId, token, evenMerged: true);
                // Read again under the locks: somebody else may have taken it back meanwhile.
                var merging =
                    await db.LeadMergings.SingleOrDefaultAsync(row => row.LoserId == leadId, token)
                    ?? throw new NotFoundException("Merge");
                if (!await CanUndoAsync(db, merging, survivor, token))
                {
                    throw new InvalidInputException(FieldChange.OtherLead, FieldErrorCode.MergeStands);
                }

                var content = merging.Content;
                await RefuseTakenPhoneAsync(db, actor, merging, loser, loser.Phone, content.LoserAttention, token);
                if (content.Values.TryGetValue(LeadField.Phone, out var phone))
                {
                    var marked = content.Survivor?.Attention ?? Attention.None;
                    await RefuseTakenPhoneAsync(db, actor, merging, survivor, phone, marked, token);
                }

                await UndoAsync(db, By(actor), merging, survivor, loser, token);
            },
            cancellationToken
        );

    /// <summary>Notes that somebody has looked at what HubSpot changed in a merged lead.</summary>
    /// <param name="actor">Who looked.</param>
    /// <param name="leadId">The lead that was merged into another.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="NotFoundException">There is no such lead for the actor.</exception>
    /// <exception cref="ClientErasedException">The client was erased.</exception>
    public Task SettleAsync(Actor actor, Guid leadId, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async (db, token) =>
            {
                var lead = await db.LeadToChangeAsync(actor, leadId, token, evenMerged: true);
                var recorder = By(actor);
                if (!lead.Attention.HasFlag(Attention.ChangedAfterMerge))
                {
                    return;
                }

                recorder.Mark(db, lead, lead.Attention & ~Attention.ChangedAfterMerge);
                var last = await MergedInto.LastAsync(db, [leadId], token);
                if (last.TryGetValue(leadId, out var survivorId) && survivorId != leadId)
                {
                    var survivor = await db.Leads.SingleAsync(row => row.Id == survivorId, token);
                    recorder.Record(db, survivor, LeadEventKind.SyncStateChanged, []);
                }
            },
            cancellationToken
        );

    private static async Task UndoAsync(
        HubDbContext db,
        LeadRecorder recorder,
        LeadMerging merging,
        Lead survivor,
        Lead loser,
        CancellationToken cancellationToken
    )
    {
        var content = merging.Content;
        string?[] phones = [survivor.Phone, loser.Phone, content.Values.GetValueOrDefault(LeadField.Phone)];
        recorder.Edit(db, survivor, content.Values);
        await MergedRecords.MoveBackAsync(db, content, loser.Id, survivor.Id, cancellationToken);
        (loser.ArchivedAt, loser.MergedIntoId) = (null, null);
        (loser.Attention, loser.AwaitsAssignment) = (content.LoserAttention, content.LoserAwaitsAssignment);
        recorder.Record(db, loser, LeadEventKind.MergeUndone, [Other(survivor, null)]);
        recorder.Record(db, survivor, LeadEventKind.MergeUndone, [Other(loser, null)]);
        // After the events, which may count as work with the client.
        content.Survivor?.WriteTo(survivor);
        db.LeadMergings.Remove(merging);
        await TellHubSpotAsync(db, recorder, survivor, loser, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        // The merge may have registered a phone that a third lead has as well.
        await SharedPhoneMarks.SettleAsync(
            db,
            recorder.At,
            [.. phones.OfType<string>().Distinct()],
            [survivor.Id, loser.Id],
            cancellationToken
        );
    }

    private async Task<bool> CanUndoAsync(
        HubDbContext db,
        LeadMerging merging,
        Lead survivor,
        CancellationToken cancellationToken
    ) =>
        time.GetUtcNow() - merging.At < LeadMerging.UndoWindow
        && survivor is { MergedIntoId: null, ArchivedAt: null }
        && !await db.LeadEvents.AnyAsync(
            entry =>
                (entry.LeadId == merging.LoserId || entry.LeadId == merging.SurvivorId)
                && entry.Id > merging.LastEventId
                && !LeadMerging.Unchanging.Contains(entry.Kind),
            cancellationToken
        );

    // Somebody may have registered the client anew by a phone that the merge gave up.
    private static async Task RefuseTakenPhoneAsync(
        HubDbContext db,
        Actor actor,
        LeadMerging merging,
        Lead lead,
        string? phone,
        Attention attention,
        CancellationToken cancellationToken
    )
    {
        if (phone is null || lead.Status is LeadStatus.Won or LeadStatus.Lost)
        {
            return;
        }

        // A third lead that shared it before the merge is as it was.
        var wasShared = attention.HasFlag(Attention.SharedPhone);
        await DuplicateCheck.LockPhoneAsync(db, phone, cancellationToken);
        var other = await db.Suspects(new ClientMarks(lead.Id, [phone], null, null))
            .Where(row => row.Id != merging.SurvivorId && row.Id != merging.LoserId && row.Status < LeadStatus.Won)
            .Where(row => !wasShared || row.CreatedAt > merging.At)
            .OrderBy(row => row.Number)
            .Select(row => new
            {
                row.Id,
                row.AgentId,
                row.TeamId,
            })
            .FirstOrDefaultAsync(cancellationToken);
        if (other is not null)
        {
            var isOwn = actor.CanSee(other.AgentId, other.TeamId);
            throw new InvalidInputException([
                isOwn
                    ? new FieldError(nameof(LeadField.Phone), FieldErrorCode.DuplicateOwn, LeadId: other.Id)
                    : new FieldError(nameof(LeadField.Phone), FieldErrorCode.DuplicateForeign),
            ]);
        }
    }
}
