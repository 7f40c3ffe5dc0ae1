namespace ProPartHub.HubSpotSandbox.Schema.First;

/// <summary>Short words for property definitions.</summary>
internal static class Define
{
    public static PropertyDefinition Text(string name, string label) => new() { Name = name, Label = label };

    public static PropertyDefinition LongText(string name, string label) =>
        Text(name, label) with
        {
            FieldType = "textarea",
        };

    public static PropertyDefinition Html(string name, string label) => Text(name, label) with { FieldType = "html" };

    public static PropertyDefinition Phone(string name, string label) =>
        Text(name, label) with
        {
            FieldType = "phonenumber",
        };

    public static PropertyDefinition Number(string name, string label) =>
        Text(name, label) with
        {
            Type = "number",
            FieldType = "number",
        };

    public static PropertyDefinition Date(string name, string label) =>
        Text(name, label) with
        {
            Type = "date",
            FieldType = "date",
        };

    public static PropertyDefinition Moment(string name, string label) =>
        Text(name, label) with
        {
            Type = "datetime",
            FieldType = "date",
        };

    public static PropertyDefinition Bool(string name, string label) =>
        Text(name, label) with
        {
            Type = "bool",
            FieldType = "booleancheckbox",
            Options = [new("True", "true", 0), new("False", "false", 1)],
        };

    public static PropertyDefinition Choice(string name, string label, params IEnumerable<string> values) =>
        Choice(name, label, values.Select(value => (value, value)));

    public static PropertyDefinition Choice(
        string name,
        string label,
        IEnumerable<(string Value, string Label)> options
    ) =>
        Text(name, label) with
        {
            Type = "enumeration",
            FieldType = "select",
            Options = [.. options.Select((option, index) => new PropertyOption(option.Label, option.Value, index))],
        };

    /// <summary>Takes the id of an owner; its options stand in the owners API.</summary>
    public static PropertyDefinition Owner(string name, string label) =>
        Text(name, label) with
        {
            Type = "enumeration",
            FieldType = "select",
            ExternalOptions = true,
            ReferencedObjectType = "OWNER",
        };

    /// <summary>One of HubSpot's own properties.</summary>
    public static PropertyDefinition Standard(this PropertyDefinition property) =>
        property with
        {
            HubspotDefined = true,
            ModificationMetadata = property.ModificationMetadata with { Archivable = false, ReadOnlyDefinition = true },
        };

    public static PropertyDefinition ReadOnly(this PropertyDefinition property) =>
        property.Standard() with
        {
            ModificationMetadata = new ModificationMetadata
            {
                Archivable = false,
                ReadOnlyDefinition = true,
                ReadOnlyValue = true,
            },
        };

    public static PropertyDefinition Worked(this PropertyDefinition property) =>
        property.ReadOnly() with
        {
            Calculated = true,
        };
}
