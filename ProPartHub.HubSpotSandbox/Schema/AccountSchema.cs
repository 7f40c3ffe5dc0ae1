using ProPartHub.HubSpotSandbox.Objects;

namespace ProPartHub.HubSpotSandbox.Schema;

/// <summary>The properties each object type has in this account.</summary>
internal sealed class AccountSchema
{
    private readonly Dictionary<ObjectType, Dictionary<string, PropertyDefinition>> _properties =
        ObjectType.All.ToDictionary(
            type => type,
            _ => new Dictionary<string, PropertyDefinition>(StringComparer.Ordinal)
        );

    public IReadOnlyCollection<PropertyDefinition> Of(ObjectType type) => _properties[type].Values;

    public PropertyDefinition? Find(ObjectType type, string name) => _properties[type].GetValueOrDefault(name);

    public void Add(ObjectType type, params IEnumerable<PropertyDefinition> properties)
    {
        foreach (var property in properties)
            _properties[type].Add(property.Name, property);
    }

    public void Replace(ObjectType type, PropertyDefinition property) => _properties[type][property.Name] = property;

    /// <summary>Properties whose values no two live records share.</summary>
    public IEnumerable<string> UniqueProperties(ObjectType type)
    {
        var names = _properties[type]
            .Values.Where(property => property is { HasUniqueValue: true, ModificationMetadata.ReadOnlyValue: false })
            .Select(property => property.Name);
        return type == ObjectType.Contacts ? names.Append(UniqueValues.AdditionalEmails) : names;
    }
}
