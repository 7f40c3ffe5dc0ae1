using ProPartHub.Domain.HubSpot.Api;

namespace ProPartHub.Domain.HubSpot.Mapping;

/// <summary>
/// Which properties the account has. Accounts differ and change, so every property is looked up here before it is read
/// or written; one that is missing is left out and never holds the rest.
/// </summary>
internal sealed class AccountSchema
{
    /// <summary>The hub's own unique property: the lead's id, on the deal and on the contact it created.</summary>
    public const string LeadIdProperty = "propart_lead_id";

    private readonly Dictionary<PropertyRef, HubSpotProperty> _properties;

    /// <summary>Takes what HubSpot lists.</summary>
    public AccountSchema(IEnumerable<HubSpotProperty> contacts, IEnumerable<HubSpotProperty> deals)
    {
        _properties = contacts
            .Select(property => (Ref: PropertyRef.Contact(property.Name), Property: property))
            .Concat(deals.Select(property => (Ref: PropertyRef.Deal(property.Name), Property: property)))
            .Where(entry => !entry.Property.Archived)
            .DistinctBy(entry => entry.Ref)
            .ToDictionary(entry => entry.Ref, entry => entry.Property);
        HasLeadIds = IsUnique(HubSpotObjectTypes.Deals) && IsUnique(HubSpotObjectTypes.Contacts);
    }

    /// <summary>True when both objects carry <see cref="LeadIdProperty"/>: creation is then idempotent.</summary>
    public bool HasLeadIds { get; }

    /// <summary>True when the account has the property.</summary>
    public bool Has(PropertyRef property) => _properties.ContainsKey(property);

    /// <summary>True when its value may be sent.</summary>
    public bool CanWrite(PropertyRef property) => _properties.TryGetValue(property, out var found) && !found.IsReadOnly;

    /// <summary>How its values are compared.</summary>
    /// <param name="property">The property.</param>
    /// <param name="otherwise">The field's own kind, where HubSpot's type says nothing.</param>
    public PropertyKind KindOf(PropertyRef property, PropertyKind otherwise) =>
        _properties.TryGetValue(property, out var found) ? PropertyValue.KindOf(found) ?? otherwise : otherwise;

    /// <summary>The values that HubSpot takes for the property; none for free text and unknown properties.</summary>
    public IReadOnlyList<HubSpotPropertyOption> OptionsOf(PropertyRef property) =>
        _properties.TryGetValue(property, out var found) && !found.ExternalOptions ? found.Options : [];

    private bool IsUnique(string type) =>
        _properties.TryGetValue(new(type, LeadIdProperty), out var property) && property.HasUniqueValue;
}
