using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Mapping;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>Which of some deals belong to leads that exist: by HubSpot's id, else by our own id that the deal carries.</summary>
internal sealed class KnownDeals
{
    private readonly HubDbContext _db;
    private readonly Dictionary<Guid, Lead> _leads;
    private readonly Dictionary<Guid, LeadSync> _byLead;
    private readonly Dictionary<string, LeadSync> _byDeal;
    private readonly HashSet<string> _erased;

    private KnownDeals(HubDbContext db, Dictionary<Guid, Lead> leads, List<LeadSync> syncs, HashSet<string> erased)
    {
        (_db, _leads, _erased) = (db, leads, erased);
        _byLead = syncs.ToDictionary(sync => sync.LeadId);
        _byDeal = syncs.Where(sync => sync.DealId is not null).ToDictionary(sync => sync.DealId!);
    }

    /// <summary>Loads leads and what is known of them, tracked.</summary>
    public static async Task<KnownDeals> LoadAsync(
        HubDbContext db,
        IReadOnlyList<DealRead> deals,
        CancellationToken cancellationToken
    )
    {
        var dealIds = deals.Select(read => read.Deal.Id).ToList();
        var ownIds = deals.Select(read => LeadIdOf(read.Deal)).OfType<Guid>().ToList();
        var syncs = await db
            .LeadSyncs.Where(sync =>
                (sync.DealId != null && dealIds.Contains(sync.DealId)) || ownIds.Contains(sync.LeadId)
            )
            .ToListAsync(cancellationToken);
        var leadIds = syncs.Select(sync => sync.LeadId).Union(ownIds).ToList();
        // A first import asks for hundreds of pages of which nothing is known.
        var leads =
            leadIds.Count == 0
                ? []
                : await db
                    .Leads.Where(lead => leadIds.Contains(lead.Id))
                    .ToDictionaryAsync(lead => lead.Id, cancellationToken);
        var erased = await db
            .ErasedRecords.Where(row => row.ObjectType == HubSpotObjectTypes.Deals && dealIds.Contains(row.HubSpotId))
            .Select(row => row.HubSpotId)
            .ToHashSetAsync(cancellationToken);
        return new(db, leads, syncs, erased);
    }

    /// <summary>True for the deal of a client who was erased here, by HubSpot's id or by our own that it carries.</summary>
    public bool IsErased(HubSpotObject deal) =>
        _erased.Contains(deal.Id)
        || (LeadIdOf(deal) is { } leadId && _leads.TryGetValue(leadId, out var lead) && lead.ErasedAt is not null);

    /// <summary>The deal's lead and what is known of it; null for a deal that is new here.</summary>
    public (Lead Lead, LeadSync Sync)? Find(HubSpotObject deal)
    {
        if (_byDeal.TryGetValue(deal.Id, out var sync))
        {
            return (_leads[sync.LeadId], sync);
        }

        if (LeadIdOf(deal) is not { } leadId || !_leads.TryGetValue(leadId, out var lead))
        {
            return null;
        }

        if (!_byLead.TryGetValue(leadId, out sync))
        {
            sync = new LeadSync { LeadId = leadId };
            _db.LeadSyncs.Add(sync);
            _byLead[leadId] = sync;
        }

        // A deal that only carries a copy of the id is another deal.
        return sync.DealId is null ? (lead, sync) : null;
    }

    private static Guid? LeadIdOf(HubSpotObject deal) =>
        Guid.TryParse(deal[AccountSchema.LeadIdProperty], out var id) ? id : null;
}
