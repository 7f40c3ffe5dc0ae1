using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Outbox;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Leads;

/// <content>Takes back what a file brought, inside the import's transaction.</content>
public sealed partial class LeadService
{
    /// <summary>Archives a lead that an import made, unless somebody has worked on it since.</summary>
    /// <param name="db">The caller's transaction.</param>
    /// <param name="actor">Who takes the import back.</param>
    /// <param name="leadId">The lead.</param>
    /// <param name="lastEventId">The last event that the import wrote about it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False where it was left alone.</returns>
    internal async Task<bool> TakeAwayAsync(
        HubDbContext db,
        Actor actor,
        Guid leadId,
        long lastEventId,
        CancellationToken cancellationToken
    )
    {
        var lead = await db.LeadToChangeAsync(actor, leadId, cancellationToken);
        var isWorkedOn =
            lead.ArchivedAt is not null
            || await db.LeadEvents.AnyAsync(
                entry =>
                    entry.LeadId == leadId
                    && entry.Id > lastEventId
                    && entry.Origin != ChangeOrigin.System
                    && entry.Kind != LeadEventKind.SyncStateChanged,
                cancellationToken
            )
            || await db.Activities.AnyAsync(activity => activity.LeadId == leadId, cancellationToken);
        if (isWorkedOn)
        {
            return false;
        }

        var recorder = Bringing(actor);
        recorder.Archive(db, lead, archive: true);
        await recorder.MarkForHubSpotAsync(db, OutboxKind.Lead, leadId, leadId, cancellationToken);
        return true;
    }

    /// <summary>Gives a lead back the values that an import changed, but for those that were changed again since.</summary>
    /// <param name="db">The caller's transaction.</param>
    /// <param name="actor">Who takes the import back.</param>
    /// <param name="leadId">The lead.</param>
    /// <param name="changes">What the import changed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False where nothing was left to give back.</returns>
    /// <exception cref="InvalidInputException">A value of before breaks a rule of today.</exception>
    internal async Task<bool> GiveBackAsync(
        HubDbContext db,
        Actor actor,
        Guid leadId,
        IReadOnlyList<FieldChange> changes,
        CancellationToken cancellationToken
    )
    {
        var lead = await db.LeadToChangeAsync(actor, leadId, cancellationToken);
        var back = new Dictionary<LeadField, string?>();
        foreach (var change in changes.Reverse())
        {
            if (Enum.TryParse<LeadField>(change.Field, out var field) && LeadFields.Read(lead, field) == change.After)
            {
                back[field] = change.Before;
            }
        }

        var typed = back.Where(pair => LeadFields.Typed.Contains(pair.Key)).ToList();
        if (back.TryGetValue(LeadField.Phone, out var phone) && phone is not null && lead.IsOpen)
        {
            await duplicates.ClaimAsync(db, actor, phone, leadId, cancellationToken);
        }

        // Whoever left, and a stage that HubSpot removed, refuse before anything is changed.
        Guid? agentId = Guid.TryParse(back.GetValueOrDefault(LeadField.Agent), out var id) ? id : null;
        await AgentForAsync(db, actor, agentId, cancellationToken);
        if (
            back.TryGetValue(LeadField.Stage, out var stage)
            && !await db.Stages.AnyAsync(
                row => row.Id == Guid.Parse(stage!) && row.RemovedAt == null,
                cancellationToken
            )
        )
        {
            return false;
        }

        var recorder = Bringing(actor);
        recorder.Edit(db, lead, typed);
        if (stage is not null)
        {
            await PutInStageAsync(db, lead, recorder, Guid.Parse(stage), lead.RefusalReason, cancellationToken);
        }

        if (back.ContainsKey(LeadField.Agent))
        {
            await GiveToAsync(db, lead, recorder, agentId, reason: null, cancellationToken);
        }

        var hasTags = await TakeTagsOffAsync(db, lead, recorder, changes, cancellationToken);
        if (back.Count == 0 && !hasTags)
        {
            return false;
        }

        await recorder.MarkForHubSpotAsync(db, OutboxKind.Lead, leadId, leadId, cancellationToken);
        return true;
    }

    private static async Task<bool> TakeTagsOffAsync(
        HubDbContext db,
        Lead lead,
        LeadRecorder recorder,
        IReadOnlyList<FieldChange> changes,
        CancellationToken cancellationToken
    )
    {
        var names = changes
            .Where(change => change is { Field: FieldChange.Tag, Before: null })
            .Select(change => change.After)
            .ToList();
        var isChanged = false;
        foreach (var tag in await db.Tags.Where(row => names.Contains(row.Name)).ToListAsync(cancellationToken))
        {
            isChanged |= await Tags.LeadTagging.SetAsync(db, recorder, lead, tag, isOn: false, cancellationToken);
        }

        return isChanged;
    }
}
