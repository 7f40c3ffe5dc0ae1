namespace ProPartHub.Domain.Leads;

/// <summary>
/// What an imported lead lacks. HubSpot and imports bring deals that a person could not enter; they are stored all
/// the same and carry these marks until somebody mends them.
/// </summary>
[Flags]
public enum Attention
{
    /// <summary>Nothing is wrong.</summary>
    None = 0,

    /// <summary>No phone number.</summary>
    NoPhone = 1,

    /// <summary>The phone number could not be read as an international number.</summary>
    UnreadablePhone = 2,

    /// <summary>Another open lead has the same phone number.</summary>
    SharedPhone = 4,

    /// <summary>HubSpot's stage is not on the mapping page.</summary>
    UnknownStage = 8,

    /// <summary>HubSpot names an agent who is nobody here.</summary>
    UnknownAgent = 16,

    /// <summary>The deal was deleted in HubSpot.</summary>
    DeletedInHubSpot = 32,

    /// <summary>HubSpot changed the lead after it was merged into another, to something that the other does not say.</summary>
    ChangedAfterMerge = 64,
}
