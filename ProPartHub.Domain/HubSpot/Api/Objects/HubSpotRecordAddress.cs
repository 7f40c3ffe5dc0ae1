namespace ProPartHub.Domain.HubSpot.Api;

/// <summary>Where people open a record in HubSpot's own pages.</summary>
public static class HubSpotRecordAddress
{
    private const string UsualHost = "app.hubspot.com";

    /// <summary>Address of a contact.</summary>
    /// <param name="portalId">The account; null for none.</param>
    /// <param name="uiDomain">The account's host for people; null while it is not known.</param>
    /// <param name="isSandbox">True for the sandbox, which has no pages for people.</param>
    /// <param name="id">HubSpot's id; null for none.</param>
    /// <returns>Null where there is nothing to open.</returns>
    public static string? OfContact(long? portalId, string? uiDomain, bool isSandbox, string? id) =>
        Of("0-1", portalId, uiDomain, isSandbox, id);

    /// <summary>Address of a deal.</summary>
    /// <inheritdoc cref="OfContact"/>
    public static string? OfDeal(long? portalId, string? uiDomain, bool isSandbox, string? id) =>
        Of("0-3", portalId, uiDomain, isSandbox, id);

    private static string? Of(string type, long? portalId, string? uiDomain, bool isSandbox, string? id) =>
        portalId is { } portal && id is not null && !isSandbox
            ? FormattableString.Invariant(
                $"https://{uiDomain ?? UsualHost}/contacts/{portal}/record/{type}/{Uri.EscapeDataString(id)}"
            )
            : null;
}
