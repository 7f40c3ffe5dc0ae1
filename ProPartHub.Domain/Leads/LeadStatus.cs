namespace ProPartHub.Domain.Leads;

/// <summary>
/// What a HubSpot stage means for the agency. Figures and colours go by this; the stage itself is what people read.
/// The numbers are the sort order.
/// </summary>
public enum LeadStatus
{
    /// <summary>Registered, nobody has answered yet.</summary>
    New = 1,

    /// <summary>The client has been reached.</summary>
    Contacted = 2,

    /// <summary>The client is a real buyer.</summary>
    Qualified = 3,

    /// <summary>The deal is won.</summary>
    Won = 4,

    /// <summary>The deal is lost; a reason is kept.</summary>
    Lost = 5,
}
