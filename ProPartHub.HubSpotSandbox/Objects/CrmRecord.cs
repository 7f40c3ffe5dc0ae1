using System.Globalization;
using ProPartHub.HubSpotSandbox.Account;
using ProPartHub.HubSpotSandbox.Http;

namespace ProPartHub.HubSpotSandbox.Objects;

/// <summary>One object of the CRM with every value its properties ever had. Touch it only under the account's lock.</summary>
public sealed class CrmRecord
{
    private readonly Dictionary<string, PropertyVersion> _properties = new(StringComparer.Ordinal);

    internal CrmRecord(ObjectType type, long id, DateTimeOffset createdAt, ChangeSource source)
    {
        Type = type;
        Id = id;
        CreatedAt = createdAt;
        Set("hs_object_id", IdText, createdAt, source);
        Set(type.CreatedProperty, HubSpotTime.Format(createdAt), createdAt, source);
        Touch(createdAt, source);
    }

    /// <summary>A record as it was kept.</summary>
    /// <param name="properties">The newest version of each, which leads to those before.</param>
    internal CrmRecord(
        ObjectType type,
        long id,
        DateTimeOffset createdAt,
        DateTimeOffset updatedAt,
        DateTimeOffset? archivedAt,
        IEnumerable<KeyValuePair<string, PropertyVersion>> properties
    )
    {
        (Type, Id, CreatedAt, UpdatedAt, ArchivedAt) = (type, id, createdAt, updatedAt, archivedAt);
        foreach (var (name, newest) in properties)
            _properties.Add(name, newest);
    }

    public ObjectType Type { get; }

    public long Id { get; }

    public string IdText => Id.ToString(CultureInfo.InvariantCulture);

    public DateTimeOffset CreatedAt { get; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public DateTimeOffset? ArchivedAt { get; private set; }

    public bool Archived => ArchivedAt is not null;

    /// <summary>The current value, or null when the property is empty.</summary>
    public string? this[string property] =>
        _properties.GetValueOrDefault(property) is { Value: not "" and var value } ? value : null;

    /// <summary>Names of all properties that have or had a value.</summary>
    public IEnumerable<string> PropertyNames => _properties.Keys;

    public IEnumerable<PropertyVersion> History(string property) =>
        _properties.GetValueOrDefault(property)?.History() ?? [];

    /// <summary>The value at a moment in the past, or null when the property was empty then.</summary>
    public string? ValueAt(string property, DateTimeOffset moment)
    {
        var version = _properties.GetValueOrDefault(property);
        while (version is not null && version.At > moment)
            version = version.Previous;
        return string.IsNullOrEmpty(version?.Value) ? null : version.Value;
    }

    /// <summary>Stores a value and tells whether it differs from the one before.</summary>
    internal bool Set(string property, string value, DateTimeOffset at, ChangeSource source)
    {
        if ((this[property] ?? "") == value)
            return false;

        _properties[property] = new PropertyVersion(value, at, source, _properties.GetValueOrDefault(property));
        return true;
    }

    /// <summary>Moves the modification time, which every accepted write does, even one that changes no value.</summary>
    internal void Touch(DateTimeOffset at, ChangeSource source)
    {
        UpdatedAt = at;
        Set(Type.ModifiedProperty, HubSpotTime.Format(at), at, source);
    }

    internal void Archive(DateTimeOffset at, ChangeSource source)
    {
        ArchivedAt = at;
        Touch(at, source);
    }

    internal void Restore(DateTimeOffset at, ChangeSource source)
    {
        ArchivedAt = null;
        Touch(at, source);
    }
}
