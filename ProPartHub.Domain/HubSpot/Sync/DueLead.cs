using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>A lead that waits to be carried to HubSpot.</summary>
/// <param name="Lead">The lead as it was read.</param>
/// <param name="Sync">What is known of it; null before its first push.</param>
/// <param name="Revision">The mark's revision: it is taken away only if no edit came after it was read.</param>
/// <param name="Attempts">Failed tries so far.</param>
internal sealed record DueLead(Lead Lead, LeadSync? Sync, long Revision, int Attempts)
{
    public Guid Id => Lead.Id;
}
