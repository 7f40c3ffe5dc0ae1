using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Mapping;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>Writes HubSpot's values into leads, through the recorder like everybody, inside one transaction.</summary>
internal sealed class LeadWriter(SyncSession session, HubDbContext db, StagesAndPeople present)
{
    private LeadMap Map => session.Map;

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
        var merge = new LeadMerge(Map, lead, sync, theirs, session.Off);
        var recorder = session.Recorder(source.UpdatedAt, origin);
        Restore(lead, sync, recorder);
        Apply(lead, merge.Incoming, recorder);
        Keep(lead, merge.Conflicts, recorder);
        await MergedLeads.MarkAsync(db, lead, merge, recorder, cancellationToken);
        await WatchAsync(lead, merge, cancellationToken);
        Store(sync, merge);
        if (merge.Incoming.Count == 0 && merge.Conflicts.Count == 0)
        {
            return false;
        }

        sync.PulledAt = session.Now;
        db.In(session.Now, lead.Id, SyncJournal.LeadChanged, string.Join(", ", merge.Incoming.Keys));
        return true;
    }

    /// <summary>Notes that the deal is gone from HubSpot. The lead stays.</summary>
    public void MarkDeleted(Lead lead, LeadSync sync)
    {
        if (sync.DeletedAt is not null)
        {
            return;
        }

        sync.DeletedAt = session.Now;
        SetAttention(lead, lead.Attention | Attention.DeletedInHubSpot, session.Recorder(session.Now));
        db.In(session.Now, lead.Id, SyncJournal.DealDeleted, sync.DealId);
    }

    private void Restore(Lead lead, LeadSync sync, LeadRecorder recorder)
    {
        if (sync.DeletedAt is null)
        {
            return;
        }

        sync.DeletedAt = null;
        SetAttention(lead, lead.Attention & ~Attention.DeletedInHubSpot, recorder);
        db.In(session.Now, lead.Id, SyncJournal.DealRestored, sync.DealId);
    }

    private void Apply(Lead lead, Dictionary<string, string?> incoming, LeadRecorder recorder)
    {
        var edits = Map
            .Fields.Where(field => incoming.ContainsKey(field.Name))
            .SelectMany(field => field.Edits(incoming[field.Name]));
        recorder.Edit(db, lead, edits.ToList());
        if (incoming.TryGetValue(Map.Stage.Name, out var stage) && Guid.TryParse(stage, out var stageId))
        {
            recorder.Move(db, lead, present.Stages[stageId]);
        }

        if (incoming.TryGetValue(Map.Agent.Name, out var agent))
        {
            recorder.Transfer(db, lead, present.Person(agent));
        }
    }

    private void Keep(Lead lead, List<LeadConflict> conflicts, LeadRecorder recorder)
    {
        foreach (var conflict in conflicts)
        {
            db.SyncConflicts.Add(
                new SyncConflict
                {
                    LeadId = lead.Id,
                    Field = conflict.Field,
                    Base = conflict.Base,
                    Ours = conflict.Ours,
                    Theirs = conflict.Theirs,
                    TheirsWon = conflict.TheirsWon,
                    At = session.Now,
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
            recorder.Record(db, lead, LeadEventKind.ConflictKept, [.. changes]);
        }
    }

    private async Task WatchAsync(Lead lead, LeadMerge merge, CancellationToken cancellationToken)
    {
        lead.Attention = LeadAttention.After(Map, lead, merge.Theirs, merge.Incoming.Keys);
        if (merge.Incoming.ContainsKey(nameof(LeadField.Phone)) && lead is { IsOpen: true, Phone: { } phone })
        {
            var isShared = await db.Leads.AnyAsync(
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

    private void SetAttention(Lead lead, Attention attention, LeadRecorder recorder) =>
        recorder.Mark(db, lead, attention);
}
