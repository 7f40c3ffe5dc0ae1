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
    /// Puts a follow-up back to when it was due before it was moved, also where that lies behind, and its rhythm to where it
    /// was counted from. What was not recorded as its time before cannot be set so.
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
                var edits = events
                    .Where(entry => entry.SubjectId == followUpId && entry.Kind is LeadEventKind.FollowUpEdited)
                    .ToList();
                var moved = edits.FindIndex(entry => ChangeOf(entry, FollowUpFields.Due) is not null);
                if (moved < 0 || ChangeOf(edits[moved], FollowUpFields.Due) is not { Before: { } before } move)
                {
                    return false;
                }

                if (move.After != present)
                {
                    return false;
                }

                // A rhythm that somebody has set since counts from there.
                var isSetSince = edits[..moved].Exists(entry => ChangeOf(entry, FollowUpFields.Repeat) is not null);
                var rhythm = isSetSince ? null : ChangeOf(edits[moved], FollowUpFields.Rhythm)?.Before;
                var changes = FollowUpFields.Write(
                    followUp,
                    [new(FollowUpFields.Due, before), new(FollowUpFields.Rhythm, rhythm)],
                    recorder.At
                );
                await FinishAsync(db, lead, recorder, LeadEventKind.FollowUpEdited, changes, followUpId, token);
                return true;
            },
            cancellationToken
        );

    private static FieldChange? ChangeOf(LeadEvent entry, string field) =>
        entry.Changes.FirstOrDefault(change => change.Field == field);
}
