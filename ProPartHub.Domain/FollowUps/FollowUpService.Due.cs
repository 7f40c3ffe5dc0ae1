using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.FollowUps;

/// <content>Takes back that a follow-up was put to another day.</content>
public sealed partial class FollowUpService
{
    // A lead's latest events are enough: whoever takes a move back does so within seconds.
    private const int LatestEvents = 50;

    /// <summary>
    /// Puts a follow-up back to when it was due before it was moved, also where that lies behind. What was not recorded as
    /// its time before cannot be set so.
    /// </summary>
    /// <param name="actor">Who takes it back.</param>
    /// <param name="followUpId">The follow-up.</param>
    /// <param name="movedTo">Where it was moved to (UTC, to the second).</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False, and nothing is stored, where somebody has changed its time since.</returns>
    /// <exception cref="NotFoundException">There is no such follow-up for the actor.</exception>
    public Task<bool> PutBackDueAsync(
        Actor actor,
        Guid followUpId,
        DateTimeOffset movedTo,
        CancellationToken cancellationToken
    ) =>
        ChangeAsync(
            actor,
            followUpId,
            async (db, lead, followUp, recorder, token) =>
            {
                var present = FollowUpFields.Read(followUp, FollowUpFields.Due);
                if (present != FollowUpFields.ToText(movedTo))
                {
                    return false;
                }

                var events = await db
                    .LeadEvents.AsNoTracking()
                    .Where(entry => entry.LeadId == lead.Id)
                    .OrderByDescending(entry => entry.Id)
                    .Take(LatestEvents)
                    .ToListAsync(token);
                var move = events
                    .Where(entry => entry.SubjectId == followUpId && entry.Kind is LeadEventKind.FollowUpEdited)
                    .SelectMany(entry => entry.Changes)
                    .FirstOrDefault(change => change.Field == FollowUpFields.Due);
                if (move is not { Before: { } before } || move.After != present)
                {
                    return false;
                }

                var changes = FollowUpFields.Write(followUp, [new(FollowUpFields.Due, before)], recorder.At);
                await FinishAsync(db, lead, recorder, LeadEventKind.FollowUpEdited, changes, followUpId, token);
                return true;
            },
            cancellationToken
        );
}
