using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Mapping;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>Finds deals that an earlier try may have made without our learning of it.</summary>
internal sealed class LostDeals(SyncSession session)
{
    // HubSpot's clock and ours need not agree to the second.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(2);

    /// <summary>By our own unique property, which HubSpot answers at once.</summary>
    public async Task<IReadOnlyDictionary<Guid, HubSpotObject>> ByLeadIdAsync(
        IReadOnlyList<DueLead> leads,
        HubSpotPriority priority,
        CancellationToken cancellationToken
    )
    {
        var tried = leads.Where(lead => lead.Sync?.CreatingSince is not null).ToList();
        if (tried.Count == 0)
        {
            return new Dictionary<Guid, HubSpotObject>();
        }

        var found = await session.Client.FindManyByAsync(
            HubSpotObjectTypes.Deals,
            AccountSchema.LeadIdProperty,
            tried.ConvertAll(lead => lead.Id.ToString()),
            ["dealname"],
            priority,
            cancellationToken
        );
        return tried
            .Where(lead => found.ContainsKey(lead.Id.ToString()))
            .ToDictionary(lead => lead.Id, lead => found[lead.Id.ToString()]);
    }

    /// <summary>
    /// Without that property: a deal of the client's contact, of the same name, made since we tried, that is no other
    /// lead's. Ties, unlike search, do not lag.
    /// </summary>
    public async Task<IReadOnlyDictionary<Guid, HubSpotObject>> ByContactAsync(
        IReadOnlyList<DueLead> leads,
        IReadOnlyDictionary<Guid, HubSpotObject> contacts,
        HubSpotPriority priority,
        CancellationToken cancellationToken
    )
    {
        var lost = new Dictionary<Guid, HubSpotObject>();
        foreach (var lead in leads.Where(lead => lead.Sync?.CreatingSince is not null && contacts.ContainsKey(lead.Id)))
        {
            var contactId = contacts[lead.Id].Id;
            var ties = await session.Client.ReadAssociationsAsync(
                HubSpotObjectTypes.Contacts,
                HubSpotObjectTypes.Deals,
                [contactId],
                priority,
                cancellationToken
            );
            var ids = await UnknownAsync([.. ties[contactId].Select(tie => tie.ToId)], cancellationToken);
            foreach (var few in ids.Chunk(HubSpotClient.BatchSize))
            {
                var read = await session.Client.ReadBatchAsync(
                    HubSpotObjectTypes.Deals,
                    few,
                    ["dealname", "createdate"],
                    priority,
                    cancellationToken: cancellationToken
                );
                var name = lead.Sync!.DealSnapshot.GetValueOrDefault("dealname");
                var match = read.Found.Values.FirstOrDefault(deal =>
                    deal["dealname"]?.Trim() == name
                    && HubSpotTime.Parse(deal["createdate"]) >= lead.Sync.CreatingSince - ClockSkew
                    && lost.Values.All(other => other.Id != deal.Id)
                );
                if (match is not null)
                {
                    lost[lead.Id] = match;
                }
            }
        }

        return lost;
    }

    /// <summary>Stores that these deals are these leads'.</summary>
    public Task AdoptAsync(IReadOnlyDictionary<Guid, HubSpotObject> found, CancellationToken cancellationToken) =>
        session.WriteAsync(
            async (db, token) =>
            {
                foreach (var (leadId, deal) in found)
                {
                    var sync = await db.LeadSyncs.SingleAsync(row => row.LeadId == leadId, token);
                    (sync.DealId, sync.CreatingSince) = (deal.Id, null);
                    db.Out(session.Now, leadId, SyncJournal.DealAdopted, deal.Id);
                }
            },
            cancellationToken
        );

    private async Task<List<string>> UnknownAsync(List<string> dealIds, CancellationToken cancellationToken)
    {
        await using var db = await session.ReadAsync(cancellationToken);
        var known = await db
            .LeadSyncs.Where(sync => sync.DealId != null && dealIds.Contains(sync.DealId))
            .Select(sync => sync.DealId!)
            .ToListAsync(cancellationToken);
        return [.. dealIds.Except(known)];
    }
}
