using System.Globalization;

namespace ProPartHub.HubSpotSandbox.Account;

/// <summary>Who made a change, in the words of property history and webhooks.</summary>
public sealed record ChangeSource(string Kind, string? SourceId, long? UserId = null)
{
    /// <summary>An app through the API.</summary>
    public static ChangeSource Integration(long appId) =>
        new("INTEGRATION", appId.ToString(CultureInfo.InvariantCulture));

    /// <summary>A person in HubSpot's own pages.</summary>
    public static ChangeSource Person(long userId) => new("CRM_UI", $"userId:{userId}", userId);

    /// <summary>HubSpot itself, for values it works out.</summary>
    public static ChangeSource Calculated { get; } = new("CALCULATED", null);
}
