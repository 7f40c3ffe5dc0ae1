using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.Merging;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>
/// Finds tasks of ours whose create was sent and never answered. The time that we gave such a task stands in HubSpot's
/// history of the property, so the task is known however people changed it since.
/// </summary>
internal sealed class LostTasks(SyncSession session)
{
    // HubSpot's pages are shorter with history.
    private const int BatchSize = 50;

    /// <summary>The task of a follow-up whose create was not answered; null if it was not carried out.</summary>
    public async Task<string?> FindAsync(FollowUpSync lost, string dealId, CancellationToken cancellationToken)
    {
        var ties = await session.Client.ReadAssociationsAsync(
            HubSpotObjectTypes.Deals,
            HubSpotObjectTypes.Tasks,
            [dealId],
            HubSpotPriority.Push,
            cancellationToken
        );
        var found = await MatchAsync(
            [.. ties[dealId].Select(tie => tie.ToId)],
            [lost],
            HubSpotPriority.Push,
            cancellationToken
        );
        return found.Keys.FirstOrDefault();
    }

    /// <summary>Which of these tasks are of follow-ups whose create was not answered: follow-up by task.</summary>
    public async Task<IReadOnlyDictionary<string, Guid>> AmongAsync(
        IReadOnlyList<EngagementRead> reads,
        CancellationToken cancellationToken
    )
    {
        await using var db = await session.ReadAsync(cancellationToken);
        // A follow-up goes with a merge, and comes back when that is taken back meanwhile.
        var last = await MergedInto.LastAsync(db, reads.SelectMany(read => read.LeadIds), cancellationToken);
        var leadIds = last.Keys.Union(last.Values).ToList();
        var lost = await (
            from sync in db.FollowUpSyncs
            join followUp in db.FollowUps on sync.FollowUpId equals followUp.Id
            where sync.TaskId == null && leadIds.Contains(followUp.LeadId)
            select new { Sync = sync, followUp.LeadId }
        ).ToListAsync(cancellationToken);
        if (lost.Count == 0)
        {
            return new Dictionary<string, Guid>();
        }

        var leads = lost.Select(row => row.LeadId).ToHashSet();
        return await MatchAsync(
            [.. reads.Where(read => read.LeadIds.Any(IsAmong)).Select(read => read.Record.Id)],
            lost.ConvertAll(row => row.Sync),
            HubSpotPriority.Changes,
            cancellationToken
        );

        bool IsAmong(Guid id) => leads.Contains(id) || (last.TryGetValue(id, out var end) && leads.Contains(end));
    }

    private async Task<Dictionary<string, Guid>> MatchAsync(
        IReadOnlyList<string> taskIds,
        IReadOnlyList<FollowUpSync> lost,
        HubSpotPriority priority,
        CancellationToken cancellationToken
    )
    {
        await using var db = await session.ReadAsync(cancellationToken);
        var taken = await db
            .FollowUpSyncs.Where(sync => sync.TaskId != null && taskIds.Contains(sync.TaskId))
            .Select(sync => sync.TaskId!)
            .ToListAsync(cancellationToken);
        var found = new Dictionary<string, Guid>();
        foreach (var ids in taskIds.Except(taken).Chunk(BatchSize))
        {
            var read = await session.Client.ReadBatchAsync(
                HubSpotObjectTypes.Tasks,
                ids,
                [],
                priority,
                withHistory: [EngagementType.Time],
                cancellationToken: cancellationToken
            );
            foreach (var task in read.Found.Values)
            {
                var stamps = StampsOf(task);
                if (
                    lost.FirstOrDefault(sync =>
                        sync.Stamp is { } stamp && stamps.Contains(stamp) && !found.ContainsValue(sync.FollowUpId)
                    ) is
                    { } own
                )
                {
                    found[task.Id] = own.FollowUpId;
                }
            }
        }

        return found;
    }

    private static HashSet<DateTimeOffset> StampsOf(HubSpotObject task) =>
        [
            .. task
                .PropertiesWithHistory.GetValueOrDefault(EngagementType.Time, [])
                .Select(version => HubSpotTime.Parse(version.Value))
                .OfType<DateTimeOffset>(),
        ];
}
