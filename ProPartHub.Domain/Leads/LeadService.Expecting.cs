using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Outbox;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Leads;

/// <content>
/// Moves and transfers by somebody who looked at a board: they hold only where the lead still stands where it was seen,
/// so that a board that is a moment old never undoes what a colleague did in that moment.
/// </content>
public sealed partial class LeadService
{
    /// <summary>Moves a lead out of the stage in which it was seen.</summary>
    /// <param name="actor">Who moves.</param>
    /// <param name="leadId">The lead.</param>
    /// <param name="seenStageId">The stage in which the mover saw it.</param>
    /// <param name="stageId">The stage, of any pipeline that HubSpot still has.</param>
    /// <param name="refusalReason">Required for a stage that means lost, unless the lead has a reason already.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Where the lead stood, to take the move back.</returns>
    /// <exception cref="InvalidInputException">
    /// Somebody has moved it meanwhile; or as for <see cref="MoveAsync(Actor, Guid, Guid, string?, CancellationToken)"/>.
    /// </exception>
    /// <exception cref="NotFoundException">There is no such lead for the actor.</exception>
    public Task<LeadPlace> MoveFromAsync(
        Actor actor,
        Guid leadId,
        Guid seenStageId,
        Guid stageId,
        string? refusalReason,
        CancellationToken cancellationToken
    ) =>
        WriteAsync(
            actor,
            leadId,
            (db, lead, recorder, token) =>
                lead.StageId == seenStageId || lead.StageId == stageId
                    ? MovedAsync(db, lead, recorder, stageId, refusalReason, token)
                    : throw new InvalidInputException(nameof(LeadField.Stage), FieldErrorCode.MovedMeanwhile),
            cancellationToken
        );

    /// <summary>Takes a lead from the person whose it was seen to be, and gives it to another or, with null, to the pool.</summary>
    /// <param name="actor">Who hands over.</param>
    /// <param name="leadId">The lead.</param>
    /// <param name="seenAgentId">Whose lead it was seen to be; null for the pool.</param>
    /// <param name="agentId">The new agent, or null for the pool.</param>
    /// <param name="reason">As for <see cref="TransferAsync(Actor, Guid, Guid?, string?, CancellationToken)"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidInputException">
    /// Somebody has handed it over meanwhile; or the reason is too long or unreadable.
    /// </exception>
    /// <exception cref="ForbiddenException">The actor is an agent, or the agent is outside the actor's team.</exception>
    /// <exception cref="NotFoundException">There is no such lead for the actor.</exception>
    public Task TransferFromAsync(
        Actor actor,
        Guid leadId,
        Guid? seenAgentId,
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
                if (lead.AgentId != seenAgentId && lead.AgentId != agentId)
                {
                    throw new InvalidInputException(nameof(LeadField.Agent), FieldErrorCode.MovedMeanwhile);
                }

                await GiveToAsync(db, lead, recorder, agentId, said, token);
                return true;
            },
            cancellationToken
        );
    }
}
