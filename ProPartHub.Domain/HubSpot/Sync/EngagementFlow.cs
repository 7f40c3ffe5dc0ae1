using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>Reads engagements with the leads they belong to and takes them in.</summary>
internal sealed class EngagementFlow(
    SyncSession session,
    NoteIntake notes,
    FollowUpIntake followUps,
    ActivityIntake activities
)
{
    /// <summary>Reads engagements of one kind again by id.</summary>
    public async Task ReadAgainAsync(EngagementType kind, IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        foreach (var few in ids.Distinct().Chunk(HubSpotClient.BatchSize))
        {
            try
            {
                await ReadSomeAgainAsync(kind, few, cancellationToken);
            }
            finally
            {
                session.Exchanged.Note(kind.Type, few);
            }
        }
    }

    /// <summary>Takes a page of a walk through all records, which list their deals and contacts themselves.</summary>
    /// <param name="kind">What they are.</param>
    /// <param name="records">Up to a hundred.</param>
    /// <param name="origin">Import or HubSpot.</param>
    /// <param name="alongside">What to write in the same transaction.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>How many comments, follow-ups or activities are new or different.</returns>
    public Task<int> TakePageAsync(
        EngagementType kind,
        IReadOnlyList<HubSpotObject> records,
        ChangeOrigin origin,
        Func<HubDbContext, CancellationToken, Task>? alongside,
        CancellationToken cancellationToken
    ) =>
        TakeAsync(
            kind,
            records,
            records.ToDictionary(record => record.Id, record => record.AssociatedIds(HubSpotObjectTypes.Deals)),
            records.ToDictionary(record => record.Id, record => record.AssociatedIds(HubSpotObjectTypes.Contacts)),
            origin,
            alongside,
            cancellationToken
        );

    private async Task ReadSomeAgainAsync(EngagementType kind, string[] ids, CancellationToken cancellationToken)
    {
        var read = await session.Client.ReadBatchAsync(
            kind.Type,
            ids,
            kind.Properties,
            HubSpotPriority.Changes,
            cancellationToken: cancellationToken
        );
        await GoneAsync(kind, read.Missing, cancellationToken);
        var records = read.Found.Values.DistinctBy(record => record.Id).ToList();
        if (records.Count > 0)
        {
            var deals = await TiesAsync(kind, HubSpotObjectTypes.Deals, records, cancellationToken);
            var contacts = await TiesAsync(kind, HubSpotObjectTypes.Contacts, records, cancellationToken);
            await TakeAsync(kind, records, deals, contacts, ChangeOrigin.HubSpot, alongside: null, cancellationToken);
        }
    }

    private Task GoneAsync(EngagementType kind, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        ids.Count == 0 ? Task.CompletedTask
        : kind.Kind is { } activity ? activities.GoneAsync(activity, ids, cancellationToken)
        : kind == EngagementType.Tasks ? followUps.GoneAsync(ids, cancellationToken)
        : notes.GoneAsync(ids, cancellationToken);

    private async Task<int> TakeAsync(
        EngagementType kind,
        IReadOnlyList<HubSpotObject> records,
        IReadOnlyDictionary<string, IReadOnlyList<string>> dealIds,
        IReadOnlyDictionary<string, IReadOnlyList<string>> contactIds,
        ChangeOrigin origin,
        Func<HubDbContext, CancellationToken, Task>? alongside,
        CancellationToken cancellationToken
    )
    {
        var deals = dealIds.Values.SelectMany(ids => ids).Distinct().ToList();
        var contacts = contactIds.Values.SelectMany(ids => ids).Distinct().ToList();
        await using var db = await session.ReadAsync(cancellationToken);
        var syncs = await db
            .LeadSyncs.Where(sync =>
                (sync.DealId != null && deals.Contains(sync.DealId))
                || (sync.ContactId != null && contacts.Contains(sync.ContactId))
            )
            .Select(sync => new
            {
                sync.LeadId,
                sync.DealId,
                sync.ContactId,
            })
            .ToListAsync(cancellationToken);
        var byDeal = syncs.Where(sync => sync.DealId is not null).ToLookup(sync => sync.DealId!, sync => sync.LeadId);
        var byContact = syncs
            .Where(sync => sync.ContactId is not null)
            .ToLookup(sync => sync.ContactId!, sync => sync.LeadId);

        // What is tied to a deal belongs to that deal; what is tied to the client alone, to each of the client's deals.
        IReadOnlyList<Guid> LeadsOf(HubSpotObject record)
        {
            var own = dealIds.GetValueOrDefault(record.Id, []).SelectMany(id => byDeal[id]).Distinct().ToList();
            return own.Count > 0 || dealIds.GetValueOrDefault(record.Id, []).Count > 0
                ? own
                : [.. contactIds.GetValueOrDefault(record.Id, []).SelectMany(id => byContact[id]).Distinct()];
        }

        var reads = records.Select(record => new EngagementRead(record, LeadsOf(record))).ToList();
        return await (
            kind.Kind is not null ? activities.TakeAsync(kind, reads, origin, alongside, cancellationToken)
            : kind == EngagementType.Tasks ? followUps.TakeAsync(reads, origin, alongside, cancellationToken)
            : notes.TakeAsync(reads, origin, alongside, cancellationToken)
        );
    }

    private async Task<Dictionary<string, IReadOnlyList<string>>> TiesAsync(
        EngagementType kind,
        string type,
        List<HubSpotObject> records,
        CancellationToken cancellationToken
    )
    {
        var ties = await session.Client.ReadAssociationsAsync(
            kind.Type,
            type,
            records.ConvertAll(record => record.Id),
            HubSpotPriority.Changes,
            cancellationToken
        );
        return ties.ToDictionary(tie => tie.Key, tie => (IReadOnlyList<string>)[.. tie.Value.Select(to => to.ToId)]);
    }
}
