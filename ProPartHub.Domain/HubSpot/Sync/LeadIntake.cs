using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Mapping;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>A deal as read, with its contact.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="ContactId">The contact the deal is tied to, if any.</param>
/// <param name="Contact">That contact's values; null where there is none or it vanished meanwhile.</param>
internal sealed record DealRead(HubSpotObject Deal, string? ContactId, HubSpotObject? Contact);

/// <summary>Takes HubSpot's records into leads: new deals become leads, known ones are merged field by field.</summary>
internal sealed class LeadIntake(SyncSession session)
{
    private LeadMap Map => session.Map;

    /// <summary>Takes up to a hundred deals in one transaction.</summary>
    /// <param name="deals">The deals.</param>
    /// <param name="origin">Import or HubSpot.</param>
    /// <param name="alongside">What to write in the same transaction.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>How many leads were made or changed.</returns>
    public Task<int> TakeDealsAsync(
        IReadOnlyList<DealRead> deals,
        ChangeOrigin origin,
        Func<HubDbContext, CancellationToken, Task>? alongside,
        CancellationToken cancellationToken
    ) =>
        session.WriteAsync(
            async (db, token) =>
            {
                var known = await KnownDeals.LoadAsync(db, deals, token);
                var present = await StagesAndPeople.LoadAsync(db, token);
                var writer = new LeadWriter(session, db, present);
                var newcomers = new LeadFromDeal(session, db, present);
                var pairs = deals.Select(PairOf).ToList();
                var shared = await newcomers.SharedPhonesAsync(pairs.Select(PhoneOf), token);
                var touched = 0;
                foreach (var (read, theirs) in deals.Zip(pairs).Where(pair => !known.IsErased(pair.First.Deal)))
                {
                    if (known.Find(read.Deal) is not var (lead, sync))
                    {
                        if (session.IsOn(SyncParts.WholeLead))
                        {
                            newcomers.Create(read, theirs, origin, shared);
                            touched++;
                        }

                        continue;
                    }

                    if (sync.DealId is null)
                    {
                        // Ours, found again: made by a call whose answer was lost.
                        (sync.DealId, sync.CreatingSince) = (read.Deal.Id, null);
                        db.In(session.Now, lead.Id, SyncJournal.DealAdopted, read.Deal.Id);
                    }

                    touched += await writer.MergeAsync(lead, sync, theirs, read, origin, token) ? 1 : 0;
                }

                await (alongside?.Invoke(db, token) ?? Task.CompletedTask);
                return touched;
            },
            cancellationToken
        );

    /// <summary>Takes changed contacts into the leads that stand on them; contacts without a lead are no business of ours.</summary>
    /// <returns>How many leads changed.</returns>
    public Task<int> TakeContactsAsync(
        IReadOnlyDictionary<string, HubSpotObject> contacts,
        CancellationToken cancellationToken
    ) =>
        session.WriteAsync(
            async (db, token) =>
            {
                var ids = contacts.Keys.ToList();
                var syncs = await db
                    .LeadSyncs.Where(sync => sync.ContactId != null && ids.Contains(sync.ContactId))
                    .ToListAsync(token);
                var leadIds = syncs.ConvertAll(sync => sync.LeadId);
                var leads = await db
                    .Leads.Where(lead => leadIds.Contains(lead.Id))
                    .ToDictionaryAsync(row => row.Id, token);
                var writer = new LeadWriter(session, db, await StagesAndPeople.LoadAsync(db, token));
                var touched = 0;
                foreach (var sync in syncs)
                {
                    var contact = contacts[sync.ContactId!];
                    if (contact.Id != sync.ContactId)
                    {
                        db.In(session.Now, sync.LeadId, SyncJournal.ContactMerged, contact.Id);
                        sync.ContactId = contact.Id;
                    }

                    var theirs = new RecordPair(Snapshot(contact), sync.DealSnapshot);
                    touched += await writer.MergeAsync(leads[sync.LeadId], sync, theirs, contact, token) ? 1 : 0;
                }

                return touched;
            },
            cancellationToken
        );

    /// <summary>
    /// Compares leads with what was just read and gives what HubSpot has yet to be told of each; HubSpot's own changes are
    /// taken on the way.
    /// </summary>
    public Task<IReadOnlyDictionary<Guid, LeadPush>> ReconcileAsync(
        IReadOnlyCollection<Guid> leadIds,
        IReadOnlyDictionary<string, HubSpotObject> deals,
        IReadOnlyDictionary<string, HubSpotObject> contacts,
        CancellationToken cancellationToken
    ) =>
        session.WriteAsync<IReadOnlyDictionary<Guid, LeadPush>>(
            async (db, token) =>
            {
                var syncs = await db.LeadSyncs.Where(sync => leadIds.Contains(sync.LeadId)).ToListAsync(token);
                var leads = await db
                    .Leads.Where(lead => leadIds.Contains(lead.Id))
                    .ToDictionaryAsync(row => row.Id, token);
                var writer = new LeadWriter(session, db, await StagesAndPeople.LoadAsync(db, token));
                var pushes = new Dictionary<Guid, LeadPush>();
                foreach (var sync in syncs.Where(sync => sync.DealId is not null && deals.ContainsKey(sync.DealId)))
                {
                    var deal = deals[sync.DealId!];
                    var contact = sync.ContactId is null ? null : contacts.GetValueOrDefault(sync.ContactId);
                    var theirs = new RecordPair(
                        contact is null ? sync.ContactSnapshot : Snapshot(contact),
                        Map.Snapshot(HubSpotObjectTypes.Deals, deal)
                    );
                    await writer.MergeAsync(leads[sync.LeadId], sync, theirs, deal, token);
                    var merge = new LeadMerge(Map, leads[sync.LeadId], sync, theirs, session.Off);
                    pushes[sync.LeadId] = new LeadPush(
                        sync.LeadId,
                        sync.DealId!,
                        sync.ContactId,
                        merge.Outgoing,
                        merge.HoldsOurs
                    );
                }

                return pushes;
            },
            cancellationToken
        );

    private Dictionary<string, string?> Snapshot(HubSpotObject contact) =>
        Map.Snapshot(HubSpotObjectTypes.Contacts, contact);

    private RecordPair PairOf(DealRead read) =>
        new(
            read.Contact is null ? RecordPair.Empty.Contact : Snapshot(read.Contact),
            Map.Snapshot(HubSpotObjectTypes.Deals, read.Deal)
        );

    private string? PhoneOf(RecordPair theirs)
    {
        var phone = Map.Fields.FirstOrDefault(field => field.Name == nameof(LeadField.Phone));
        return phone?.Theirs(theirs, phone.Properties.ToHashSet(), null);
    }
}
