using ProPartHub.Domain.HubSpot.Api;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>Parts of the exchange with HubSpot that an admin turns off and on, each by itself.</summary>
[Flags]
public enum SyncPart
{
    /// <summary>No part.</summary>
    None = 0,

    /// <summary>What HubSpot's people change comes into leads.</summary>
    Inbound = 1,

    /// <summary>What the portal's people change goes to HubSpot.</summary>
    Outbound = 2,

    /// <summary>What stands in contacts, either way.</summary>
    Contacts = 4,

    /// <summary>What stands in deals, either way.</summary>
    Deals = 8,

    /// <summary>Comments here, notes there, either way.</summary>
    Notes = 16,

    /// <summary>Follow-ups here, tasks there, either way.</summary>
    Tasks = 32,

    /// <summary>All contacts of the account are kept here to be looked through, beside those on which leads stand.</summary>
    ContactMirror = 64,
}

/// <summary>Which switch a record type obeys beside the two directions.</summary>
internal static class SyncParts
{
    /// <summary>Both kinds of record of which a lead is made; one without the other makes none, here or there.</summary>
    public const SyncPart WholeLead = SyncPart.Contacts | SyncPart.Deals;

    /// <summary>The type's own switch; none for calls, mails and meetings.</summary>
    public static SyncPart Of(string objectType) =>
        objectType switch
        {
            HubSpotObjectTypes.Contacts => SyncPart.Contacts,
            HubSpotObjectTypes.Deals => SyncPart.Deals,
            HubSpotObjectTypes.Notes => SyncPart.Notes,
            HubSpotObjectTypes.Tasks => SyncPart.Tasks,
            _ => SyncPart.None,
        };
}
