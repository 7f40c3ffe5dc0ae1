using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Outbox;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>A lead that waits for its deal to be made.</summary>
internal sealed record WaitingLead
{
    /// <summary>The mark.</summary>
    public required OutboxEntry Entry { get; init; }

    /// <summary>The lead.</summary>
    public required Lead Lead { get; init; }

    /// <summary>What an earlier try left.</summary>
    public LeadSync? Sync { get; init; }

    /// <summary>What would become of it; null where that has not been worked out for the lead as it is.</summary>
    public LeadPreview? Preview { get; init; }
}

/// <summary>Leads that wait for their deals to be made.</summary>
internal static class WaitingLeads
{
    /// <summary>All of them, each beside its preview.</summary>
    /// <param name="db">The context.</param>
    /// <param name="off">Parts that are off; a preview worked out for others counts for nothing.</param>
    public static IQueryable<WaitingLead> Of(HubDbContext db, SyncPart off)
    {
        var others = off & ~SyncPart.Outbound;
        return from entry in db.Outbox
            where entry.Kind == OutboxKind.Lead && entry.ParkedAt == null
            join lead in db.Leads on entry.SubjectId equals lead.Id
            join sync in db.LeadSyncs on lead.Id equals sync.LeadId into known
            from sync in known.DefaultIfEmpty()
            where sync == null || sync.DealId == null
            join preview in db.LeadPreviews.Where(row => row.SwitchedOff == others)
                on new { LeadId = lead.Id, entry.Revision } equals new { preview.LeadId, preview.Revision }
                into worked
            from preview in worked.DefaultIfEmpty()
            select new WaitingLead
            {
                Entry = entry,
                Lead = lead,
                Sync = sync,
                Preview = preview,
            };
    }
}
