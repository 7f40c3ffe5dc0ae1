using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Transfer.Legacy;

/// <summary>
/// Brings leads with their old dates. One whose deal HubSpot has brought already is tied to that; the others keep the
/// numbers of their deals and contacts, so that HubSpot finds them again and both meet without a common snapshot.
/// </summary>
internal sealed class LegacyLeads(LegacyRun run, LegacyStages stages)
{
    /// <summary>Brings them.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        run.TableAsync(LegacyTable.Leads, LegacyKind.Lead, BatchAsync, cancellationToken);

    private async Task BatchAsync(LegacyBatch batch, CancellationToken cancellationToken)
    {
        var deals = await LegacyDeals.LoadAsync(batch, cancellationToken);
        var present = await LegacyLeadsHere.LoadAsync(batch, deals, cancellationToken);
        foreach (var row in batch.Rows)
        {
            var values = new LegacyLeadValues(batch, row);
            var notes = LegacyNotes.Of(row.Text("notes"));
            var typed = values.Read(notes);
            if (notes.HubSpotLines.Count > 0)
            {
                batch.Note(row, LegacyRule.NotesOfHubSpot, $"left out: {string.Join("; ", notes.HubSpotLines)}");
            }

            var stage = stages.Of(batch, row, notes.IsClosed, out var isStageKnown);
            var agent = AgentOf(batch, row);
            var incoming = new LegacyLead(row, typed, stage, agent, notes)
            {
                Attention =
                    values.Attention
                    | (isStageKnown ? Attention.None : Attention.UnknownStage)
                    | (agent is null ? Attention.UnknownAgent : Attention.None),
                LongNotes = values.LongNotes,
            };
            if (batch.Known(row) is { } known)
            {
                present.Compare(incoming, known);
            }
            else if (deals.IsErased(row))
            {
                batch.Note(row, LegacyRule.ClientErased, "the client was erased here; not brought");
            }
            else if (deals.Here(row) is { } here)
            {
                present.Adopt(incoming, here, deals);
            }
            else
            {
                Add(batch, incoming, deals, present);
            }
        }
    }

    private static void Add(LegacyBatch batch, LegacyLead incoming, LegacyDeals deals, LegacyLeadsHere present)
    {
        var (row, now) = (incoming.Row, batch.Run.Now);
        var (createdAt, updatedAt) = TimesOf(batch, row);
        var lead = new Lead
        {
            Id = Guid.CreateVersion7(createdAt),
            ClientName = incoming.Values.ClientName,
            AgentId = incoming.Agent?.Id,
            TeamId = incoming.Agent?.TeamId,
            StageId = incoming.Stage.Id,
            Status = incoming.Stage.Status,
            StageChangedAt = incoming.Notes.ClosedAt is { } closed && closed <= now ? closed : updatedAt,
            TransferredAt = row.Flag("is_transferred") is true ? updatedAt : null,
            CreatedAt = createdAt,
            UpdatedAt = updatedAt,
            Attention = incoming.Attention,
        };
        foreach (var field in LeadFields.Typed)
        {
            LeadFields.Write(lead, field, LeadFields.Read(incoming.Values, field));
        }

        present.MarkShared(row, lead);
        LegacyRun.Recorder(createdAt).Create(batch.Db, lead);
        deals.Tie(row, lead.Id);
        if (incoming.LongNotes is { } notes)
        {
            batch.Db.Comments.Add(
                new Comment
                {
                    Id = Guid.CreateVersion7(createdAt),
                    LeadId = lead.Id,
                    AuthorName = Actor.System.Name,
                    Body = notes,
                    Origin = ChangeOrigin.Import,
                    CreatedAt = createdAt,
                }
            );
        }

        batch.Bring(row, lead.Id, incoming.Fields());
    }

    private LegacyPerson? AgentOf(LegacyBatch batch, LegacyRow row)
    {
        if (row.Link("agent_id") is not { } id || !run.People.TryGetValue(id, out var agent))
        {
            batch.Note(row, LegacyRule.AgentUnknown, "its agent is nobody; in the pool");
            return null;
        }

        if (agent.Role is Role.Admin)
        {
            batch.Note(row, LegacyRule.LeadOfAdmin, $"stays with the admin {agent.Name}; hand it over");
        }

        return agent;
    }

    private static (DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt) TimesOf(LegacyBatch batch, LegacyRow row)
    {
        var (now, created, updated) = (batch.Run.Now, row.Utc("created_at"), row.Utc("updated_at"));
        var createdAt = created ?? updated ?? now;
        createdAt = createdAt > now ? now : createdAt;
        var updatedAt = updated > createdAt ? updated.Value : createdAt;
        updatedAt = updatedAt > now ? now : updatedAt;
        if (created is null || created > now || updated > now)
        {
            batch.Note(row, LegacyRule.TimeRepaired, "a time was missing or yet to come");
        }

        return (createdAt, updatedAt);
    }
}

/// <summary>A lead of the former portal in the hub's terms.</summary>
internal sealed record LegacyLead(LegacyRow Row, LeadInput Values, Stage Stage, LegacyPerson? Agent, LegacyNotes Notes)
{
    public Attention Attention { get; init; }

    public string? LongNotes { get; init; }

    /// <summary>Every field as brought, by name.</summary>
    public IEnumerable<(string Name, string? Value)> Fields() =>
        [
            .. LeadFields.Typed.Select(field => (field.ToString(), LeadFields.Read(Values, field))),
            (nameof(LeadField.Stage), Stage.Id.ToString()),
            (nameof(LeadField.Agent), Agent?.Id.ToString()),
        ];
}
