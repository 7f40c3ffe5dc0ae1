using ProPartHub.Domain.HubSpot.Api;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>
/// What the leads of one batch change in contacts. Leads of one client stand on one contact, and HubSpot takes each record
/// once in a batch. Where two leads would give one property two values, the later one waits for the next round: by then
/// the contact has changed under it, and the loser is kept as a conflict like any other.
/// </summary>
internal sealed class SharedContacts
{
    private readonly Dictionary<string, Dictionary<string, string?>> _changes = [];

    /// <summary>The properties to change, by contact.</summary>
    public IReadOnlyDictionary<string, Dictionary<string, string?>> Changes => _changes;

    /// <summary>Adds what a lead changes in its contact.</summary>
    /// <returns>False when another lead of the batch sets one of the properties to something else.</returns>
    public bool TryAdd(LeadPush push)
    {
        if (push.ContactId is not { } contactId)
        {
            return true;
        }

        var added = push.ChangesOf(HubSpotObjectTypes.Contacts);
        var before = _changes.GetValueOrDefault(contactId) ?? [];
        if (added.Any(change => before.TryGetValue(change.Key, out var value) && value != change.Value))
        {
            return false;
        }

        foreach (var (name, value) in added)
        {
            before[name] = value;
        }

        _changes[contactId] = before;
        return true;
    }
}
