namespace ProPartHub.HubSpotSandbox.Objects;

/// <summary>Finds the live record that holds a unique value. Values compare without case, as e-mail addresses do.</summary>
internal sealed class UniqueValues
{
    public const string Email = "email";
    public const string AdditionalEmails = "hs_additional_emails";

    private readonly Dictionary<(string Property, string Value), CrmRecord> _holders = [];

    public CrmRecord? Holder(string property, string value) =>
        _holders.GetValueOrDefault((property, value.ToLowerInvariant()));

    public void Claim(CrmRecord record, IEnumerable<string> uniqueProperties)
    {
        foreach (var key in Keys(record, uniqueProperties))
            _holders[key] = record;
    }

    public void Release(CrmRecord record, IEnumerable<string> uniqueProperties)
    {
        foreach (var key in Keys(record, uniqueProperties))
            _holders.Remove(key);
    }

    private static IEnumerable<(string, string)> Keys(CrmRecord record, IEnumerable<string> uniqueProperties) =>
        uniqueProperties.SelectMany(property =>
            Split(property, record[property] ?? "").Select(value => (KeyName(property), value.ToLowerInvariant()))
        );

    /// <summary>Secondary addresses share one name space with the first, and come joined in one value.</summary>
    public static string KeyName(string property) => property == AdditionalEmails ? Email : property;

    public static string[] Split(string property, string value) =>
        property == AdditionalEmails
            ? value.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        : value == "" ? []
        : [value];
}
