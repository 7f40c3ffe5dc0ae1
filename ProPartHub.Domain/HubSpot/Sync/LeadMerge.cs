using ProPartHub.Domain.HubSpot.Mapping;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>A field in which two different values met.</summary>
internal sealed record LeadConflict(string Field, string? Base, string? Ours, string? Theirs, bool TheirsWon);

/// <summary>A value of ours that HubSpot has yet to be told, and the properties that must change for it.</summary>
internal sealed record PendingField(string Field, string? Value, IReadOnlyDictionary<PropertyRef, string?> Changes);

/// <summary>
/// Compares a lead with what HubSpot has now and with what both last agreed on. Pure: it reads its arguments and changes
/// nothing.
/// </summary>
internal sealed class LeadMerge
{
    /// <summary>Values to set on the lead, by field name; only those that differ.</summary>
    public Dictionary<string, string?> Incoming { get; } = [];

    /// <summary>Values to tell HubSpot.</summary>
    public List<PendingField> Outgoing { get; } = [];

    /// <summary>Values that lost.</summary>
    public List<LeadConflict> Conflicts { get; } = [];

    /// <summary>The values agreed on from now on, by field name. Fields in <see cref="Outgoing"/> keep their old one.</summary>
    public Dictionary<string, string?> Agreed { get; }

    /// <summary>HubSpot's values to keep as the snapshot.</summary>
    public RecordPair Theirs { get; }

    /// <summary>True when a value of ours has to wait for a part of the exchange that is off.</summary>
    public bool HoldsOurs { get; }

    /// <summary>Merges.</summary>
    /// <param name="map">The account's mapping.</param>
    /// <param name="lead">The lead as it is.</param>
    /// <param name="sync">What was agreed last.</param>
    /// <param name="theirs">HubSpot's values now; for a record that was not read, the snapshot's.</param>
    /// <param name="off">Parts of the exchange that are off.</param>
    public LeadMerge(LeadMap map, Lead lead, LeadSync sync, RecordPair theirs, SyncPart off)
    {
        var snapshot = new RecordPair(sync.ContactSnapshot, sync.DealSnapshot);
        var open = new OpenFields(map, lead, sync, theirs, off);
        (Theirs, HoldsOurs) = (open.Theirs, open.HoldsOurs);
        Agreed = new(sync.Agreed);
        foreach (var field in open.Fields)
        {
            Merge(map, field, field.Ours(lead), snapshot, Theirs);
        }
    }

    private void Merge(LeadMap map, FieldMap field, string? ours, RecordPair snapshot, RecordPair theirs)
    {
        var agreed = Agreed.TryGetValue(field.Name, out var value) ? MergeBase.Of(value) : MergeBase.None;
        var changed = field
            .Properties.Where(property => !agreed.Exists || theirs[property] != snapshot[property])
            .ToHashSet();

        // A field whose properties stand as they were is unchanged there, whatever its value would read as today.
        var incoming = changed.Count == 0 ? agreed.Value : field.Theirs(theirs, changed, ours);
        var outcome = ThreeWayMerge.Merge(agreed, ours, incoming, field.Policy);
        if (outcome.IsConflict)
        {
            var theirsWon = !outcome.Pushes;
            Conflicts.Add(new(field.Name, agreed.Value, ours, incoming, theirsWon));
        }

        if (outcome.Value != ours)
        {
            Incoming[field.Name] = outcome.Value;
        }

        if (incoming == ours && Unsent(map, field, ours, agreed, snapshot, theirs) is { Count: > 0 } rest)
        {
            Outgoing.Add(new(field.Name, ours, rest));
            return;
        }

        if (!outcome.Pushes)
        {
            Settle(map, field, outcome.Value, agreed, theirs);
            return;
        }

        var differences = map.Differences(field, ours, agreed.Value, theirs);
        if (differences.Count == 0)
        {
            // HubSpot cannot hold it, or holds it already in its own way (an amount inside our range).
            Agreed[field.Name] = ours;
            return;
        }

        if (outcome.IsConflict)
        {
            // The conflict is told once: from now on only our value differs from the base.
            Agreed[field.Name] = incoming;
        }

        Outgoing.Add(new(field.Name, ours, differences));
    }

    // Our value stands in one record and the other has yet to learn of it: a push that got half way.
    private static Dictionary<PropertyRef, string?> Unsent(
        LeadMap map,
        FieldMap field,
        string? ours,
        MergeBase agreed,
        RecordPair snapshot,
        RecordPair theirs
    ) =>
        !agreed.Exists || ours == agreed.Value
            ? []
            : map.Differences(field, ours, agreed.Value, theirs)
                .Where(change => theirs[change.Key] == snapshot[change.Key])
                .ToDictionary(change => change.Key, change => change.Value);

    // A field met for the first time may stand in one record and be blank in the other (a deal's phone, its contact's).
    private void Settle(LeadMap map, FieldMap field, string? value, MergeBase agreed, RecordPair theirs)
    {
        var blanks =
            agreed.Exists || value is null
                ? []
                : map.Differences(field, value, null, theirs)
                    .Where(change => theirs[change.Key] is null)
                    .ToDictionary(change => change.Key, change => change.Value);
        if (blanks.Count > 0)
        {
            Outgoing.Add(new(field.Name, value, blanks));
            return;
        }

        Agreed[field.Name] = value;
    }
}
