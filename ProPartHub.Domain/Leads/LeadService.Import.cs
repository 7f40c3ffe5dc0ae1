using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Outbox;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Leads;

/// <content>
/// Leads that a file brings, inside the import's transaction: the same rights, rules, events and pushes as when a person
/// types them. Whatever refuses does so before anything of the lead was changed, so the other rows of the batch go on.
/// </content>
public sealed partial class LeadService
{
    /// <summary>Registers a lead.</summary>
    /// <exception cref="InvalidInputException">A value breaks a rule, or the phone belongs to another open lead.</exception>
    /// <exception cref="ForbiddenException">The agent is outside the actor's team.</exception>
    internal async Task<Lead> BringAsync(
        HubDbContext db,
        Actor actor,
        LeadBrought brought,
        CancellationToken cancellationToken
    )
    {
        Refuse(validator.Check(brought.Values));
        var agent = await AgentForAsync(db, actor, brought.AgentId, cancellationToken);
        var stage = brought.StageId is { } stageId
            ? await db.Stages.SingleAsync(row => row.Id == stageId, cancellationToken)
            : await FirstStageAsync(db, cancellationToken);
        if (stage.Status is LeadStatus.Lost)
        {
            RequireReason(brought.Values.RefusalReason);
        }

        await duplicates.ClaimAsync(db, actor, brought.Values.Phone!, except: null, cancellationToken);
        var now = time.GetUtcNow();
        var lead = new Lead
        {
            ClientName = brought.Values.ClientName,
            AgentId = agent?.Id,
            TeamId = agent?.TeamId,
            StageId = stage.Id,
            Status = stage.Status,
            StageChangedAt = now,
            CreatedAt = now,
            UpdatedAt = now,
            IsDemo = agent?.IsDemo ?? false,
        };
        foreach (var field in LeadFields.Typed)
        {
            LeadFields.Write(lead, field, LeadFields.Read(brought.Values, field));
        }

        lead.Attention |= await DuplicateCheck.MarkSharedAsync(db, now, lead.Phone!, cancellationToken);
        var recorder = Bringing(actor);
        recorder.Create(db, lead);
        // Whoever put it into the pool by name has decided; without a name the rules of assignment do.
        lead.AwaitsAssignment &= !brought.NamesAgent;
        await AddTagsAsync(db, lead, recorder, brought, cancellationToken);
        await recorder.MarkForHubSpotAsync(db, OutboxKind.Lead, lead.Id, lead.Id, cancellationToken);
        return lead;
    }

    /// <summary>Gives a lead that is there what a file says of it.</summary>
    /// <returns>What changed; nothing where it was so already.</returns>
    /// <exception cref="InvalidInputException">A value breaks a rule, or the phone belongs to another open lead.</exception>
    /// <exception cref="ForbiddenException">The agent is outside the actor's team.</exception>
    /// <exception cref="NotFoundException">There is no such lead for the actor.</exception>
    internal async Task<IReadOnlyList<FieldChange>> BringIntoAsync(
        HubDbContext db,
        Actor actor,
        Guid leadId,
        LeadBrought brought,
        CancellationToken cancellationToken
    )
    {
        var lead = await db.LeadToChangeAsync(actor, leadId, cancellationToken);
        var recorder = Bringing(actor);
        var known = EventsOf(db, leadId).Count;
        var values = LeadInput.From(lead);
        foreach (var field in brought.Given)
        {
            LeadFields.Write(values, field, LeadFields.Read(brought.Values, field) ?? LeadFields.Read(values, field));
        }

        var changed = LeadFields
            .Typed.Where(field => LeadFields.Read(values, field) != LeadFields.Read((ILeadValues)lead, field))
            .ToHashSet();
        await CheckBroughtAsync(db, lead, recorder, values, changed, brought, cancellationToken);
        var stored = recorder.Edit(
            db,
            lead,
            changed.Select(field => KeyValuePair.Create(field, LeadFields.Read(values, field)))
        );
        lead.Attention &= ~Settled(stored);
        if (brought.StageId is { } stageId && stageId != lead.StageId)
        {
            await PutInStageAsync(db, lead, recorder, stageId, lead.RefusalReason, cancellationToken);
        }

        if (brought.NamesAgent && brought.AgentId != lead.AgentId)
        {
            await GiveToAsync(db, lead, recorder, brought.AgentId, reason: null, cancellationToken);
        }

        await AddTagsAsync(db, lead, recorder, brought, cancellationToken);
        var events = EventsOf(db, leadId).Skip(known).ToList();
        if (events.Count > 0)
        {
            await recorder.MarkForHubSpotAsync(db, OutboxKind.Lead, leadId, leadId, cancellationToken);
        }

        return [.. events.SelectMany(entry => entry.Changes)];
    }

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

    private LeadRecorder Bringing(Actor actor) => new(actor, ChangeOrigin.Import, time.GetUtcNow());

    // Everything that may refuse, before anything is changed.
    private async Task CheckBroughtAsync(
        HubDbContext db,
        Lead lead,
        LeadRecorder recorder,
        LeadInput values,
        HashSet<LeadField> changed,
        LeadBrought brought,
        CancellationToken cancellationToken
    )
    {
        Refuse(validator.Check(values, WithPartners(changed)));
        if (brought.NamesAgent && brought.AgentId != lead.AgentId)
        {
            RequireMayTransfer(recorder.Actor, lead.Id);
            await AgentForAsync(db, recorder.Actor, brought.AgentId, cancellationToken);
        }

        if (brought.StageId is { } stageId && stageId != lead.StageId)
        {
            var stage = await db.Stages.SingleAsync(row => row.Id == stageId, cancellationToken);
            if (stage.Status is LeadStatus.Lost)
            {
                RequireReason(values.RefusalReason, lead.RefusalReason);
            }
        }

        if (changed.Contains(LeadField.Phone) && values.Phone is { } phone && lead.IsOpen)
        {
            await duplicates.ClaimAsync(db, recorder.Actor, phone, lead.Id, cancellationToken);
        }
    }

    private static async Task AddTagsAsync(
        HubDbContext db,
        Lead lead,
        LeadRecorder recorder,
        LeadBrought brought,
        CancellationToken cancellationToken
    )
    {
        foreach (var tag in brought.Tags.DistinctBy(tag => tag.Id))
        {
            await Tags.LeadTagging.SetAsync(db, recorder, lead, tag, isOn: true, cancellationToken);
        }
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
