using ProPartHub.Domain.HubSpot.Api;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>How the contact of a lead's client was found.</summary>
public enum ContactFoundBy
{
    /// <summary>It carries the lead's id, or an earlier try had chosen it: the lead's own.</summary>
    OwnId = 1,

    /// <summary>Another lead of the same client stands on it.</summary>
    OtherLead,

    /// <summary>It has the client's mail address.</summary>
    Mail,

    /// <summary>It has the client's phone.</summary>
    Phone,
}

/// <summary>A contact that was there before the lead's deal.</summary>
/// <param name="Contact">As HubSpot has it.</param>
/// <param name="By">How it was found.</param>
/// <param name="Others">How many other contacts fitted as well; the oldest was taken, or that of the oldest lead.</param>
internal sealed record FoundContact(HubSpotObject Contact, ContactFoundBy By, int Others = 0);
