using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.HubSpot.Mapping;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Outbox;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>Settles fields that were changed on both sides.</summary>
public sealed class ConflictService(HubDatabase database, SyncSignal signal, TimeProvider time)
{
    /// <summary>Brings back the value that lost; it then goes to HubSpot like any edit.</summary>
    /// <exception cref="NotFoundException">There is no such open conflict for the actor.</exception>
    /// <exception cref="ForbiddenException">It is about the agent, and agents do not hand leads on.</exception>
    public async Task RestoreAsync(Actor actor, Guid conflictId, CancellationToken cancellationToken)
    {
        await SettleAsync(
            actor,
            conflictId,
            async (db, recorder, lead, conflict, token) =>
            {
                await ApplyAsync(db, recorder, lead, conflict, token);
                await recorder.MarkForHubSpotAsync(db, OutboxKind.Lead, lead.Id, lead.Id, token);
            },
            cancellationToken
        );
        signal.Wake();
    }

    /// <summary>Lets the value that won stand.</summary>
    /// <exception cref="NotFoundException">There is no such open conflict for the actor.</exception>
    public Task SettleAsync(Actor actor, Guid conflictId, CancellationToken cancellationToken) =>
        SettleAsync(
            actor,
            conflictId,
            (db, recorder, lead, _, _) =>
            {
                // Nothing of the lead changes, but open pages show the conflict no longer.
                recorder.Record(db, lead, LeadEventKind.SyncStateChanged, []);
                return Task.CompletedTask;
            },
            cancellationToken
        );

    private Task SettleAsync(
        Actor actor,
        Guid conflictId,
        Func<HubDbContext, LeadRecorder, Lead, SyncConflict, CancellationToken, Task> act,
        CancellationToken cancellationToken
    ) =>
        database.InTransactionAsync(
            async (db, token) =>
            {
                var conflict = await db.SyncConflicts.SingleOrDefaultAsync(
                    row => row.Id == conflictId && row.SettledAt == null,
                    token
                );
                if (conflict is null)
                {
                    throw conflict is null
                        ? new NotFoundException("Conflict")
                        : NotFoundException.Hidden(actor, "Conflict", GuardedAct.ReachLead, leadId: conflict.LeadId);
                }

                var lead = await db.LeadToChangeAsync(actor, conflict.LeadId, token, evenMerged: true);
                conflict.SettledAt = time.GetUtcNow();
                var recorder = new LeadRecorder(actor, ChangeOrigin.Portal, time.GetUtcNow());
                await act(db, recorder, lead, conflict, token);
            },
            cancellationToken
        );

    private static async Task ApplyAsync(
        HubDbContext db,
        LeadRecorder recorder,
        Lead lead,
        SyncConflict conflict,
        CancellationToken cancellationToken
    )
    {
        var value = conflict.TheirsWon ? conflict.Ours : conflict.Theirs;
        switch (conflict.Field)
        {
            case BudgetField.FieldName:
                recorder.Edit(db, lead, BudgetField.EditsOf(value));
                break;
            case nameof(LeadField.Stage) when Guid.TryParse(value, out var stageId):
                if (await db.Stages.SingleOrDefaultAsync(stage => stage.Id == stageId, cancellationToken) is { } stage)
                {
                    recorder.Move(db, lead, stage);
                }

                break;
            case nameof(LeadField.Agent):
                if (recorder.Actor.Role is Role.Agent)
                {
                    throw ForbiddenException.For(recorder.Actor, GuardedAct.HandOverLead, leadId: lead.Id);
                }

                var agentId = Guid.TryParse(value, out var id) ? id : Guid.Empty;
                recorder.Transfer(
                    db,
                    lead,
                    await db.Users.SingleOrDefaultAsync(user => user.Id == agentId, cancellationToken)
                );
                break;
            default:
                recorder.Edit(db, lead, [new(Enum.Parse<LeadField>(conflict.Field), value)]);
                break;
        }
    }
}
