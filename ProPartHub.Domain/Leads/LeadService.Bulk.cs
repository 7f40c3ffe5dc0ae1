using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads.Bulk;
using ProPartHub.Domain.Leads.Tags;
using ProPartHub.Domain.Outbox;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Leads;

/// <content>
/// One lead of an act upon many, inside the act's transaction: the same rights, rules, events and pushes as when a person
/// does it to that lead alone. Whatever refuses does so before anything of the lead was changed, so the other leads of the
/// batch go on.
/// </content>
public sealed partial class LeadService
{
    /// <summary>Does to a lead what the act wants and writes down in the member what became of it.</summary>
    internal Task DoAsync(
        HubDbContext db,
        Actor actor,
        BulkAct act,
        BulkMember member,
        CancellationToken cancellationToken
    ) =>
        WriteOneAsync(
            db,
            actor,
            member,
            isForHubSpot: act.Kind is not (BulkKind.AddTag or BulkKind.RemoveTag),
            (lead, recorder, token) =>
            {
                (member.StageBefore, member.RefusalReasonBefore) = (lead.StageId, lead.RefusalReason);
                member.AgentBefore = lead.AgentId;
                return ApplyAsync(db, lead, recorder, act, token);
            },
            cancellationToken
        );

    /// <summary>Takes back what an act did to a lead, unless somebody has changed the same since.</summary>
    internal Task UndoAsync(
        HubDbContext db,
        Actor actor,
        BulkAct done,
        BulkMember before,
        BulkMember member,
        CancellationToken cancellationToken
    ) =>
        WriteOneAsync(
            db,
            actor,
            member,
            isForHubSpot: done.Kind is not (BulkKind.AddTag or BulkKind.RemoveTag),
            async (lead, recorder, token) =>
            {
                if (await WasChangedSinceAsync(db, done, before, token))
                {
                    member.Outcome = BulkOutcome.LeftAlone;
                    return;
                }

                await TakeBackAsync(db, lead, recorder, done, before, token);
            },
            cancellationToken
        );

    /// <summary>Refuses an order that no lead could meet, before it is taken.</summary>
    /// <returns>What the order is about, by name, for the audit.</returns>
    /// <exception cref="InvalidInputException">The stage, reason or tag is unknown, or a reason is missing or too long.</exception>
    /// <exception cref="ForbiddenException">The actor may not hand leads over, or not to this person.</exception>
    internal async Task<string?> CheckAsync(
        HubDbContext db,
        Actor actor,
        BulkOrder order,
        CancellationToken cancellationToken
    )
    {
        switch (order.Kind)
        {
            case BulkKind.Move:
                var stage =
                    await db.Stages.SingleOrDefaultAsync(
                        row => row.Id == order.StageId && row.RemovedAt == null,
                        cancellationToken
                    ) ?? throw new InvalidInputException(nameof(LeadField.Stage), FieldErrorCode.UnknownOption);
                if (stage.Status is LeadStatus.Lost)
                {
                    RequireReason(order.RefusalReason);
                }

                return stage.Label;
            case BulkKind.Transfer:
                if (actor.Role is Role.Agent)
                {
                    throw ForbiddenException.For(actor, GuardedAct.HandOverLead);
                }

                CheckedReason(order.Reason);
                return (await AgentForAsync(db, actor, order.AgentId, cancellationToken))?.DisplayName;
            case BulkKind.AddTag or BulkKind.RemoveTag:
                var tag = await TagAsync(db, order.TagId, cancellationToken);
                return tag.Name;
            case BulkKind.Archive or BulkKind.Restore:
                return null;
            default:
                throw new InvalidInputException(nameof(BulkOrder.Kind), FieldErrorCode.UnknownOption);
        }
    }

    private async Task WriteOneAsync(
        HubDbContext db,
        Actor actor,
        BulkMember member,
        bool isForHubSpot,
        Func<Lead, LeadRecorder, CancellationToken, Task> change,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var lead = await db.LeadToChangeAsync(actor, member.LeadId, cancellationToken);
            var recorder = By(actor);
            await change(lead, recorder, cancellationToken);
            var events = EventsOf(db, lead.Id);
            if (events.Count > 0)
            {
                if (isForHubSpot)
                {
                    await recorder.MarkForHubSpotAsync(db, OutboxKind.Lead, lead.Id, lead.Id, cancellationToken);
                }

                member.Outcome = BulkOutcome.Changed;
            }
            else if (member.Outcome is BulkOutcome.Waiting)
            {
                member.Outcome = BulkOutcome.Unchanged;
            }
        }
        catch (InvalidInputException refusal)
        {
            (member.Outcome, member.Code) = (BulkOutcome.Refused, refusal.Errors[0].Code);
        }
        catch (ClientErasedException)
        {
            (member.Outcome, member.Code) = (BulkOutcome.Refused, BulkRefusal.Erased);
        }
        catch (LeadMergedException)
        {
            (member.Outcome, member.Code) = (BulkOutcome.Refused, BulkRefusal.Merged);
        }
        catch (ForbiddenException)
        {
            (member.Outcome, member.Code) = (BulkOutcome.Refused, BulkRefusal.Forbidden);
        }
        catch (NotFoundException)
        {
            (member.Outcome, member.Code) = (BulkOutcome.Refused, BulkRefusal.OutOfSight);
        }
    }

    /// <summary>The events that this transaction has written about a lead.</summary>
    internal static List<LeadEvent> EventsOf(HubDbContext db, Guid leadId) =>
        [.. db.ChangeTracker.Entries<LeadEvent>().Select(entry => entry.Entity).Where(entry => entry.LeadId == leadId)];

    private async Task ApplyAsync(
        HubDbContext db,
        Lead lead,
        LeadRecorder recorder,
        BulkAct act,
        CancellationToken cancellationToken
    )
    {
        switch (act.Kind)
        {
            // A lead that stands there already keeps the reason it has.
            case BulkKind.Move when lead.StageId != act.StageId:
                await PutInStageAsync(
                    db,
                    lead,
                    recorder,
                    act.StageId ?? Guid.Empty,
                    act.RefusalReason,
                    cancellationToken
                );
                break;
            case BulkKind.Transfer when lead.AgentId != act.AgentId:
                RequireMayTransfer(recorder.Actor, lead.Id);
                await GiveToAsync(db, lead, recorder, act.AgentId, act.Reason, cancellationToken);
                break;
            case BulkKind.AddTag or BulkKind.RemoveTag:
                var tag = await TagAsync(db, act.TagId, cancellationToken);
                await LeadTagging.SetAsync(db, recorder, lead, tag, act.Kind is BulkKind.AddTag, cancellationToken);
                break;
            case BulkKind.Archive:
                recorder.Archive(db, lead, archive: true);
                break;
            case BulkKind.Restore when lead.ArchivedAt is not null:
                await RestoreAsync(db, lead, recorder, cancellationToken);
                break;
        }
    }

    private async Task TakeBackAsync(
        HubDbContext db,
        Lead lead,
        LeadRecorder recorder,
        BulkAct done,
        BulkMember before,
        CancellationToken cancellationToken
    )
    {
        switch (done.Kind)
        {
            case BulkKind.Move:
                await PutBackAsync(
                    db,
                    lead,
                    recorder,
                    new LeadPlace(before.StageBefore ?? Guid.Empty, before.RefusalReasonBefore),
                    cancellationToken
                );
                break;
            case BulkKind.Transfer:
                RequireMayTransfer(recorder.Actor, lead.Id);
                await GiveToAsync(db, lead, recorder, before.AgentBefore, reason: null, cancellationToken);
                break;
            case BulkKind.AddTag or BulkKind.RemoveTag:
                var tag = await TagAsync(db, done.TagId, cancellationToken);
                await LeadTagging.SetAsync(db, recorder, lead, tag, done.Kind is BulkKind.RemoveTag, cancellationToken);
                break;
            case BulkKind.Archive when lead.ArchivedAt is not null:
                await RestoreAsync(db, lead, recorder, cancellationToken);
                break;
            case BulkKind.Restore:
                recorder.Archive(db, lead, archive: true);
                break;
        }
    }

    // Whatever came later of the same kind was somebody's own decision, also one that led to the same value.
    private static async Task<bool> WasChangedSinceAsync(
        HubDbContext db,
        BulkAct done,
        BulkMember before,
        CancellationToken cancellationToken
    )
    {
        LeadEventKind[] kinds = done.Kind switch
        {
            BulkKind.Move => [LeadEventKind.StageChanged],
            BulkKind.Transfer => [LeadEventKind.Transferred],
            BulkKind.Archive or BulkKind.Restore => [LeadEventKind.Archived, LeadEventKind.Restored],
            _ => [LeadEventKind.TagsChanged],
        };
        var since = before.EventId ?? 0;
        var later = await db
            .LeadEvents.AsNoTracking()
            .Where(entry => entry.LeadId == before.LeadId && entry.Id > since && kinds.Contains(entry.Kind))
            .Select(entry => entry.Changes)
            .ToListAsync(cancellationToken);
        if (later.Count == 0 || kinds is not [LeadEventKind.TagsChanged])
        {
            return later.Count > 0;
        }

        var name = (await TagAsync(db, done.TagId, cancellationToken)).Name;
        return later.SelectMany(changes => changes).Any(change => change.Before == name || change.After == name);
    }

    private static async Task<Tag> TagAsync(HubDbContext db, Guid? tagId, CancellationToken cancellationToken) =>
        await db.Tags.SingleOrDefaultAsync(row => row.Id == tagId && row.RetiredAt == null, cancellationToken)
        ?? throw new InvalidInputException(FieldChange.Tag, FieldErrorCode.UnknownOption);
}
