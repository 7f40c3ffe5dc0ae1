using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.HubSpot.Mapping;

/// <summary>
/// The client's name: the deal's name, or the contact's where the deal has none. The contact is renamed along only while
/// its name had been the same, since HubSpot's people often name deals after an object.
/// </summary>
internal sealed class ClientNameField(IReadOnlyList<PropertyRef> properties)
    : FieldMap(nameof(LeadField.ClientName), properties)
{
    public static readonly PropertyRef DealName = PropertyRef.Deal("dealname");
    public static readonly PropertyRef FirstName = PropertyRef.Contact("firstname");
    public static readonly PropertyRef LastName = PropertyRef.Contact("lastname");

    public override string? Ours(Lead lead) => LeadFields.Read(lead, LeadField.ClientName);

    // A lead always has a name: one that HubSpot emptied is kept.
    public override string? Theirs(RecordPair theirs, IReadOnlySet<PropertyRef> changed, string? ours) =>
        (theirs[DealName] ?? ContactName(theirs)) is { } name
        && IncomingText.TryRead(LeadField.ClientName, name, out var value)
            ? value
            : ours;

    public override IEnumerable<KeyValuePair<PropertyRef, string?>> Write(
        string? value,
        string? agreed,
        RecordPair theirs
    )
    {
        yield return new(DealName, value);
        var contactName = ContactName(theirs);
        if (value is null || (contactName is not null && contactName != agreed))
        {
            yield break;
        }

        var words = value.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        yield return new(FirstName, words[0]);
        yield return new(LastName, words.Length > 1 ? words[1] : null);
    }

    public override IEnumerable<KeyValuePair<LeadField, string?>> Edits(string? value) =>
        [new(LeadField.ClientName, value)];

    private static string? ContactName(RecordPair values)
    {
        var name = $"{values[FirstName]} {values[LastName]}".Trim();
        return name.Length > 0 ? name : null;
    }
}
