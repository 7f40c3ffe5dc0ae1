using ProPartHub.Domain.HubSpot.Api;

namespace ProPartHub.Domain.HubSpot.Mapping;

/// <summary>Normalised values of a lead's contact and deal, by internal name.</summary>
internal sealed record RecordPair(
    IReadOnlyDictionary<string, string?> Contact,
    IReadOnlyDictionary<string, string?> Deal
)
{
    /// <summary>Neither has a value.</summary>
    public static RecordPair Empty { get; } = new(new Dictionary<string, string?>(), new Dictionary<string, string?>());

    /// <summary>The value, or null when it is empty or was not read.</summary>
    public string? this[PropertyRef property] =>
        (property.Type == HubSpotObjectTypes.Contacts ? Contact : Deal).GetValueOrDefault(property.Name);
}
