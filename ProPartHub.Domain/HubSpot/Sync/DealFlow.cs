using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Mapping;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Outbox;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>Reads deals with their contacts and takes them in, whatever made us look: import, poll, webhook or push.</summary>
internal sealed class DealFlow(SyncSession session, LeadIntake intake, AccountRefresh refresh)
{
    /// <summary>Reads deals again by id; those that are gone or were merged are dealt with too.</summary>
    /// <returns>How many leads were made or changed.</returns>
    public async Task<int> ReadAgainAsync(IEnumerable<string> dealIds, CancellationToken cancellationToken)
    {
        var touched = 0;
        foreach (var ids in dealIds.Distinct().Chunk(HubSpotClient.BatchSize))
        {
            try
            {
                touched += await ReadSomeAgainAsync(ids, cancellationToken);
            }
            finally
            {
                session.Exchanged.Note(HubSpotObjectTypes.Deals, ids);
            }
        }

        return touched;
    }

    /// <summary>Reads the contacts of deals already read.</summary>
    public async Task<IReadOnlyList<DealRead>> WithContactsAsync(
        IReadOnlyList<HubSpotObject> deals,
        IReadOnlyDictionary<string, IReadOnlyList<string>> contactIds,
        HubSpotPriority priority,
        CancellationToken cancellationToken
    )
    {
        var chosen = await ChooseAsync(deals, contactIds, cancellationToken);
        var contacts = await ContactsAsync(chosen.Values, priority, cancellationToken);
        return
        [
            .. deals.Select(deal =>
            {
                var contactId = chosen.GetValueOrDefault(deal.Id);
                var contact = contactId is null ? null : contacts.GetValueOrDefault(contactId);
                return new DealRead(deal, contact?.Id ?? contactId, contact);
            }),
        ];
    }

    /// <summary>Takes deals with their contacts in.</summary>
    /// <param name="reads">Up to a hundred.</param>
    /// <param name="origin">Import or HubSpot.</param>
    /// <param name="alongside">What to write in the same transaction.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>How many leads were made or changed.</returns>
    public async Task<int> TakeAsync(
        IReadOnlyList<DealRead> reads,
        ChangeOrigin origin,
        Func<HubDbContext, CancellationToken, Task>? alongside,
        CancellationToken cancellationToken
    )
    {
        if (reads.Any(read => IsStageUnknown(read.Deal)))
        {
            await refresh.SeekStagesAsync(cancellationToken);
        }

        return await intake.TakeDealsAsync(reads, origin, alongside, cancellationToken);
    }

    // Only what tells the stage: the whole snapshot of every deal is made later, and once is dear enough.
    private bool IsStageUnknown(HubSpotObject deal) =>
        session.Map.Stage.IsUnknown(
            RecordPair.Empty with
            {
                Deal = session.Map.Stage.Properties.ToDictionary(
                    property => property.Name,
                    property => session.Map.Normalise(property, deal[property.Name])
                ),
            }
        );

    private async Task<int> ReadSomeAgainAsync(string[] ids, CancellationToken cancellationToken)
    {
        var read = await session.Client.ReadBatchAsync(
            HubSpotObjectTypes.Deals,
            ids,
            session.Map.DealProperties,
            HubSpotPriority.Changes,
            cancellationToken: cancellationToken
        );
        await SettleAsync(read, cancellationToken);
        var deals = read.Found.Values.DistinctBy(deal => deal.Id).ToList();
        if (deals.Count == 0)
        {
            return 0;
        }

        var ties = await session.Client.ReadAssociationsAsync(
            HubSpotObjectTypes.Deals,
            HubSpotObjectTypes.Contacts,
            [.. deals.Select(deal => deal.Id)],
            HubSpotPriority.Changes,
            cancellationToken
        );
        var contactIds = ties.ToDictionary(
            tie => tie.Key,
            tie => (IReadOnlyList<string>)[.. tie.Value.Select(to => to.ToId)]
        );
        var reads = await WithContactsAsync(deals, contactIds, HubSpotPriority.Changes, cancellationToken);
        return await TakeAsync(reads, ChangeOrigin.HubSpot, alongside: null, cancellationToken);
    }

    /// <summary>Deals with what a batch read says beyond values: records that went under in a merge, and missing ones.</summary>
    public async Task SettleAsync(HubSpotBatchRead read, CancellationToken cancellationToken)
    {
        var merged = read
            .Found.Where(pair => pair.Key != pair.Value.Id)
            .ToDictionary(pair => pair.Key, pair => pair.Value.Id);
        if (merged.Count == 0 && read.Missing.Count == 0)
        {
            return;
        }

        // The survivor is what goes on under another's id: a page read before it knew of the merge must not undo it.
        session.Exchanged.Note(HubSpotObjectTypes.Deals, merged.Values);
        var ids = merged.Keys.Concat(merged.Values).Concat(read.Missing).ToList();
        await session.WriteAsync(
            async (db, token) =>
            {
                var rows = await (
                    from sync in db.LeadSyncs
                    join lead in db.Leads on sync.LeadId equals lead.Id
                    where sync.DealId != null && ids.Contains(sync.DealId)
                    orderby lead.Number
                    select new { Lead = lead, Sync = sync }
                ).ToListAsync(token);
                var writer = new LeadWriter(session, db, await StagesAndPeople.LoadAsync(db, token));
                var taken = rows.Select(row => row.Sync.DealId!).Except(merged.Keys).ToHashSet();
                foreach (var row in rows)
                {
                    if (!merged.TryGetValue(row.Sync.DealId!, out var survivor))
                    {
                        if (read.Missing.Contains(row.Sync.DealId!))
                        {
                            writer.MarkDeleted(row.Lead, row.Sync);
                            await ForgetPushAsync(db, row.Lead.Id, token);
                        }

                        continue;
                    }

                    db.In(session.Now, row.Lead.Id, SyncJournal.DealMerged, survivor);
                    if (taken.Add(survivor))
                    {
                        row.Sync.DealId = survivor;
                    }
                    else
                    {
                        // Two leads, one deal: the other lead goes on with it, this one stays as a record.
                        writer.MarkDeleted(row.Lead, row.Sync);
                        await ForgetPushAsync(db, row.Lead.Id, token);
                    }
                }
            },
            cancellationToken
        );
    }

    private static Task<int> ForgetPushAsync(HubDbContext db, Guid leadId, CancellationToken cancellationToken) =>
        db
            .Outbox.Where(entry => entry.Kind == OutboxKind.Lead && entry.SubjectId == leadId)
            .ExecuteDeleteAsync(cancellationToken);

    // A deal may have several contacts: the one already known stays the lead's, else the first.
    private async Task<Dictionary<string, string>> ChooseAsync(
        IReadOnlyList<HubSpotObject> deals,
        IReadOnlyDictionary<string, IReadOnlyList<string>> contactIds,
        CancellationToken cancellationToken
    )
    {
        var ids = deals.Select(deal => deal.Id).ToList();
        await using var db = await session.ReadAsync(cancellationToken);
        var known = await db
            .LeadSyncs.Where(sync => sync.DealId != null && ids.Contains(sync.DealId) && sync.ContactId != null)
            .ToDictionaryAsync(sync => sync.DealId!, sync => sync.ContactId!, cancellationToken);
        var chosen = new Dictionary<string, string>();
        foreach (var id in ids)
        {
            if (contactIds.GetValueOrDefault(id) is { Count: > 0 } of)
            {
                chosen[id] = known.TryGetValue(id, out var before) && of.Contains(before) ? before : of[0];
            }
        }

        return chosen;
    }

    private async Task<Dictionary<string, HubSpotObject>> ContactsAsync(
        IEnumerable<string> ids,
        HubSpotPriority priority,
        CancellationToken cancellationToken
    )
    {
        var found = new Dictionary<string, HubSpotObject>();
        foreach (var chunk in ids.Distinct().Chunk(HubSpotClient.BatchSize))
        {
            var read = await session.Client.ReadBatchAsync(
                HubSpotObjectTypes.Contacts,
                chunk,
                session.Map.ContactProperties,
                priority,
                cancellationToken: cancellationToken
            );
            foreach (var (id, contact) in read.Found)
            {
                found[id] = contact;
            }
        }

        return found;
    }
}
