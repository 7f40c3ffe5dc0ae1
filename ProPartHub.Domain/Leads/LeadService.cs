using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Outbox;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Verification;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Leads;

/// <summary>What people do to leads. Every command checks rights, validates, and writes lead, event and outbox mark
/// in one transaction.</summary>
public sealed partial class LeadService(
    HubDatabase database,
    LeadInputValidator validator,
    LeadOptionBook options,
    DuplicateCheck duplicates,
    IOptions<VerificationOptions> verification,
    TimeProvider time
)
{
    /// <summary>Registers a lead in the first stage of the pipeline for new leads.</summary>
    /// <param name="actor">Who registers. An agent's lead is always the agent's own.</param>
    /// <param name="input">What was typed.</param>
    /// <param name="agentId">For managers and admins: whose lead it is; null leaves it in the pool.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidInputException">A field breaks a rule, or the phone belongs to another open lead.</exception>
    /// <exception cref="ForbiddenException">The agent is outside the actor's team.</exception>
    public async Task<LeadCreated> CreateAsync(
        Actor actor,
        LeadInput input,
        Guid? agentId,
        CancellationToken cancellationToken
    )
    {
        var typed = input.Normalised();
        Refuse(validator.Check(typed));
        var consent = Checked(new(input.HasConsent ? ConsentState.Given : ConsentState.NotRecorded, input.ConsentNote));
        var id = Guid.CreateVersion7();
        return await database.InTransactionAsync(
            async (db, token) =>
            {
                var agent = await AgentForAsync(db, actor, actor.Role is Role.Agent ? actor.UserId : agentId, token);
                await RefuseBeyondUnverifiedAsync(db, actor, agent, token);
                await duplicates.ClaimAsync(db, actor, typed.Phone!, except: null, token);
                var stage = await FirstStageAsync(db, token);
                var now = time.GetUtcNow();
                var lead = new Lead
                {
                    Id = id,
                    ClientName = typed.ClientName,
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
                    LeadFields.Write(lead, field, LeadFields.Read(typed, field));
                }

                // Whose protection is over keeps the lead; both are marked, so that somebody sees that there are two.
                lead.Attention |= await DuplicateCheck.MarkSharedAsync(db, now, lead.Phone!, token);
                var recorder = By(actor);
                recorder.Create(db, lead, consent);
                await recorder.MarkForHubSpotAsync(db, OutboxKind.Lead, lead.Id, lead.Id, token);
                return new LeadCreated(lead.Id, lead.Number);
            },
            cancellationToken
        );
    }

    /// <summary>
    /// Stores what was typed over what the form opened with, merging by field: fields that only somebody else changed
    /// keep that change; a field that both changed differently is a conflict and nothing is stored.
    /// </summary>
    /// <param name="actor">Who edits.</param>
    /// <param name="leadId">The lead.</param>
    /// <param name="opened">The values the form opened with.</param>
    /// <param name="typed">The values on save.</param>
    /// <param name="overrule">Conflicting fields in which the person decided for the typed value.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidInputException">A changed field breaks a rule.</exception>
    /// <exception cref="NotFoundException">There is no such lead for the actor.</exception>
    /// <exception cref="ClientErasedException">The client was erased.</exception>
    public Task<LeadEditResult> EditAsync(
        Actor actor,
        Guid leadId,
        LeadInput opened,
        LeadInput typed,
        IReadOnlySet<LeadField> overrule,
        CancellationToken cancellationToken
    )
    {
        var mine = typed.Normalised();
        var before = opened.Normalised();
        var changed = LeadFields
            .Typed.Where(field => LeadFields.Read(mine, field) != LeadFields.Read(before, field))
            .ToHashSet();
        Refuse(validator.Check(mine, WithPartners(changed)));
        return WriteAsync(
            actor,
            leadId,
            async (db, lead, recorder, token) =>
            {
                var conflicts = await ConflictsAsync(db, lead, before, mine, changed.Except(overrule), token);
                if (conflicts.Count > 0)
                {
                    return new LeadEditResult(false, [], conflicts);
                }

                if (changed.Contains(LeadField.Phone) && mine.Phone is { } phone && phone != lead.Phone && lead.IsOpen)
                {
                    await duplicates.ClaimAsync(db, actor, phone, leadId, token);
                }

                var stored = recorder.Edit(
                    db,
                    lead,
                    changed.Select(field => KeyValuePair.Create(field, LeadFields.Read(mine, field)))
                );
                lead.Attention &= ~Settled(stored);
                return new LeadEditResult(true, [.. stored.Select(change => Enum.Parse<LeadField>(change.Field))], []);
            },
            cancellationToken
        );
    }

    /// <summary>Takes a lead out of lists and figures; nothing is deleted, here or in HubSpot.</summary>
    /// <exception cref="NotFoundException">There is no such lead for the actor.</exception>
    /// <exception cref="ClientErasedException">The client was erased.</exception>
    public Task ArchiveAsync(Actor actor, Guid leadId, CancellationToken cancellationToken) =>
        WriteAsync(
            actor,
            leadId,
            (db, lead, recorder, _) =>
            {
                recorder.Archive(db, lead, archive: true);
                return Task.FromResult(true);
            },
            cancellationToken
        );

    /// <summary>Brings a lead back from the archive.</summary>
    /// <exception cref="InvalidInputException">Another open lead has taken the phone meanwhile.</exception>
    /// <exception cref="NotFoundException">There is no such lead for the actor.</exception>
    /// <exception cref="ClientErasedException">The client was erased.</exception>
    public Task RestoreAsync(Actor actor, Guid leadId, CancellationToken cancellationToken) =>
        WriteAsync(
            actor,
            leadId,
            async (db, lead, recorder, token) =>
            {
                await RestoreAsync(db, lead, recorder, token);
                return true;
            },
            cancellationToken
        );
}
