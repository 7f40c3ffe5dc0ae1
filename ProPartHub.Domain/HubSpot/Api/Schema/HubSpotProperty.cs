using System.Text.Json.Serialization;

namespace ProPartHub.Domain.HubSpot.Api;

/// <summary>A property of an object type.</summary>
public sealed record HubSpotProperty
{
    /// <summary>Internal name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Name for people.</summary>
    public string? Label { get; init; }

    /// <summary><c>string</c>, <c>number</c>, <c>enumeration</c>, <c>date</c>, <c>datetime</c>, <c>bool</c>, …</summary>
    public string? Type { get; init; }

    /// <summary>How forms show it: <c>text</c>, <c>select</c>, <c>checkbox</c>, …</summary>
    public string? FieldType { get; init; }

    /// <summary>Group it is listed under.</summary>
    public string? GroupName { get; init; }

    /// <summary>Allowed values of an enumeration; empty where <see cref="ExternalOptions"/>.</summary>
    public IReadOnlyList<HubSpotPropertyOption> Options
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>Computed by HubSpot: never send it.</summary>
    public bool Calculated { get; init; }

    /// <summary>Its options come from elsewhere, such as the owners.</summary>
    public bool ExternalOptions { get; init; }

    /// <summary>No two records may share a value: it can be used to find a record.</summary>
    public bool HasUniqueValue { get; init; }

    /// <summary>Not shown in HubSpot.</summary>
    public bool Hidden { get; init; }

    /// <summary>HubSpot's own, not the account's.</summary>
    public bool HubSpotDefined { get; init; }

    /// <summary>Deleted.</summary>
    public bool Archived { get; init; }

    /// <summary>What may be changed; see <see cref="IsReadOnly"/>.</summary>
    public HubSpotModificationMetadata? ModificationMetadata { get; init; }

    /// <summary>True where values must not be sent.</summary>
    [JsonIgnore]
    public bool IsReadOnly => Calculated || ModificationMetadata is { ReadOnlyValue: true };
}

/// <summary>What may be changed of a property.</summary>
/// <param name="ReadOnlyValue">Its values may not be written.</param>
/// <param name="ReadOnlyDefinition">The property itself may not be changed.</param>
/// <param name="Archivable">It may be deleted.</param>
public sealed record HubSpotModificationMetadata(bool ReadOnlyValue, bool ReadOnlyDefinition, bool Archivable);

/// <summary>One allowed value.</summary>
/// <param name="Value">Internal value, the one to send.</param>
/// <param name="Label">Name for people.</param>
/// <param name="DisplayOrder">Place in the list; negative ones come last.</param>
/// <param name="Hidden">No longer offered, but old records may hold it.</param>
public sealed record HubSpotPropertyOption(string Value, string? Label, int? DisplayOrder, bool Hidden);

/// <summary>A property to make.</summary>
/// <param name="Name">Internal name: lower case, digits, underscores.</param>
/// <param name="Label">Name for people.</param>
/// <param name="Type">As in <see cref="HubSpotProperty.Type"/>.</param>
/// <param name="FieldType">As in <see cref="HubSpotProperty.FieldType"/>.</param>
/// <param name="GroupName">An existing group, such as <c>contactinformation</c> or <c>dealinformation</c>.</param>
/// <param name="Description">For people.</param>
/// <param name="HasUniqueValue">No two records may share a value; ten such properties for an object type at most.</param>
/// <param name="Hidden">Do not show it in HubSpot.</param>
public sealed record HubSpotPropertyDefinition(
    string Name,
    string Label,
    string Type,
    string FieldType,
    string GroupName,
    string? Description = null,
    bool HasUniqueValue = false,
    bool Hidden = false
);
