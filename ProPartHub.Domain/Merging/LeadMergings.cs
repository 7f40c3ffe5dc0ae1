using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Outbox;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Merging;

/// <summary>
/// Makes two leads of one client one: what hangs on the one moves to the other, and the one goes to the archive and shows
/// the way. Whoever may change both leads may do it: agents their own two, managers those of the team and the pool, admins
/// any. Both leads are locked in the order of their ids, so merges that cross wait for one another.
/// </summary>
public sealed partial class LeadMergings(HubDatabase database, DuplicateCheck duplicates, TimeProvider time)
{
    /// <summary>Merges a lead into another.</summary>
    /// <param name="actor">Who merges.</param>
    /// <param name="order">The leads, the chosen values, and what was seen.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False where a value of either lead is not what was seen any more; nothing is stored then.</returns>
    /// <exception cref="InvalidInputException">A value is neither lead's, values do not go together, a lead is archived, or
    /// somebody else's open lead holds the client by the phone that the survivor would get.</exception>
    /// <exception cref="NotFoundException">One of them is no lead for the actor.</exception>
    /// <exception cref="ClientErasedException">One of the clients was erased.</exception>
    /// <exception cref="LeadMergedException">One of the leads was merged already.</exception>
    public Task<bool> MergeAsync(Actor actor, MergeOrder order, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async (db, token) =>
            {
                var (survivor, loser) = await BothAsync(db, actor, order.SurvivorId, order.LoserId, token);
                if (survivor.ArchivedAt is not null || loser.ArchivedAt is not null)
                {
                    throw new InvalidInputException(FieldChange.OtherLead, FieldErrorCode.NotMergeable);
                }

                if (!IsAsSeen(survivor, order.SeenSurvivor) || !IsAsSeen(loser, order.SeenLoser))
                {
                    return false;
                }

                MergeChoice.Check(survivor, loser, order.Values);
                await MergeAsync(db, By(actor), survivor, loser, order.Values, token);
                return true;
            },
            cancellationToken
        );

    private async Task MergeAsync(
        HubDbContext db,
        LeadRecorder recorder,
        Lead survivor,
        Lead loser,
        IReadOnlyDictionary<LeadField, string?> values,
        CancellationToken cancellationToken
    )
    {
        var (before, phone) = (MergedMoments.Of(survivor), survivor.Phone);
        var changes = recorder.Edit(db, survivor, values);
        MergeChoice.CheckTogether(survivor);
        await ClaimPhoneAsync(db, recorder, survivor, phone, loser, cancellationToken);
        TakeMoments(survivor, loser);
        var moved = await MergedRecords.MoveAsync(db, loser, survivor, cancellationToken);
        var merging = new LeadMerging
        {
            LoserId = loser.Id,
            SurvivorId = survivor.Id,
            At = recorder.At,
            ByName = recorder.Actor.Name,
            Content = moved with
            {
                Values = changes.ToDictionary(change => Enum.Parse<LeadField>(change.Field), change => change.Before),
                Survivor = before,
                LoserAttention = loser.Attention,
                LoserAwaitsAssignment = loser.AwaitsAssignment,
            },
        };
        db.LeadMergings.Add(merging);
        (loser.ArchivedAt, loser.MergedIntoId) = (recorder.At, survivor.Id);
        // The two no longer share a phone as two leads; a third one may still.
        loser.Attention &= ~Attention.SharedPhone;
        survivor.Attention &= ~(Attention.SharedPhone | Attention.NoPhone | Attention.UnreadablePhone);
        survivor.Attention |= await PhoneAttentionAsync(db, survivor, loser.Id, cancellationToken);
        recorder.Record(db, loser, LeadEventKind.Merged, [Other(null, survivor)]);
        recorder.Record(db, survivor, LeadEventKind.MergedIn, [Other(null, loser)]);
        await TellHubSpotAsync(db, recorder, survivor, loser, cancellationToken);
        merging.LastEventId = await LastEventAsync(db, survivor.Id, loser.Id, cancellationToken);
    }

    // A phone that is new among open leads is registered by this merge as by an edit, and holds the client from now on.
    private async Task ClaimPhoneAsync(
        HubDbContext db,
        LeadRecorder recorder,
        Lead survivor,
        string? before,
        Lead loser,
        CancellationToken cancellationToken
    )
    {
        var wasOpen = loser.IsOpen && survivor.Phone == loser.Phone;
        if (survivor is not { IsOpen: true, Phone: { } phone } || phone == before || wasOpen)
        {
            return;
        }

        await duplicates.ClaimAsync(db, recorder.Actor, phone, survivor.Id, cancellationToken);
        await DuplicateCheck.MarkSharedAsync(db, recorder.At, phone, cancellationToken);
    }

    // The client was last worked with when either lead was. What the same agent answered there is answered here.
    private static void TakeMoments(Lead survivor, Lead loser)
    {
        survivor.WorkedAt = survivor.WorkedAt > loser.WorkedAt ? survivor.WorkedAt : loser.WorkedAt;
        if (survivor.AgentId == loser.AgentId)
        {
            survivor.AnsweredAt ??= loser.AnsweredAt;
        }

        // What the client said last counts, above all when it was a withdrawal.
        if (SaidAt(loser) is { } there && !(SaidAt(survivor) >= there))
        {
            (survivor.ConsentAt, survivor.ConsentWithdrawnAt) = (loser.ConsentAt, loser.ConsentWithdrawnAt);
            (survivor.ConsentNote, survivor.ConsentBy) = (loser.ConsentNote, loser.ConsentBy);
        }

        static DateTimeOffset? SaidAt(Lead lead) => lead.ConsentWithdrawnAt ?? lead.ConsentAt;
    }

    private static async Task<Attention> PhoneAttentionAsync(
        HubDbContext db,
        Lead survivor,
        Guid loserId,
        CancellationToken cancellationToken
    ) =>
        survivor.Phone is null ? Attention.NoPhone
        : !PhoneNumber.TryNormalise(survivor.Phone, out _) ? Attention.UnreadablePhone
        : survivor.IsOpen && await db.SharesPhoneAsync(survivor, loserId, cancellationToken) ? Attention.SharedPhone
        : Attention.None;

    // Both as an edit and an archiving are told today: values go there, the archive stays here, and no deal is deleted. Open
    // tasks of another agent's lead become the survivor's agent's.
    private static async Task TellHubSpotAsync(
        HubDbContext db,
        LeadRecorder recorder,
        Lead survivor,
        Lead loser,
        CancellationToken cancellationToken
    )
    {
        await recorder.MarkForHubSpotAsync(db, OutboxKind.Lead, survivor.Id, survivor.Id, cancellationToken);
        await recorder.MarkForHubSpotAsync(db, OutboxKind.Lead, loser.Id, loser.Id, cancellationToken);
        if (survivor.AgentId != loser.AgentId)
        {
            await recorder.MarkFollowUpsForHubSpotAsync(db, survivor.Id, cancellationToken);
            await recorder.MarkFollowUpsForHubSpotAsync(db, loser.Id, cancellationToken);
        }
    }

    private static bool IsAsSeen(Lead lead, LeadInput seen) =>
        LeadFields.Typed.All(field => LeadFields.Read((ILeadValues)lead, field) == LeadFields.Read(seen, field));

    private static async Task<(Lead Survivor, Lead Loser)> BothAsync(
        HubDbContext db,
        Actor actor,
        Guid survivorId,
        Guid loserId,
        CancellationToken cancellationToken,
        bool evenMerged = false
    )
    {
        if (survivorId == loserId)
        {
            await db.LeadToChangeAsync(actor, survivorId, cancellationToken, evenMerged);
            throw new InvalidInputException(FieldChange.OtherLead, FieldErrorCode.NotMergeable);
        }

        var leads = new Dictionary<Guid, Lead>();
        foreach (var id in new[] { survivorId, loserId }.Order())
        {
            leads[id] = await db.LeadToChangeAsync(actor, id, cancellationToken, evenMerged);
        }

        return (leads[survivorId], leads[loserId]);
    }

    private static Task<long> LastEventAsync(
        HubDbContext db,
        Guid one,
        Guid other,
        CancellationToken cancellationToken
    ) =>
        db
            .LeadEvents.Where(entry => entry.LeadId == one || entry.LeadId == other)
            .MaxAsync(entry => entry.Id, cancellationToken);

    private static FieldChange Other(Lead? before, Lead? after) =>
        new(FieldChange.OtherLead, Named(before), Named(after));

    private static string? Named(Lead? lead) => lead is null ? null : $"L-{lead.Number}";

    private LeadRecorder By(Actor actor) => new(actor, ChangeOrigin.Portal, time.GetUtcNow());
}
