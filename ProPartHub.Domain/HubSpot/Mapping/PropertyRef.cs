using ProPartHub.Domain.HubSpot.Api;

namespace ProPartHub.Domain.HubSpot.Mapping;

/// <summary>A property of a lead's contact or deal.</summary>
/// <param name="Type">Contacts or deals, of <see cref="HubSpotObjectTypes"/>.</param>
/// <param name="Name">Internal name.</param>
internal readonly record struct PropertyRef(string Type, string Name)
{
    public static PropertyRef Contact(string name) => new(HubSpotObjectTypes.Contacts, name);

    public static PropertyRef Deal(string name) => new(HubSpotObjectTypes.Deals, name);

    public override string ToString() => $"{Type}.{Name}";
}
