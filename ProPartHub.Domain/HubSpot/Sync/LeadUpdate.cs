using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Mapping;
using ProPartHub.Domain.Outbox;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>
/// Carries edits of leads that HubSpot has. It reads before it writes, so that a change made there a moment ago is merged
/// and not trodden on, and sends only properties that differ.
/// </summary>
internal sealed class LeadUpdate(
    SyncSession session,
    LeadIntake intake,
    DealFlow deals,
    ContactFlow contacts,
    ContactResolver resolver,
    PushOutbox outbox
)
{
    private readonly RecordSender _sender = new(session.Client);

    /// <summary>Carries up to a hundred leads.</summary>
    public async Task RunAsync(IReadOnlyList<DueLead> due, CancellationToken cancellationToken)
    {
        if (session.IsOn(SyncPart.Contacts))
        {
            await resolver.TieAsync(due, cancellationToken);
        }

        var dealIds = due.Select(lead => lead.Sync!.DealId!).ToList();
        var dealRead = await ReadAsync(HubSpotObjectTypes.Deals, dealIds, cancellationToken);
        await deals.SettleAsync(dealRead, cancellationToken);
        var contactIds = due.Select(lead => lead.Sync!.ContactId).OfType<string>().Distinct().ToList();
        var contactRead = await ReadAsync(HubSpotObjectTypes.Contacts, contactIds, cancellationToken);
        await contacts.ForgetAsync(contactRead.Missing, cancellationToken);

        // Deals that went under in a merge have another id now; they are carried in the next round.
        var live = dealRead
            .Found.Where(pair => pair.Key == pair.Value.Id)
            .ToDictionary(pair => pair.Key, pair => pair.Value);
        var compared = await intake.ReconcileAsync(
            [.. due.Select(lead => lead.Id)],
            live,
            contactRead.Found,
            cancellationToken
        );
        var contactChanges = new SharedContacts();
        var pushes = due.Select(lead => compared.GetValueOrDefault(lead.Id))
            .OfType<LeadPush>()
            .Where(contactChanges.TryAdd)
            .ToDictionary(push => push.LeadId);
        var sentContacts = await _sender.UpdateAsync(
            HubSpotObjectTypes.Contacts,
            contactChanges.Changes,
            cancellationToken
        );
        var sentDeals = await _sender.UpdateAsync(
            HubSpotObjectTypes.Deals,
            pushes.Values.ToDictionary(push => push.DealId, push => push.ChangesOf(HubSpotObjectTypes.Deals)),
            cancellationToken
        );
        await ConfirmAsync(due, pushes, sentContacts, sentDeals, cancellationToken);
    }

    private Task<HubSpotBatchRead> ReadAsync(string type, List<string> ids, CancellationToken cancellationToken) =>
        ids.Count == 0
            ? Task.FromResult(new HubSpotBatchRead(new Dictionary<string, HubSpotObject>(), [], []))
            : session.Client.ReadBatchAsync(
                type,
                ids,
                type == HubSpotObjectTypes.Deals ? session.Map.DealProperties : session.Map.ContactProperties,
                HubSpotPriority.Push,
                cancellationToken: cancellationToken
            );

    private Task ConfirmAsync(
        IReadOnlyList<DueLead> due,
        IReadOnlyDictionary<Guid, LeadPush> pushes,
        Dictionary<string, SentRecord> sentContacts,
        Dictionary<string, SentRecord> sentDeals,
        CancellationToken cancellationToken
    ) =>
        session.WriteAsync(
            async (db, token) =>
            {
                var ids = pushes.Keys.ToList();
                var syncs = await db
                    .LeadSyncs.Where(row => ids.Contains(row.LeadId))
                    .ToDictionaryAsync(row => row.LeadId, token);
                foreach (var lead in due.Where(lead => pushes.ContainsKey(lead.Id)))
                {
                    var push = pushes[lead.Id];
                    var sync = syncs[lead.Id];
                    var outcome = new PushOutcome(session.Map, push)
                    {
                        Contact = push.ContactId is null ? null : sentContacts.GetValueOrDefault(push.ContactId),
                        Deal = sentDeals.GetValueOrDefault(push.DealId),
                    };
                    outcome.Store(sync, session.Now);
                    if (outcome.Told.Count > 0)
                    {
                        db.Out(session.Now, lead.Id, SyncJournal.DealUpdated, string.Join(", ", outcome.Told));
                    }

                    if (outcome.Words is { } words)
                    {
                        await outbox.ParkAsync(db, OutboxKind.Lead, lead.Id, lead.Lead, lead.Revision, words, token);
                    }
                    else if (push.HoldsMore)
                    {
                        await outbox.HoldAsync(db, OutboxKind.Lead, lead.Id, lead.Revision, token);
                    }
                    else if (outcome.IsComplete)
                    {
                        await outbox.DoneAsync(db, lead.Lead, lead.Revision, token);
                    }
                }
            },
            cancellationToken
        );
}
