using ProPartHub.Domain.HubSpot.Mapping;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>
/// Which fields of a lead may be exchanged while parts of the exchange are off. A field that may not is left as if nobody
/// had looked at it: its base of the merge stays, so that once it may, every change of either side since then counts.
/// Pure.
/// </summary>
internal sealed class OpenFields
{
    /// <summary>The fields to merge.</summary>
    public IReadOnlyList<FieldMap> Fields { get; }

    /// <summary>HubSpot's values, with the snapshot's in place of those that count as unread.</summary>
    public RecordPair Theirs { get; }

    /// <summary>True when the lead has a value to tell HubSpot in a field that may not be exchanged now.</summary>
    public bool HoldsOurs { get; }

    /// <summary>Decides.</summary>
    /// <param name="map">The account's mapping.</param>
    /// <param name="lead">The lead as it is.</param>
    /// <param name="sync">What was agreed last.</param>
    /// <param name="theirs">HubSpot's values now.</param>
    /// <param name="off">Parts that are off.</param>
    public OpenFields(LeadMap map, Lead lead, LeadSync sync, RecordPair theirs, SyncPart off)
    {
        var snapshot = new RecordPair(sync.ContactSnapshot, sync.DealSnapshot);
        var fields = map.Fields.Where(field => field.Properties.Count > 0).ToList();
        var held =
            off is SyncPart.None ? [] : fields.Where(field => IsHeld(field, sync, snapshot, theirs, off)).ToHashSet();
        Fields = [.. fields.Where(field => !held.Contains(field))];
        Theirs = held.Count == 0 ? theirs : Unread(held.SelectMany(field => field.Properties), snapshot, theirs);
        HoldsOurs = held.Any(field => field.Ours(lead) != sync.Agreed.GetValueOrDefault(field.Name));
    }

    // A field that stands in both records waits for both: half of it told, taking it back would reach nobody.
    private static bool IsHeld(FieldMap field, LeadSync sync, RecordPair snapshot, RecordPair theirs, SyncPart off) =>
        field.Properties.Any(property => off.HasFlag(SyncParts.Of(property.Type)))
        || (
            off.HasFlag(SyncPart.Inbound)
            && field.Properties.Any(property =>
                theirs[property] != (sync.Agreed.ContainsKey(field.Name) ? snapshot[property] : null)
            )
        );

    private static RecordPair Unread(IEnumerable<PropertyRef> properties, RecordPair snapshot, RecordPair theirs)
    {
        var contact = new Dictionary<string, string?>(theirs.Contact);
        var deal = new Dictionary<string, string?>(theirs.Deal);
        foreach (var property in properties)
        {
            var (from, to) =
                SyncParts.Of(property.Type) is SyncPart.Contacts ? (snapshot.Contact, contact) : (snapshot.Deal, deal);
            if (from.TryGetValue(property.Name, out var value))
            {
                to[property.Name] = value;
            }
            else
            {
                to.Remove(property.Name);
            }
        }

        return new RecordPair(contact, deal);
    }
}
