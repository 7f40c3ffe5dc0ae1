namespace ProPartHub.Domain.HubSpot.Api;

/// <summary>Names of the object types the hub deals with, as they stand in paths.</summary>
public static class HubSpotObjectTypes
{
    /// <summary>People.</summary>
    public const string Contacts = "contacts";

    /// <summary>Deals; the hub's leads.</summary>
    public const string Deals = "deals";

    /// <summary>Notes; the hub's comments.</summary>
    public const string Notes = "notes";

    /// <summary>Calls.</summary>
    public const string Calls = "calls";

    /// <summary>E-mails.</summary>
    public const string Emails = "emails";

    /// <summary>Meetings.</summary>
    public const string Meetings = "meetings";

    /// <summary>Tasks.</summary>
    public const string Tasks = "tasks";

    /// <summary>The property that moves with every change: contacts have a name of their own for it.</summary>
    public static string ModifiedProperty(string type) => type == Contacts ? "lastmodifieddate" : "hs_lastmodifieddate";
}
