namespace ProPartHub.HubSpotSandbox.Schema;

/// <summary>A property of an object type, in the shape in which HubSpot describes it.</summary>
public sealed record PropertyDefinition
{
    public required string Name { get; init; }
    public required string Label { get; init; }

    /// <summary>string, number, enumeration, date, datetime, bool or phone_number.</summary>
    public string Type { get; init; } = "string";

    public string FieldType { get; init; } = "text";
    public string Description { get; init; } = "";
    public string GroupName { get; init; } = "";
    public IReadOnlyList<PropertyOption> Options { get; init; } = [];
    public int DisplayOrder { get; init; } = -1;
    public bool Calculated { get; init; }
    public bool ExternalOptions { get; init; }
    public bool HasUniqueValue { get; init; }
    public bool Hidden { get; init; }
    public bool HubspotDefined { get; init; }
    public bool FormField { get; init; }
    public bool Archived { get; init; }
    public string DataSensitivity { get; init; } = "non_sensitive";

    /// <summary>OWNER where the value is the id of an owner.</summary>
    public string? ReferencedObjectType { get; init; }

    public ModificationMetadata ModificationMetadata { get; init; } = new();
    public string? CreatedAt { get; init; }
    public string? UpdatedAt { get; init; }

    internal bool AllowsSeveral => FieldType == "checkbox";
}

public sealed record PropertyOption(string Label, string Value, int DisplayOrder = -1, bool Hidden = false)
{
    public string Description { get; init; } = "";
}

/// <summary>What may be changed about a property and its values.</summary>
public sealed record ModificationMetadata
{
    public bool Archivable { get; init; } = true;
    public bool ReadOnlyDefinition { get; init; }
    public bool ReadOnlyValue { get; init; }
    public bool? ReadOnlyOptions { get; init; }
}
