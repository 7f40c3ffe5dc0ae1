using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.Outbox;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>
/// Makes and deletes the tasks of follow-ups. What is about to be sent is stored first, so that a lost answer is no second
/// task and no deletion by somebody else.
/// </summary>
internal sealed class TaskWriter(SyncSession session, PushOutbox outbox)
{
    private const string TaskType = "hs_task_type";

    /// <summary>Makes the task, tied to deal and contact in the same call.</summary>
    public async Task CreateAsync(DueFollowUp due, CancellationToken cancellationToken)
    {
        var values = TaskValues.Of(due.FollowUp);
        await session.WriteAsync(
            async (db, token) =>
            {
                var sync = await db.FollowUpSyncs.SingleOrDefaultAsync(row => row.FollowUpId == due.FollowUp.Id, token);
                sync ??= db.FollowUpSyncs.Add(new FollowUpSync { FollowUpId = due.FollowUp.Id }).Entity;
                (sync.TaskId, sync.ArchivingSince, sync.Agreed) = (null, null, values);
                (sync.AgentId, sync.Stamp, sync.SyncedAt) = (
                    due.Lead.AgentId,
                    TaskValues.StampOf(due.FollowUp),
                    session.Now
                );
            },
            cancellationToken
        );
        var properties = TaskValues.ToProperties(due.FollowUp, FollowUpFields.All);
        properties[TaskType] = "TODO";
        AddOwner(properties, due);
        List<HubSpotAssociationTarget> ties =
        [
            new(due.DealId, HubSpotAssociationTypes.ActivityToDeal(HubSpotObjectTypes.Tasks)),
        ];
        if (due.ContactId is not null)
        {
            ties.Add(new(due.ContactId, HubSpotAssociationTypes.ActivityToContact(HubSpotObjectTypes.Tasks)));
        }

        var task = await session.Client.CreateAsync(
            HubSpotObjectTypes.Tasks,
            properties,
            ties,
            HubSpotPriority.Push,
            cancellationToken
        );
        await ConfirmAsync(due, task.Id, values, isNew: true, cancellationToken);
    }

    /// <summary>
    /// Deletes the task, if there is one. What was written there since the last exchange was never seen here: it goes into
    /// the history before it goes.
    /// </summary>
    public async Task ArchiveAsync(DueFollowUp due, HubSpotObject? task, CancellationToken cancellationToken)
    {
        if (task is not null)
        {
            await session.WriteAsync(
                async (db, token) =>
                {
                    var sync = await db.FollowUpSyncs.SingleAsync(row => row.FollowUpId == due.FollowUp.Id, token);
                    (sync.TaskId, sync.ArchivingSince) = (task.Id, session.Now);
                    var theirs = TaskValues.Of(task);
                    var unseen = TaskValues
                        .Differences(sync.Agreed, theirs)
                        .Select(field => new FieldChange(field, sync.Agreed.GetValueOrDefault(field), theirs[field]))
                        .ToList();
                    if (unseen.Count > 0)
                    {
                        var lead = await db.Leads.SingleAsync(row => row.Id == due.Lead.Id, token);
                        session
                            .Recorder(task.UpdatedAt)
                            .Record(db, lead, LeadEventKind.FollowUpEdited, unseen, due.FollowUp.Id);
                        sync.Agreed = theirs;
                    }
                },
                cancellationToken
            );
            await session.Client.ArchiveAsync(
                HubSpotObjectTypes.Tasks,
                task.Id,
                HubSpotPriority.Push,
                cancellationToken
            );
        }

        await session.WriteAsync(
            async (db, token) =>
            {
                await db.FollowUpSyncs.Where(row => row.FollowUpId == due.FollowUp.Id).ExecuteDeleteAsync(token);
                await FinishAsync(db, due, token);
            },
            cancellationToken
        );
    }

    /// <summary>Stores that the task has these values, and takes the mark away unless an edit came meanwhile.</summary>
    public Task ConfirmAsync(
        DueFollowUp due,
        string taskId,
        Dictionary<string, string?> sent,
        bool isNew,
        CancellationToken cancellationToken
    ) =>
        session.WriteAsync(
            async (db, token) =>
            {
                if (isNew)
                {
                    db.Out(session.Now, due.Lead.Id, SyncJournal.TaskCreated, taskId);
                }

                var sync = await db.FollowUpSyncs.SingleAsync(row => row.FollowUpId == due.FollowUp.Id, token);
                (sync.TaskId, sync.Agreed, sync.AgentId, sync.SyncedAt) = (taskId, sent, due.Lead.AgentId, session.Now);
                await FinishAsync(db, due, token);
            },
            cancellationToken
        );

    /// <summary>Takes the mark away unless an edit came meanwhile, and tells browsers. Inside the caller's transaction.</summary>
    public Task<int> FinishAsync(HubDbContext db, DueFollowUp due, CancellationToken cancellationToken)
    {
        outbox.Tell(db, due.Lead);
        return PushOutbox
            .Entry(db, OutboxKind.FollowUp, due.FollowUp.Id, due.Revision)
            .ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Adds whose task it is: the lead agent's, where HubSpot knows that person.</summary>
    public void AddOwner(Dictionary<string, string?> properties, DueFollowUp due)
    {
        if (due.Lead.AgentId is { } agent && session.Map.Agents.Find(agent)?.HubSpotOwnerId is { } owner)
        {
            properties[EngagementType.Owner] = owner;
        }
    }
}
