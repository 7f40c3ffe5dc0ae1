namespace ProPartHub.Domain.HubSpot.Api;

/// <summary>HubSpot's own association type ids, needed when associating in a create call. Direction matters.</summary>
public static class HubSpotAssociationTypes
{
    /// <summary>From a deal to its contact.</summary>
    public const int DealToContact = 3;

    /// <summary>From a contact to its deal.</summary>
    public const int ContactToDeal = 4;

    /// <summary>The id for a note, call, e-mail, meeting or task that is created on a contact.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The type is no activity.</exception>
    public static int ActivityToContact(string activityType) =>
        activityType switch
        {
            HubSpotObjectTypes.Calls => 194,
            HubSpotObjectTypes.Emails => 198,
            HubSpotObjectTypes.Meetings => 200,
            HubSpotObjectTypes.Notes => 202,
            HubSpotObjectTypes.Tasks => 204,
            _ => throw NoActivity(activityType),
        };

    /// <summary>The id for a note, call, e-mail, meeting or task that is created on a deal.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The type is no activity.</exception>
    public static int ActivityToDeal(string activityType) =>
        activityType switch
        {
            HubSpotObjectTypes.Calls => 206,
            HubSpotObjectTypes.Emails => 210,
            HubSpotObjectTypes.Meetings => 212,
            HubSpotObjectTypes.Notes => 214,
            HubSpotObjectTypes.Tasks => 216,
            _ => throw NoActivity(activityType),
        };

    private static ArgumentOutOfRangeException NoActivity(string type) =>
        new(nameof(type), type, "Not a kind of activity.");
}
