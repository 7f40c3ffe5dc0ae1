using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Mapping;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>A follow-up with what is known of its task.</summary>
internal sealed record KnownTask(FollowUp FollowUp, FollowUpSync Sync);

/// <summary>Takes HubSpot's tasks into follow-ups: new ones, changes and deletions.</summary>
internal sealed class FollowUpIntake(SyncSession session, LostTasks lostTasks)
{
    /// <summary>Takes up to a hundred tasks in one transaction.</summary>
    /// <param name="reads">The tasks.</param>
    /// <param name="origin">Import, which leaves the history alone, or HubSpot.</param>
    /// <param name="alongside">What to write in the same transaction.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>How many follow-ups are new or different.</returns>
    public async Task<int> TakeAsync(
        IReadOnlyList<EngagementRead> reads,
        ChangeOrigin origin,
        Func<HubDbContext, CancellationToken, Task>? alongside,
        CancellationToken cancellationToken
    )
    {
        var lost = await lostTasks.AmongAsync(reads, cancellationToken);
        return await session.WriteAsync(
            async (db, token) =>
            {
                var settled = await EngagementRead.SettledAsync(db, reads, token);
                var known = await KnownAsync(db, [.. settled.Select(read => read.Record.Id)], [.. lost.Values], token);
                var leadIds = settled
                    .SelectMany(read => read.LeadIds)
                    .Union(known.Select(task => task.FollowUp.LeadId))
                    .ToList();
                var leads = await db
                    .Leads.Where(lead => leadIds.Contains(lead.Id))
                    .ToDictionaryAsync(row => row.Id, token);
                foreach (var read in settled)
                {
                    var own = lost.TryGetValue(read.Record.Id, out var id) ? id : Guid.Empty;
                    var tied = known
                        .Where(task => task.Sync.TaskId == read.Record.Id || task.FollowUp.Id == own)
                        .ToList();
                    foreach (var task in tied)
                    {
                        task.Sync.TaskId = read.Record.Id;
                        Merge(db, leads[task.FollowUp.LeadId], task, read.Record);
                    }

                    foreach (var leadId in read.LeadIds.Except(tied.Select(task => task.FollowUp.LeadId)))
                    {
                        Add(db, leads[leadId], read.Record, origin);
                    }
                }

                await (alongside?.Invoke(db, token) ?? Task.CompletedTask);
                return db.Changed<FollowUp>();
            },
            cancellationToken
        );
    }

    /// <summary>Deletes the follow-ups of tasks that HubSpot no longer has; their text stays for the audit.</summary>
    public Task GoneAsync(IReadOnlyList<string> taskIds, CancellationToken cancellationToken) =>
        session.WriteAsync(
            async (db, token) =>
            {
                var rows = await (
                    from sync in db.FollowUpSyncs
                    join followUp in db.FollowUps on sync.FollowUpId equals followUp.Id
                    join lead in db.Leads on followUp.LeadId equals lead.Id

                    // Where we are deleting the task ourselves, its being gone is no news.
                    where sync.TaskId != null && taskIds.Contains(sync.TaskId) && sync.ArchivingSince == null
                    select new
                    {
                        FollowUp = followUp,
                        Sync = sync,
                        Lead = lead,
                    }
                ).ToListAsync(token);
                foreach (var row in rows)
                {
                    db.FollowUpSyncs.Remove(row.Sync);
                    if (row.FollowUp.DeletedAt is null)
                    {
                        row.FollowUp.DeletedAt = session.Now;
                        var change = new FieldChange(FollowUpFields.Title, row.FollowUp.Title, null);
                        session
                            .Recorder(session.Now)
                            .Record(db, row.Lead, LeadEventKind.FollowUpDeleted, [change], row.FollowUp.Id);
                    }
                }
            },
            cancellationToken
        );

    /// <summary>
    /// Merges a task as read into its follow-up, field by field: what changed on one side wins; what changed on both is
    /// HubSpot's, and our value stands in the lead's history. Inside the caller's transaction.
    /// </summary>
    /// <returns>Fields in which the task differs from the follow-up after that.</returns>
    public IReadOnlyList<string> Merge(HubDbContext db, Lead lead, KnownTask task, HubSpotObject record)
    {
        var (followUp, sync) = (task.FollowUp, task.Sync);
        var theirs = TaskValues.Of(record);
        if (followUp.DeletedAt is null)
        {
            var recorder = session.Recorder(record.UpdatedAt);
            var ours = TaskValues.Of(followUp);
            var values = TaskValues
                .Differences(ours, theirs)
                .Select(field => (Field: field, Outcome: Merge(sync.Agreed, field, ours, theirs)))
                .Where(field => !field.Outcome.Pushes)
                .Select(field => KeyValuePair.Create(field.Field, field.Outcome.Value));
            Record(db, lead, followUp, FollowUpFields.Write(followUp, values, recorder.At), recorder);
            followUp.OwnerName = OwnerOf(lead, record);
        }

        if (TaskValues.Differences(sync.Agreed, theirs).Count > 0)
        {
            (sync.Agreed, sync.SyncedAt) = (theirs, session.Now);
        }

        return TaskValues.Differences(TaskValues.Of(followUp), theirs);
    }

    private static Task<List<KnownTask>> KnownAsync(
        HubDbContext db,
        List<string> taskIds,
        List<Guid> lost,
        CancellationToken cancellationToken
    ) =>
        (
            from sync in db.FollowUpSyncs
            join followUp in db.FollowUps on sync.FollowUpId equals followUp.Id
            where (sync.TaskId != null && taskIds.Contains(sync.TaskId)) || lost.Contains(followUp.Id)
            select new KnownTask(followUp, sync)
        ).ToListAsync(cancellationToken);

    private static MergeOutcome Merge(
        Dictionary<string, string?> agreed,
        string field,
        Dictionary<string, string?> ours,
        Dictionary<string, string?> theirs
    ) =>
        ThreeWayMerge.Merge(
            MergeBase.Of(agreed.GetValueOrDefault(field)),
            ours[field],
            theirs[field],
            MergePolicy.HubSpotWins
        );

    private void Add(HubDbContext db, Lead lead, HubSpotObject record, ChangeOrigin origin)
    {
        var author = session.Map.Agents.ByOwner(record[EngagementType.Owner]);
        var name =
            author?.DisplayName ?? session.Map.Agents.OwnerName(record[EngagementType.Owner]) ?? LeadRecorder.HubSpot;
        var recorder = session.Recorder(record.UpdatedAt, origin);
        var theirs = TaskValues.Of(record);
        var followUp = new FollowUp
        {
            LeadId = lead.Id,
            Title = "",
            AuthorId = author?.Id,
            AuthorName = IncomingText.Cut(name, HubUser.DisplayNameLength)!,
            OwnerName = OwnerOf(lead, record),
            Origin = ChangeOrigin.HubSpot,
            CreatedAt = record.CreatedAt ?? session.Now,
        };
        FollowUpFields.Write(followUp, theirs, recorder.At);
        db.FollowUps.Add(followUp);
        db.FollowUpSyncs.Add(
            new FollowUpSync
            {
                FollowUpId = followUp.Id,
                TaskId = record.Id,
                Agreed = theirs,
                AgentId = lead.AgentId,
                SyncedAt = session.Now,
            }
        );

        // The first import brings months of tasks: pages show them, the history does not repeat them.
        if (origin is not ChangeOrigin.Import)
        {
            recorder.Record(db, lead, LeadEventKind.FollowUpAdded, FollowUpFields.New(followUp), followUp.Id);
        }
    }

    private static void Record(
        HubDbContext db,
        Lead lead,
        FollowUp followUp,
        IReadOnlyList<FieldChange> changes,
        LeadRecorder recorder
    )
    {
        var edits = changes.Where(change => change.Field != FollowUpFields.Done).ToList();
        if (edits.Count > 0)
        {
            recorder.Record(db, lead, LeadEventKind.FollowUpEdited, edits, followUp.Id);
        }

        if (edits.Count < changes.Count)
        {
            recorder.Record(
                db,
                lead,
                followUp.DoneAt is null ? LeadEventKind.FollowUpReopened : LeadEventKind.FollowUpDone,
                [FollowUpFields.Named(followUp)],
                followUp.Id
            );
        }
    }

    // Only a name that tells the reader something: another person's than the lead's agent's.
    private string? OwnerOf(Lead lead, HubSpotObject record)
    {
        var ownerId = record[EngagementType.Owner];
        return session.Map.Agents.ByOwner(ownerId)?.Id is { } owner && owner == lead.AgentId
            ? null
            : IncomingText.Cut(session.Map.Agents.OwnerName(ownerId), HubUser.DisplayNameLength);
    }
}
