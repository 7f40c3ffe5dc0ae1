using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Outbox;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.FollowUps;

/// <summary>Follow-ups of leads. They are up to the lead's agent, so whoever sees the lead may change and do them.</summary>
public sealed partial class FollowUpService(HubDatabase database, TimeProvider time)
{
    /// <summary>Adds a follow-up.</summary>
    /// <param name="actor">Who writes.</param>
    /// <param name="followUpId">Made by the caller, so that a repeated submit stores one follow-up.</param>
    /// <param name="leadId">The lead.</param>
    /// <param name="input">What was typed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidInputException">
    /// The title is empty, too long or unreadable, the details are too long or unreadable, or the time is missing, past or
    /// more than <see cref="FollowUp.MostYearsAhead"/> years ahead.
    /// </exception>
    /// <exception cref="NotFoundException">There is no such lead for the actor.</exception>
    /// <exception cref="ClientErasedException">The client was erased.</exception>
    public Task AddAsync(
        Actor actor,
        Guid followUpId,
        Guid leadId,
        FollowUpInput input,
        CancellationToken cancellationToken
    )
    {
        var typed = input.Normalised();
        FollowUpInputValidator.Check(typed, [.. FollowUpFields.All, FollowUpFields.Repeat], time.GetUtcNow());
        return database.InTransactionAsync(
            async (db, token) =>
            {
                var lead = await db.LeadToChangeAsync(actor, leadId, token);
                if (await db.FollowUps.AnyAsync(row => row.Id == followUpId, token))
                {
                    return;
                }

                var recorder = By(actor);
                var followUp = new FollowUp
                {
                    Id = followUpId,
                    LeadId = leadId,
                    Title = typed.Title!,
                    Details = typed.Details,
                    DueAt = typed.DueAt!.Value,
                    Repeat = typed.Repeat,
                    AuthorId = actor.StoredId,
                    AuthorName = actor.Name,
                    Origin = ChangeOrigin.Portal,
                    CreatedAt = recorder.At,
                };
                db.FollowUps.Add(followUp);
                await FinishAsync(
                    db,
                    lead,
                    recorder,
                    LeadEventKind.FollowUpAdded,
                    FollowUpFields.New(followUp),
                    followUpId,
                    token
                );
            },
            cancellationToken
        );
    }

    /// <summary>
    /// Stores what was typed over what the form opened with, field by field: what only somebody else changed keeps that
    /// change; what both changed differently is a conflict, and nothing is stored.
    /// </summary>
    /// <param name="actor">Who edits.</param>
    /// <param name="followUpId">The follow-up.</param>
    /// <param name="opened">What the form opened with.</param>
    /// <param name="typed">What it says on save.</param>
    /// <param name="overrule">True once the person has seen the other's values and decided for the typed ones.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidInputException">A changed field breaks a rule, as for <see cref="AddAsync"/>.</exception>
    /// <exception cref="NotFoundException">There is no such follow-up for the actor.</exception>
    /// <exception cref="ClientErasedException">The client was erased.</exception>
    public Task<FollowUpEditResult> EditAsync(
        Actor actor,
        Guid followUpId,
        FollowUpInput opened,
        FollowUpInput typed,
        bool overrule,
        CancellationToken cancellationToken
    )
    {
        var mine = typed.Normalised();
        var before = FollowUpFields.Of(opened.Normalised()).ToDictionary();
        var changed = FollowUpFields.Of(mine).Where(field => field.Value != before[field.Key]).ToDictionary();
        FollowUpInputValidator.Check(mine, changed.Keys, time.GetUtcNow());
        return ChangeAsync(
            actor,
            followUpId,
            async (db, lead, followUp, recorder, token) =>
            {
                var conflicts = changed
                    .Select(field => (field.Key, Typed: field.Value, Now: FollowUpFields.Read(followUp, field.Key)))
                    .Where(field => field.Now != before[field.Key] && field.Now != field.Typed)
                    .Select(field => new FieldChange(field.Key, before[field.Key], field.Now))
                    .ToList();
                if (conflicts.Count > 0 && !overrule)
                {
                    return new FollowUpEditResult(false, conflicts);
                }

                var changes = FollowUpFields.Write(followUp, changed, recorder.At);
                if (changes.Count > 0)
                {
                    await FinishAsync(db, lead, recorder, LeadEventKind.FollowUpEdited, changes, followUpId, token);
                }

                return new FollowUpEditResult(true, []);
            },
            cancellationToken
        );
    }

    /// <summary>Marks it as done, or as open again; nothing happens where it stands so already.</summary>
    /// <exception cref="NotFoundException">There is no such follow-up for the actor.</exception>
    /// <exception cref="ClientErasedException">The client was erased.</exception>
    public Task SetDoneAsync(Actor actor, Guid followUpId, bool isDone, CancellationToken cancellationToken) =>
        ChangeAsync(
            actor,
            followUpId,
            async (db, lead, followUp, recorder, token) =>
            {
                var value = isDone ? FollowUpFields.IsDone : null;
                var changes = FollowUpFields.Write(followUp, [new(FollowUpFields.Done, value)], recorder.At);
                if (changes.Count > 0)
                {
                    if (!isDone)
                    {
                        await TakeNextBackAsync(db, lead, followUp, recorder, token);
                    }

                    await FinishAsync(
                        db,
                        lead,
                        recorder,
                        isDone ? LeadEventKind.FollowUpDone : LeadEventKind.FollowUpReopened,
                        [FollowUpFields.Named(followUp)],
                        followUpId,
                        token
                    );
                }

                return true;
            },
            cancellationToken
        );

    /// <summary>Deletes it from view; the text stays for the audit.</summary>
    /// <exception cref="NotFoundException">There is no such follow-up for the actor.</exception>
    /// <exception cref="ClientErasedException">The client was erased.</exception>
    public Task DeleteAsync(Actor actor, Guid followUpId, CancellationToken cancellationToken) =>
        ChangeAsync(
            actor,
            followUpId,
            async (db, lead, followUp, recorder, token) =>
            {
                followUp.DeletedAt = recorder.At;
                await FinishAsync(
                    db,
                    lead,
                    recorder,
                    LeadEventKind.FollowUpDeleted,
                    [new FieldChange(FollowUpFields.Title, followUp.Title, null)],
                    followUpId,
                    token
                );
                return true;
            },
            cancellationToken
        );

    /// <summary>Takes a deletion back; nothing happens where it was not deleted.</summary>
    /// <exception cref="NotFoundException">There is no such follow-up for the actor.</exception>
    /// <exception cref="ClientErasedException">The client was erased.</exception>
    public Task RestoreAsync(Actor actor, Guid followUpId, CancellationToken cancellationToken) =>
        ChangeAsync(
            actor,
            followUpId,
            async (db, lead, followUp, recorder, token) =>
            {
                if (followUp.DeletedAt is not null)
                {
                    followUp.DeletedAt = null;
                    await FinishAsync(
                        db,
                        lead,
                        recorder,
                        LeadEventKind.FollowUpRestored,
                        [FollowUpFields.Named(followUp)],
                        followUpId,
                        token
                    );
                }

                return true;
            },
            cancellationToken,
            isDeleted: true
        );

    private LeadRecorder By(Actor actor) => new(actor, ChangeOrigin.Portal, time.GetUtcNow());

    private Task<T> ChangeAsync<T>(
        Actor actor,
        Guid followUpId,
        Func<HubDbContext, Lead, FollowUp, LeadRecorder, CancellationToken, Task<T>> change,
        CancellationToken cancellationToken,
        bool isDeleted = false
    ) =>
        database.InTransactionAsync(
            async (db, token) =>
            {
                var leadId = await db
                    .FollowUps.Where(row => row.Id == followUpId)
                    .Select(row => row.LeadId)
                    .SingleOrDefaultAsync(token);
                var lead = await db.LeadToChangeAsync(actor, leadId, token);
                var followUp =
                    await db.FollowUps.SingleOrDefaultAsync(
                        row => row.Id == followUpId && (row.DeletedAt == null || isDeleted),
                        token
                    ) ?? throw new NotFoundException("Follow-up");
                return await change(db, lead, followUp, By(actor), token);
            },
            cancellationToken
        );

    private static async Task FinishAsync(
        HubDbContext db,
        Lead lead,
        LeadRecorder recorder,
        LeadEventKind kind,
        IReadOnlyList<FieldChange> changes,
        Guid followUpId,
        CancellationToken cancellationToken
    )
    {
        recorder.Record(db, lead, kind, changes, followUpId);
        await recorder.MarkForHubSpotAsync(db, OutboxKind.FollowUp, followUpId, lead.Id, cancellationToken);
    }
}
