using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Mapping;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>Writes HubSpot's values into leads, through the recorder like everybody, inside one transaction.</summary>
internal sealed class LeadWriter
{
    private readonly SyncSession _session;
    private readonly HubDbContext _db;
    private readonly Dictionary<Guid, Stage> _stages;
    private readonly Dictionary<Guid, HubUser> _people;

    private LeadWriter(
        SyncSession session,
        HubDbContext db,
        Dictionary<Guid, Stage> stages,
        Dictionary<Guid, HubUser> people
    ) => (_session, _db, _stages, _people) = (session, db, stages, people);

    private LeadMap Map => _session.Map;

    /// <summary>
    /// Reads stages and people inside the transaction: the mapping at hand is minutes old, and a lead must get the meaning
    /// and the team of now.
    /// </summary>
    public static async Task<LeadWriter> OpenAsync(
        SyncSession session,
        HubDbContext db,
        CancellationToken cancellationToken
    ) =>
        new(
            session,
            db,
            await db.Stages.AsNoTracking().ToDictionaryAsync(stage => stage.Id, cancellationToken),
            await db.Users.AsNoTracking().ToDictionaryAsync(user => user.Id, cancellationToken)
        );

    /// <summary>Which of these phones an open lead has already, or two of the new ones share.</summary>
    public async Task<IReadOnlySet<string>> SharedPhonesAsync(
        IEnumerable<string?> phones,
        CancellationToken cancellationToken
    )
    {
        var all = phones.OfType<string>().ToList();
        var twice = all.GroupBy(phone => phone).Where(group => group.Count() > 1).Select(group => group.Key);
        var taken = await _db
            .Leads.Where(lead => all.Contains(lead.Phone!) && lead.ArchivedAt == null && lead.Status < LeadStatus.Won)
            .Select(lead => lead.Phone!)
            .ToListAsync(cancellationToken);
        return taken.Concat(twice).ToHashSet();
    }

    /// <summary>Makes a lead of a deal.</summary>
    public void Create(DealRead read, RecordPair theirs, ChangeOrigin origin, IReadOnlySet<string> sharedPhones)
    {
        var now = _session.Now;
        var createdAt = Earlier(HubSpotTime.Parse(read.Deal["createdate"]) ?? read.Deal.CreatedAt, now);
        var changedAt = Earlier(read.Deal.UpdatedAt, now);
        var lead = new Lead
        {
            Id = Guid.CreateVersion7(createdAt),
            ClientName = $"HubSpot {read.Deal.Id}",
            StageId = Map.Stages.First.Id,
            StageChangedAt = changedAt,
            CreatedAt = createdAt,
            UpdatedAt = changedAt > createdAt ? changedAt : createdAt,
        };
        foreach (var field in Map.Fields)
        {
            var value = field.Theirs(theirs, field.Properties.ToHashSet(), field.Ours(lead));
            foreach (var (name, text) in field.Edits(value))
            {
                LeadFields.Write(lead, name, text);
            }

            if (field == Map.Stage)
            {
                lead.StageId = Guid.Parse(value!);
            }
            else if (field == Map.Agent && Person(value) is { } agent)
            {
                (lead.AgentId, lead.TeamId) = (agent.Id, agent.TeamId);
            }
        }

        lead.Status = _stages[lead.StageId].Status;
        lead.Attention = LeadAttention.Of(Map, lead, theirs);
        if (lead is { IsOpen: true, Phone: { } phone } && sharedPhones.Contains(phone))
        {
            lead.Attention |= Attention.SharedPhone;
        }

        _session.Recorder(createdAt, origin).Create(_db, lead);
        _db.LeadSyncs.Add(
            new LeadSync
            {
                LeadId = lead.Id,
                DealId = read.Deal.Id,
                ContactId = read.ContactId,
                ContactSnapshot = new(theirs.Contact),
                DealSnapshot = new(theirs.Deal),
                Agreed = Map.Fields.ToDictionary(field => field.Name, field => field.Ours(lead)),
                PulledAt = now,
            }
        );
        if (origin is ChangeOrigin.HubSpot)
        {
            _db.In(now, lead.Id, SyncJournal.LeadImported, read.Deal.Id);
        }
    }

    /// <summary>Merges a deal as read, with its contact.</summary>
    public Task<bool> MergeAsync(
        Lead lead,
        LeadSync sync,
        RecordPair theirs,
        DealRead read,
        ChangeOrigin origin,
        CancellationToken cancellationToken
    )
    {
        if (read.ContactId != sync.ContactId && read.Contact is null)
        {
            // Untied from its contact: the deal has lost it, the lead keeps what it knows of the client.
            sync.ContactSnapshot = [];
        }

        if (read.Contact is null)
        {
            theirs = theirs with { Contact = sync.ContactSnapshot };
        }

        sync.ContactId = read.ContactId;
        return MergeAsync(lead, sync, theirs, read.Deal, cancellationToken, origin);
    }

    /// <summary>Merges values into a lead; what did not change is not touched.</summary>
    /// <returns>True when the lead changed.</returns>
    public async Task<bool> MergeAsync(
        Lead lead,
        LeadSync sync,
        RecordPair theirs,
        HubSpotObject source,
        CancellationToken cancellationToken,
        ChangeOrigin origin = ChangeOrigin.HubSpot
    )
    {
        var merge = new LeadMerge(Map, lead, sync, theirs, _session.Off);
        var recorder = _session.Recorder(source.UpdatedAt, origin);
        Restore(lead, sync, recorder);
        Apply(lead, merge.Incoming, recorder);
        Keep(lead, merge.Conflicts, recorder);
        await WatchAsync(lead, merge, cancellationToken);
        Store(sync, merge);
        if (merge.Incoming.Count == 0 && merge.Conflicts.Count == 0)
        {
            return false;
        }

        sync.PulledAt = _session.Now;
        _db.In(_session.Now, lead.Id, SyncJournal.LeadChanged, string.Join(", ", merge.Incoming.Keys));
        return true;
    }

    /// <summary>Notes that the deal is gone from HubSpot. The lead stays.</summary>
    public void MarkDeleted(Lead lead, LeadSync sync)
    {
        if (sync.DeletedAt is not null)
        {
            return;
        }

        sync.DeletedAt = _session.Now;
        SetAttention(lead, lead.Attention | Attention.DeletedInHubSpot, _session.Recorder(_session.Now));
        _db.In(_session.Now, lead.Id, SyncJournal.DealDeleted, sync.DealId);
    }

    private void Restore(Lead lead, LeadSync sync, LeadRecorder recorder)
    {
        if (sync.DeletedAt is null)
        {
            return;
        }

        sync.DeletedAt = null;
        SetAttention(lead, lead.Attention & ~Attention.DeletedInHubSpot, recorder);
        _db.In(_session.Now, lead.Id, SyncJournal.DealRestored, sync.DealId);
    }

    private void Apply(Lead lead, Dictionary<string, string?> incoming, LeadRecorder recorder)
    {
        var edits = Map
            .Fields.Where(field => incoming.ContainsKey(field.Name))
            .SelectMany(field => field.Edits(incoming[field.Name]));
        recorder.Edit(_db, lead, edits.ToList());
        if (incoming.TryGetValue(Map.Stage.Name, out var stage) && Guid.TryParse(stage, out var stageId))
        {
            recorder.Move(_db, lead, _stages[stageId]);
        }

        if (incoming.TryGetValue(Map.Agent.Name, out var agent))
        {
            recorder.Transfer(_db, lead, Person(agent));
        }
    }

    private void Keep(Lead lead, List<LeadConflict> conflicts, LeadRecorder recorder)
    {
        foreach (var conflict in conflicts)
        {
            _db.SyncConflicts.Add(
                new SyncConflict
                {
                    LeadId = lead.Id,
                    Field = conflict.Field,
                    Base = conflict.Base,
                    Ours = conflict.Ours,
                    Theirs = conflict.Theirs,
                    TheirsWon = conflict.TheirsWon,
                    At = _session.Now,
                }
            );
        }

        if (conflicts.Count > 0)
        {
            var changes = conflicts.Select(conflict =>
                conflict.TheirsWon
                    ? new FieldChange(conflict.Field, conflict.Ours, conflict.Theirs)
                    : new FieldChange(conflict.Field, conflict.Theirs, conflict.Ours)
            );
            recorder.Record(_db, lead, LeadEventKind.ConflictKept, [.. changes]);
        }
    }

    private async Task WatchAsync(Lead lead, LeadMerge merge, CancellationToken cancellationToken)
    {
        lead.Attention = LeadAttention.After(Map, lead, merge.Theirs, merge.Incoming.Keys);
        if (merge.Incoming.ContainsKey(nameof(LeadField.Phone)) && lead is { IsOpen: true, Phone: { } phone })
        {
            var isShared = await _db.Leads.AnyAsync(
                other =>
                    other.Id != lead.Id
                    && other.Phone == phone
                    && other.ArchivedAt == null
                    && other.Status < LeadStatus.Won,
                cancellationToken
            );
            lead.Attention |= isShared ? Attention.SharedPhone : Attention.None;
        }
    }

    // Replaced only when different: most reads change nothing and must not write a row.
    private static void Store(LeadSync sync, LeadMerge merge)
    {
        var theirs = merge.Theirs;
        sync.Agreed = Same(sync.Agreed, merge.Agreed) ? sync.Agreed : merge.Agreed;
        sync.ContactSnapshot = Same(sync.ContactSnapshot, theirs.Contact) ? sync.ContactSnapshot : new(theirs.Contact);
        sync.DealSnapshot = Same(sync.DealSnapshot, theirs.Deal) ? sync.DealSnapshot : new(theirs.Deal);
    }

    private static bool Same(Dictionary<string, string?> left, IReadOnlyDictionary<string, string?> right) =>
        left.Count == right.Count
        && left.All(entry => right.TryGetValue(entry.Key, out var value) && value == entry.Value);

    private void SetAttention(Lead lead, Attention attention, LeadRecorder recorder)
    {
        var change = new FieldChange(FieldChange.Attention, lead.Attention.ToString(), attention.ToString());
        lead.Attention = attention;
        recorder.Record(_db, lead, LeadEventKind.Edited, [change]);
    }

    private HubUser? Person(string? id) => Guid.TryParse(id, out var userId) ? _people.GetValueOrDefault(userId) : null;

    private static DateTimeOffset Earlier(DateTimeOffset? time, DateTimeOffset now) => time < now ? time.Value : now;
}
