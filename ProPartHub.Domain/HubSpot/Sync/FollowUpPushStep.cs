using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Outbox;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>A follow-up that waits to be carried to HubSpot.</summary>
internal sealed record DueFollowUp(
    FollowUp FollowUp,
    FollowUpSync? Sync,
    Lead Lead,
    string DealId,
    string? ContactId,
    long Revision,
    int Attempts
);

/// <summary>
/// Carries follow-ups to HubSpot as tasks: new ones, changes and deletions. A follow-up waits for its lead's deal.
/// </summary>
internal sealed class FollowUpPushStep(
    SyncSession session,
    PushOutbox outbox,
    FollowUpIntake intake,
    LostTasks lostTasks,
    TaskWriter tasks
)
{
    // They go one by one or nearly so; few at a time lets the rest of the sync breathe.
    private const int Most = 20;

    /// <summary>Carries some of the due follow-ups.</summary>
    /// <returns>True when there were any.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var due = await DueAsync(cancellationToken);
        foreach (var one in due)
        {
            var mark = new PushMark(OutboxKind.FollowUp, one.FollowUp.Id, one.Lead, one.Revision, one.Attempts);
            await outbox.TryAsync(mark, token => CarryAsync(one, token), cancellationToken);
        }

        return due.Count > 0;
    }

    private async Task<List<DueFollowUp>> DueAsync(CancellationToken cancellationToken)
    {
        var now = session.Now;
        await using var db = await session.ReadAsync(cancellationToken);
        return await (
            from entry in db.Outbox
            where entry.Kind == OutboxKind.FollowUp && entry.ParkedAt == null && entry.DueAt <= now
            join followUp in db.FollowUps on entry.SubjectId equals followUp.Id
            join lead in db.Leads on entry.LeadId equals lead.Id
            join deal in db.LeadSyncs on entry.LeadId equals deal.LeadId
            where deal.DealId != null && deal.DeletedAt == null
            join known in db.FollowUpSyncs on followUp.Id equals known.FollowUpId into syncs
            from sync in syncs.DefaultIfEmpty()
            orderby entry.DueAt
            select new DueFollowUp(followUp, sync, lead, deal.DealId!, deal.ContactId, entry.Revision, entry.Attempts)
        )
            .Take(Most)
            .ToListAsync(cancellationToken);
    }

    private async Task CarryAsync(DueFollowUp due, CancellationToken cancellationToken)
    {
        // A row without a task: a create was sent and its answer lost. Ask before sending again.
        var taskId = due.Sync is { TaskId: null }
            ? await lostTasks.FindAsync(due.Sync, due.DealId, cancellationToken)
            : due.Sync?.TaskId;
        try
        {
            await CarryAsync(due, taskId, cancellationToken);
        }
        finally
        {
            session.Exchanged.Note(HubSpotObjectTypes.Tasks, taskId is null ? [] : [taskId]);
        }
    }

    private async Task CarryAsync(DueFollowUp due, string? taskId, CancellationToken cancellationToken)
    {
        var task = taskId is null ? null : await ReadAsync(taskId, cancellationToken);
        if (due.FollowUp.DeletedAt is not null)
        {
            await tasks.ArchiveAsync(due, task, cancellationToken);
        }
        else if (task is not null)
        {
            await UpdateAsync(due, task, cancellationToken);
        }
        else if (taskId is null || due.Sync?.ArchivingSince is not null)
        {
            // Never made; or deleted by us, and the deletion here was taken back.
            await tasks.CreateAsync(due, cancellationToken);
        }
        else if (session.IsOn(SyncPart.Inbound))
        {
            await GoneAsync(due, taskId, cancellationToken);
        }
        else
        {
            await HoldAsync(due, cancellationToken);
        }
    }

    private Task<HubSpotObject?> ReadAsync(string taskId, CancellationToken cancellationToken) =>
        session.Client.FindAsync(
            HubSpotObjectTypes.Tasks,
            taskId,
            EngagementType.Tasks.Properties,
            HubSpotPriority.Push,
            cancellationToken: cancellationToken
        );

    private async Task UpdateAsync(DueFollowUp due, HubSpotObject task, CancellationToken cancellationToken)
    {
        if (!session.IsOn(SyncPart.Inbound) && TaskValues.Differences(due.Sync!.Agreed, TaskValues.Of(task)).Count > 0)
        {
            await HoldAsync(due, cancellationToken);
            return;
        }

        var (followUp, fields) = await session.WriteAsync(
            async (db, token) =>
            {
                var present = await db.FollowUps.SingleAsync(row => row.Id == due.FollowUp.Id, token);
                var sync = await db.FollowUpSyncs.SingleAsync(row => row.FollowUpId == present.Id, token);
                var lead = await db.Leads.SingleAsync(row => row.Id == present.LeadId, token);
                (sync.TaskId, sync.ArchivingSince) = (task.Id, null);
                return (present, intake.Merge(db, lead, new KnownTask(present, sync), task));
            },
            cancellationToken
        );
        if (followUp.DeletedAt is not null)
        {
            // Deleted in this moment: its own mark tells so.
            return;
        }

        var properties = TaskValues.ToProperties(followUp, fields);
        if (due.Sync!.AgentId != due.Lead.AgentId)
        {
            tasks.AddOwner(properties, due);
        }

        if (properties.Count > 0)
        {
            await session.Client.UpdateAsync(
                HubSpotObjectTypes.Tasks,
                task.Id,
                properties,
                HubSpotPriority.Push,
                cancellationToken
            );
        }

        await tasks.ConfirmAsync(due, task.Id, TaskValues.Of(followUp), isNew: false, cancellationToken);
    }

    private async Task GoneAsync(DueFollowUp due, string taskId, CancellationToken cancellationToken)
    {
        // A task just recognised is not yet known by its id.
        await session.WriteAsync(
            (db, token) =>
                db
                    .FollowUpSyncs.Where(row => row.FollowUpId == due.FollowUp.Id)
                    .ExecuteUpdateAsync(row => row.SetProperty(sync => sync.TaskId, taskId), token),
            cancellationToken
        );
        await intake.GoneAsync([taskId], cancellationToken);
        await session.WriteAsync((db, token) => tasks.FinishAsync(db, due, token), cancellationToken);
    }

    private Task HoldAsync(DueFollowUp due, CancellationToken cancellationToken) =>
        outbox.HoldAsync(OutboxKind.FollowUp, [(due.FollowUp.Id, due.Revision)], cancellationToken);
}
