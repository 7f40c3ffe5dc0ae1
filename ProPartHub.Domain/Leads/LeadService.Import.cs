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
    /// <summary>
    /// Reads what leads of a batch need together: five commands, however many there are. The caller has locked their phones.
    /// </summary>
    internal async Task<BroughtBatch> BeginBatchAsync(
        HubDbContext db,
        Actor actor,
        IReadOnlyCollection<LeadBrought> brought,
        CancellationToken cancellationToken
    )
    {
        var agents = brought.Select(each => each.AgentId).OfType<Guid>().Distinct().ToList();
        var stages = brought.Select(each => each.StageId).OfType<Guid>().Distinct().ToList();
        return new BroughtBatch(
            db,
            Bringing(actor),
            await duplicates.LockedHoldersAsync(
                db,
                [.. brought.Select(each => each.Values.Phone).OfType<string>()],
                cancellationToken
            ),
            await db
                .Users.Where(user => agents.Contains(user.Id) && user.IsActive)
                .ToDictionaryAsync(user => user.Id, cancellationToken),
            await db
                .Stages.Where(stage => stages.Contains(stage.Id))
                .ToDictionaryAsync(stage => stage.Id, cancellationToken),
            await FirstStageAsync(db, cancellationToken)
        );
    }

    /// <summary>Registers a lead; it is stored with the batch.</summary>
    /// <exception cref="InvalidInputException">A value breaks a rule, or the phone belongs to another open lead.</exception>
    /// <exception cref="ForbiddenException">The agent is outside the actor's team.</exception>
    internal Lead Bring(BroughtBatch batch, LeadBrought brought)
    {
        var (actor, now) = (batch.Recorder.Actor, batch.Recorder.At);
        Refuse(validator.Check(brought.Values));
        var agent = brought.AgentId is { } agentId
            ? RequireMayGive(actor, batch.Agents.GetValueOrDefault(agentId), agentId)
            : null;
        var stage = brought.StageId is { } stageId ? batch.Stages[stageId] : batch.FirstStage;
        if (stage.Status is LeadStatus.Lost)
        {
            RequireReason(brought.Values.RefusalReason);
        }

        batch.Holders.Refuse(actor, brought.Values.Phone!, except: null);
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

        lead.Attention |= batch.Holders.MarkShared(batch.Db, now, lead.Phone!);
        batch.Add(lead);
        // Whoever put it into the pool by name has decided; without a name the rules of assignment do.
        lead.AwaitsAssignment &= !brought.NamesAgent;
        foreach (var tag in brought.Tags.DistinctBy(tag => tag.Id))
        {
            Tags.LeadTagging.PutOn(batch.Db, batch.Recorder, lead, tag);
        }

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
}
