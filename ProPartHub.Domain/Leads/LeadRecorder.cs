using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Outbox;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Points;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Leads;

/// <summary>
/// Changes a tracked lead and writes down that it did: the event row and, for changes of ours, the outbox mark. All
/// writers use it — people's commands, imports and the sync — so that no change goes unrecorded.
/// </summary>
/// <param name="Actor">Who changes.</param>
/// <param name="Origin">From where; only <see cref="ChangeOrigin.HubSpot"/> leaves no outbox mark.</param>
/// <param name="At">When (UTC).</param>
public sealed record LeadRecorder(Actor Actor, ChangeOrigin Origin, DateTimeOffset At)
{
    /// <inheritdoc cref="LeadRecorder"/>
    /// <exception cref="Errors.ForbiddenException">An admin only looks through the actor's eyes.</exception>
    public Actor Actor { get; } = Actor.Writing();

    /// <summary>Name for what HubSpot's people did, where HubSpot does not say who it was.</summary>
    public const string HubSpot = "HubSpot";

    /// <summary>Name to write in place of the actor's, for changes by HubSpot's people.</summary>
    public string? ActorName { get; init; }

    /// <summary>Adds a new lead.</summary>
    public void Create(HubDbContext db, Lead lead, ConsentInput? consent = null)
    {
        var recorded = consent is null ? [] : Write(lead, consent);
        lead.SearchText = SearchText.Of(lead);
        LeadWork.Begin(lead, Origin);
        db.Leads.Add(lead);
        var changes = LeadFields
            .Typed.Select(field => new FieldChange(field.ToString(), null, LeadFields.Read(lead, field)))
            .Append(new FieldChange(nameof(LeadField.Agent), null, LeadFields.Read(lead, LeadField.Agent)))
            .Append(new FieldChange(nameof(LeadField.Stage), null, LeadFields.Read(lead, LeadField.Stage)))
            .Concat(recorded)
            .Where(change => change.After is not null);
        Record(db, lead, LeadEventKind.Created, [.. changes]);
    }

    /// <summary>Sets typed fields; writes one event when anything changed.</summary>
    /// <returns>The fields that really changed.</returns>
    public IReadOnlyList<FieldChange> Edit(
        HubDbContext db,
        Lead lead,
        IEnumerable<KeyValuePair<LeadField, string?>> values
    )
    {
        var changes = new List<FieldChange>();
        foreach (var (field, value) in values)
        {
            var before = LeadFields.Read(lead, field);
            LeadFields.Write(lead, field, value);
            var after = LeadFields.Read(lead, field);
            if (before != after)
            {
                changes.Add(new FieldChange(field.ToString(), before, after));
            }
        }

        if (changes.Count > 0)
        {
            lead.SearchText = SearchText.Of(lead);
            Record(db, lead, LeadEventKind.Edited, changes);
        }

        return changes;
    }

    /// <summary>Records the client's consent; writes one event when anything changed.</summary>
    public void Consent(HubDbContext db, Lead lead, ConsentInput consent)
    {
        var changes = Write(lead, consent);
        if (changes.Count > 0)
        {
            Record(db, lead, LeadEventKind.ConsentRecorded, changes);
        }
    }

    /// <summary>Moves to another stage.</summary>
    public void Move(HubDbContext db, Lead lead, Stage stage)
    {
        if (lead.StageId == stage.Id)
        {
            return;
        }

        var change = new FieldChange(nameof(LeadField.Stage), lead.StageId.ToString(), stage.Id.ToString());
        lead.StageId = stage.Id;
        lead.Status = stage.Status;
        lead.StageChangedAt = At;
        Record(db, lead, LeadEventKind.StageChanged, [change]);
    }

    /// <summary>Hands the lead to another agent, or to the pool with null; the reason stands in the history.</summary>
    public void Transfer(HubDbContext db, Lead lead, HubUser? agent, string? reason = null)
    {
        if (lead.AgentId == agent?.Id)
        {
            return;
        }

        List<FieldChange> changes = [new(nameof(LeadField.Agent), lead.AgentId?.ToString(), agent?.Id.ToString())];
        if (reason is not null)
        {
            changes.Add(new(FieldChange.Reason, null, reason));
        }

        var (previousAgent, previousTeam) = (lead.AgentId, lead.TeamId);
        lead.AgentId = agent?.Id;
        lead.TeamId = agent?.TeamId;
        lead.TransferredAt = At;
        LeadWork.BeginAnew(lead, At);
        Record(db, lead, LeadEventKind.Transferred, changes, previousAgent: previousAgent, previousTeam: previousTeam);
    }

    /// <summary>Sets what needs attention.</summary>
    public void Mark(HubDbContext db, Lead lead, Attention attention)
    {
        var change = new FieldChange(FieldChange.Attention, lead.Attention.ToString(), attention.ToString());
        lead.Attention = attention;
        Record(db, lead, LeadEventKind.Edited, [change]);
    }

    /// <summary>Archives or restores.</summary>
    public void Archive(HubDbContext db, Lead lead, bool archive)
    {
        if (lead.ArchivedAt is not null == archive)
        {
            return;
        }

        lead.ArchivedAt = archive ? At : null;
        Record(db, lead, archive ? LeadEventKind.Archived : LeadEventKind.Restored, []);
    }

    // A note that is put right leaves who recorded the state, and when, as they were.
    private List<FieldChange> Write(Lead lead, ConsentInput consent)
    {
        var before = LeadConsent.Of(lead).ToInput();
        if (consent.State != before.State)
        {
            lead.ConsentAt = consent.State switch
            {
                ConsentState.Given => At,
                ConsentState.Withdrawn => lead.ConsentAt,
                _ => null,
            };
            lead.ConsentWithdrawnAt = consent.State is ConsentState.Withdrawn ? At : null;
            lead.ConsentBy = consent.State is ConsentState.NotRecorded ? null : Actor.Name;
        }

        lead.ConsentNote = consent.Note;
        FieldChange[] changes =
        [
            new(FieldChange.Consent, Text(before.State), Text(consent.State)),
            new(FieldChange.ConsentNote, before.Note, consent.Note),
        ];
        return [.. changes.Where(change => change.Before != change.After)];

        static string? Text(ConsentState state) => state is ConsentState.NotRecorded ? null : state.ToString();
    }

    /// <summary>Writes an event about the lead; every kind but the sync's own state counts as a change of the lead.</summary>
    public void Record(
        HubDbContext db,
        Lead lead,
        LeadEventKind kind,
        IReadOnlyList<FieldChange> changes,
        Guid? subjectId = null,
        Guid? previousAgent = null,
        Guid? previousTeam = null
    )
    {
        if (!IsSilent(kind) && At > lead.UpdatedAt)
        {
            lead.UpdatedAt = At;
        }

        LeadWork.Note(lead, kind, Origin, Actor.StoredId, At);

        db.LeadEvents.Add(
            new LeadEvent
            {
                LeadId = lead.Id,
                Kind = kind,
                Origin = Origin,
                OccurredAt = At,
                ActorId = Actor.StoredId,
                ActorName = ActorName ?? Actor.Name,
                Address = Actor.Address,
                Changes = changes,
                SubjectId = subjectId,
                AgentId = lead.AgentId,
                PreviousAgentId = previousAgent,
                TeamId = lead.TeamId,
                PreviousTeamId = previousTeam,
            }
        );
        if (PointLedger.Concerns(kind, Origin))
        {
            db.BeforeCommit(PointLedger.FollowAsync);
        }
    }

    // A reminder by a rule must not make a quiet lead look busy.
    private bool IsSilent(LeadEventKind kind) =>
        kind is LeadEventKind.SyncStateChanged
        || (Origin is ChangeOrigin.System && kind is LeadEventKind.RuleApplied or LeadEventKind.FollowUpAdded);

    /// <summary>Marks the lead, a comment or a follow-up of it as waiting for HubSpot, in the same transaction.</summary>
    public Task MarkForHubSpotAsync(
        HubDbContext db,
        OutboxKind kind,
        Guid subjectId,
        Guid leadId,
        CancellationToken cancellationToken
    ) => MarkAsync(db, kind, [subjectId], [leadId], cancellationToken);

    /// <summary>The same for many leads, in one command.</summary>
    public Task MarkLeadsForHubSpotAsync(
        HubDbContext db,
        IReadOnlyCollection<Guid> leadIds,
        CancellationToken cancellationToken
    ) => MarkAsync(db, OutboxKind.Lead, [.. leadIds], [.. leadIds], cancellationToken);

    private async Task MarkAsync(
        HubDbContext db,
        OutboxKind kind,
        Guid[] subjectIds,
        Guid[] leadIds,
        CancellationToken cancellationToken
    )
    {
        if (Origin is ChangeOrigin.HubSpot)
        {
            return;
        }

        // The lead's own row must exist first: a new lead and its mark are written together.
        await db.SaveChangesAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO outbox (kind, subject_id, lead_id, revision, since, attempts, due_at)
            SELECT {(int)kind}, marked.subject_id, leads.id, 1, {At}, 0, {At}
            FROM unnest({subjectIds}, {leadIds}) AS marked (subject_id, lead_id)
            JOIN leads ON leads.id = marked.lead_id AND erased_at IS NULL
            ON CONFLICT (kind, subject_id) DO UPDATE
            SET revision = outbox.revision + 1, attempts = 0, due_at = EXCLUDED.due_at, parked_at = NULL,
                lead_id = EXCLUDED.lead_id
            """,
            cancellationToken
        );
    }

    /// <summary>
    /// Marks the lead's open follow-ups likewise, after it was handed over: whose task each is in HubSpot follows the
    /// lead's agent.
    /// </summary>
    public Task MarkFollowUpsForHubSpotAsync(HubDbContext db, Guid leadId, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO outbox (kind, subject_id, lead_id, revision, since, attempts, due_at)
            SELECT {(int)OutboxKind.FollowUp}, id, lead_id, 1, {At}, 0, {At}
            FROM follow_ups WHERE lead_id = {leadId} AND done_at IS NULL AND deleted_at IS NULL
            ON CONFLICT (kind, subject_id) DO UPDATE
            SET revision = outbox.revision + 1, due_at = EXCLUDED.due_at, lead_id = EXCLUDED.lead_id
            """,
            cancellationToken
        );
}
