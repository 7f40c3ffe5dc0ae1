using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.Merging;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>A note, call, mail, meeting or task with the leads it belongs to.</summary>
/// <param name="Record">The record as read.</param>
/// <param name="LeadIds">The leads of its deals or contacts, also those that were merged into others.</param>
internal sealed record EngagementRead(HubSpotObject Record, IReadOnlyList<Guid> LeadIds)
{
    /// <summary>
    /// The same with the leads that they belong to now: what comes to a merged lead belongs to the one that stayed. Inside
    /// the caller's transaction, until the end of which no merge comes between.
    /// </summary>
    public static async Task<IReadOnlyList<EngagementRead>> SettledAsync(
        HubDbContext db,
        IReadOnlyList<EngagementRead> reads,
        CancellationToken cancellationToken
    )
    {
        var leadIds = reads.SelectMany(read => read.LeadIds).Distinct().ToList();
        var last = await MergedInto.LockedAsync(db, leadIds, cancellationToken);
        return
        [
            .. reads.Select(read =>
                read with
                {
                    LeadIds = [.. read.LeadIds.Where(last.ContainsKey).Select(id => last[id]).Distinct()],
                }
            ),
        ];
    }
}
