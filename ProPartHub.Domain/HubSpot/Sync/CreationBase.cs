using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Mapping;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>
/// What a lead and HubSpot have in common when a deal is made: the base of the merges to come, also of the one that
/// follows a create whose answer was lost. Pure.
/// </summary>
internal sealed class CreationBase(LeadMap map)
{
    /// <summary>Stores what is about to be sent, before anything is.</summary>
    public void Intend(LeadSync sync, Lead lead)
    {
        sync.Agreed = Own(lead);
        sync.ContactSnapshot = Meant(HubSpotObjectTypes.Contacts, lead);
        sync.DealSnapshot = Meant(HubSpotObjectTypes.Deals, lead);
    }

    /// <summary>Stores what the lead has in common with its contact and with a deal of these values.</summary>
    /// <returns>True when that is everything, so that nothing is left to exchange.</returns>
    public bool Store(LeadSync sync, Lead lead, ResolvedContact? contact, Dictionary<string, string?> deal)
    {
        var (agreed, meant) = (sync.Agreed, sync.ContactSnapshot);
        (sync.Agreed, sync.DealSnapshot) = (Own(lead), deal);
        sync.ContactSnapshot = contact is null ? [] : map.Snapshot(HubSpotObjectTypes.Contacts, contact.Contact);
        var theirs = new RecordPair(sync.ContactSnapshot, deal);
        var isWhole = true;

        // Both have met and are at one, but for what may not come in while a part is off.
        var unmet =
            contact?.Origin is ContactOrigin.Found
                ? FirstMeeting.Of(map, lead, contact.Contact, SyncPart.None).Incoming.Keys.ToHashSet()
                : [];
        foreach (var field in map.Fields.Where(field => field != map.Agent))
        {
            if (contact?.Origin is ContactOrigin.Known && IsOutdated(field, lead, agreed, theirs))
            {
                sync.Agreed[field.Name] = agreed[field.Name];
                isWhole = false;
            }
            else if (unmet.Contains(field.Name) || IsUnsettled(field, sync.Agreed[field.Name], contact, theirs))
            {
                sync.Agreed.Remove(field.Name);
                isWhole = false;
            }
        }

        if (contact?.Origin is ContactOrigin.Known)
        {
            KeepMeant(sync.ContactSnapshot, meant);
        }

        return isWhole;
    }

    /// <summary>A deal's values as it is about to be made, in the form of snapshots.</summary>
    public Dictionary<string, string?> MeantDeal(Lead lead) => Meant(HubSpotObjectTypes.Deals, lead);

    // The lead was edited after its contact had been made: the contact has yet to learn of it.
    private bool IsOutdated(FieldMap field, Lead lead, Dictionary<string, string?> agreed, RecordPair theirs) =>
        agreed.TryGetValue(field.Name, out var before)
        && before != field.Ours(lead)
        && map.Differences(field, field.Ours(lead), before, theirs)
            .Keys.Any(property => property.Type == HubSpotObjectTypes.Contacts);

    // A contact that was there already keeps its values where it has any; fields that only one side has are left without
    // an agreement, so that the next round fills the blanks on both.
    private bool IsUnsettled(FieldMap field, string? ours, ResolvedContact? contact, RecordPair theirs)
    {
        var isMissing = map.Differences(field, ours, null, theirs)
            .Keys.Any(property =>
                theirs[property] is null && (contact is not null || property.Type == HubSpotObjectTypes.Deals)
            );
        var isOneSided = ours is null != (field.Theirs(theirs, field.Properties.ToHashSet(), null) is null);
        return isMissing || (isOneSided && contact?.Origin is ContactOrigin.Found);
    }

    // What differs from what we had sent, somebody in HubSpot has changed since. A blank is a value that was refused.
    private static void KeepMeant(Dictionary<string, string?> snapshot, Dictionary<string, string?> meant)
    {
        foreach (var (property, value) in meant.Where(entry => snapshot.GetValueOrDefault(entry.Key) is not null))
        {
            snapshot[property] = value;
        }
    }

    private Dictionary<string, string?> Own(Lead lead) =>
        map.Fields.ToDictionary(field => field.Name, field => field.Ours(lead));

    private Dictionary<string, string?> Meant(string type, Lead lead) =>
        map.Snapshot(type, new HubSpotObject { Properties = map.NewRecord(type, lead) });
}
