using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Leads;

/// <content>From stage to stage and from agent to agent.</content>
public sealed partial class LeadService
{
    /// <summary>Moves a lead to a stage.</summary>
    /// <param name="actor">Who moves.</param>
    /// <param name="leadId">The lead.</param>
    /// <param name="stageId">The stage, of any pipeline that HubSpot still has.</param>
    /// <param name="refusalReason">Required for a stage that means lost, unless the lead has a reason already.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Where the lead stood, to take the move back.</returns>
    /// <exception cref="InvalidInputException">The stage is unknown or removed, or a reason is missing.</exception>
    /// <exception cref="NotFoundException">There is no such lead for the actor.</exception>
    /// <exception cref="ClientErasedException">The client was erased.</exception>
    public Task<LeadPlace> MoveAsync(
        Actor actor,
        Guid leadId,
        Guid stageId,
        string? refusalReason,
        CancellationToken cancellationToken
    ) =>
        WriteAsync(
            actor,
            leadId,
            (db, lead, recorder, token) => MovedAsync(db, lead, recorder, stageId, refusalReason, token),
            cancellationToken
        );

    /// <summary>Takes a move back, with the reason that it may have brought; somebody's later move stays.</summary>
    /// <param name="actor">Who moved.</param>
    /// <param name="leadId">The lead.</param>
    /// <param name="before">Where the lead stood before the move.</param>
    /// <param name="movedTo">The stage it was moved to.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when the lead stands in another stage by now; nothing is changed then.</returns>
    /// <inheritdoc cref="MoveAsync" path="/exception"/>
    public Task<bool> TakeMoveBackAsync(
        Actor actor,
        Guid leadId,
        LeadPlace before,
        Guid movedTo,
        CancellationToken cancellationToken
    ) =>
        WriteAsync(
            actor,
            leadId,
            async (db, lead, recorder, token) =>
            {
                if (lead.StageId != movedTo)
                {
                    return false;
                }

                await PutBackAsync(db, lead, recorder, before, token);
                return true;
            },
            cancellationToken
        );

    /// <summary>Hands a lead to another agent or, with null, back to the pool. Managers within the team and from the
    /// pool; admins always.</summary>
    /// <param name="actor">Who hands over.</param>
    /// <param name="leadId">The lead.</param>
    /// <param name="agentId">The new agent, or null for the pool.</param>
    /// <param name="reason">Why, for the lead's history: one line of at most <see cref="LeadLimits.TransferReason"/>
    /// characters, or null.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidInputException">The reason is too long or unreadable.</exception>
    /// <exception cref="ForbiddenException">The actor is an agent, or the agent is outside the actor's team.</exception>
    /// <exception cref="NotFoundException">There is no such lead for the actor.</exception>
    /// <exception cref="ClientErasedException">The client was erased.</exception>
    public Task TransferAsync(
        Actor actor,
        Guid leadId,
        Guid? agentId,
        string? reason,
        CancellationToken cancellationToken
    )
    {
        RequireMayTransfer(actor, leadId);
        var said = CheckedReason(reason);
        return WriteAsync(
            actor,
            leadId,
            async (db, lead, recorder, token) =>
            {
                await GiveToAsync(db, lead, recorder, agentId, said, token);
                return true;
            },
            cancellationToken
        );
    }

    private static void RequireMayTransfer(Actor actor, Guid leadId)
    {
        if (actor.Role is Role.Agent)
        {
            throw ForbiddenException.For(actor, GuardedAct.HandOverLead, leadId: leadId);
        }
    }

    private async Task<LeadPlace> MovedAsync(
        HubDbContext db,
        Lead lead,
        LeadRecorder recorder,
        Guid stageId,
        string? refusalReason,
        CancellationToken cancellationToken
    )
    {
        var before = new LeadPlace(lead.StageId, lead.RefusalReason);
        await PutInStageAsync(db, lead, recorder, stageId, refusalReason, cancellationToken);
        return before;
    }

    private async Task PutInStageAsync(
        HubDbContext db,
        Lead lead,
        LeadRecorder recorder,
        Guid stageId,
        string? refusalReason,
        CancellationToken cancellationToken
    )
    {
        var stage =
            await db.Stages.SingleOrDefaultAsync(row => row.Id == stageId && row.RemovedAt == null, cancellationToken)
            ?? throw new InvalidInputException(nameof(LeadField.Stage), FieldErrorCode.UnknownOption);
        if (stage.Status is LeadStatus.Lost)
        {
            GiveReason(db, lead, recorder, refusalReason);
        }

        recorder.Move(db, lead, stage);
        lead.Attention &= ~Attention.UnknownStage;
    }

    // The reason is judged first: nothing of a lead that is refused may be changed.
    private async Task PutBackAsync(
        HubDbContext db,
        Lead lead,
        LeadRecorder recorder,
        LeadPlace before,
        CancellationToken cancellationToken
    )
    {
        var reason = LeadInput.From(lead) with { RefusalReason = before.RefusalReason };
        if (reason.RefusalReason != lead.RefusalReason)
        {
            Refuse(validator.Check(reason, new HashSet<LeadField> { LeadField.RefusalReason }));
        }

        await PutInStageAsync(db, lead, recorder, before.StageId, before.RefusalReason, cancellationToken);
        if (reason.RefusalReason != lead.RefusalReason)
        {
            recorder.Edit(db, lead, [new(LeadField.RefusalReason, reason.RefusalReason)]);
        }
    }

    private static async Task GiveToAsync(
        HubDbContext db,
        Lead lead,
        LeadRecorder recorder,
        Guid? agentId,
        string? reason,
        CancellationToken cancellationToken
    )
    {
        var agent = await AgentForAsync(db, recorder.Actor, agentId, cancellationToken);
        recorder.Transfer(db, lead, agent, reason);
        lead.Attention &= ~Attention.UnknownAgent;
        await recorder.MarkFollowUpsForHubSpotAsync(db, lead.Id, cancellationToken);
    }
}
