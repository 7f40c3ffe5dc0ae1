using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Merging;

/// <summary>
/// Remembers which leads look as if they were about one client and are not. Whoever may change both leads may say so; it
/// holds for everybody, for both leads, until it is taken back.
/// </summary>
public sealed class ClientPairs(HubDatabase database, TimeProvider time)
{
    /// <summary>Says that two leads are about two clients.</summary>
    /// <exception cref="Errors.NotFoundException">One of them is no lead for the actor.</exception>
    /// <exception cref="Errors.ClientErasedException">One of the clients was erased.</exception>
    /// <exception cref="Errors.LeadMergedException">One of the leads was merged into another.</exception>
    public Task TellApartAsync(Actor actor, Guid leadId, Guid otherId, CancellationToken cancellationToken) =>
        SetAsync(actor, leadId, otherId, areApart: true, cancellationToken);

    /// <summary>Takes that back.</summary>
    /// <inheritdoc cref="TellApartAsync"/>
    public Task TakeBackAsync(Actor actor, Guid leadId, Guid otherId, CancellationToken cancellationToken) =>
        SetAsync(actor, leadId, otherId, areApart: false, cancellationToken);

    private Task SetAsync(Actor actor, Guid leadId, Guid otherId, bool areApart, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async (db, token) =>
            {
                var (first, second) = DistinctClients.InOrder(leadId, otherId);
                var one = await db.LeadToChangeAsync(actor, first, token);
                var other = await db.LeadToChangeAsync(actor, second, token);
                var recorder = new LeadRecorder(actor, ChangeOrigin.Portal, time.GetUtcNow());
                var pair = await db.DistinctClients.SingleOrDefaultAsync(
                    row => row.FirstId == first && row.SecondId == second,
                    token
                );
                if (first == second || pair is not null == areApart)
                {
                    return;
                }

                if (pair is null)
                {
                    db.DistinctClients.Add(
                        new DistinctClients
                        {
                            FirstId = first,
                            SecondId = second,
                            At = recorder.At,
                            ByName = actor.Name,
                        }
                    );
                }
                else
                {
                    db.DistinctClients.Remove(pair);
                }

                Record(db, recorder, one, other, areApart);
                Record(db, recorder, other, one, areApart);
                await db.SaveChangesAsync(token);
                await SettleAsync(db, recorder, one, token);
                await SettleAsync(db, recorder, other, token);
            },
            cancellationToken
        );

    private static void Record(HubDbContext db, LeadRecorder recorder, Lead lead, Lead other, bool areApart) =>
        recorder.Record(
            db,
            lead,
            areApart ? LeadEventKind.ToldApart : LeadEventKind.ToldApartUndone,
            [new FieldChange(FieldChange.OtherLead, null, $"L-{other.Number}")]
        );

    // The mark of a shared phone is settled with the last lead that shares it, and comes back with it.
    private static async Task SettleAsync(
        HubDbContext db,
        LeadRecorder recorder,
        Lead lead,
        CancellationToken cancellationToken
    )
    {
        var isShared = lead.IsOpen && await db.SharesPhoneAsync(lead, Guid.Empty, cancellationToken);
        var attention = isShared ? lead.Attention | Attention.SharedPhone : lead.Attention & ~Attention.SharedPhone;
        if (attention != lead.Attention)
        {
            recorder.Mark(db, lead, attention);
        }
    }
}
