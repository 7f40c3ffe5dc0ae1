using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.HubSpot.Mapping;

/// <summary>
/// A field that stands as it is in one or more properties. A change in any of them is HubSpot's change, the most trusted
/// first; a change of ours goes to the properties that the hub writes and to those that had followed so far.
/// </summary>
internal sealed class PlainField(
    LeadField field,
    IReadOnlyList<PropertyRef> properties,
    IReadOnlyList<PropertyRef> writes,
    IReadOnlyList<PropertyRef> writable,
    Func<PropertyRef, string?, string?> normalise
) : FieldMap(field.ToString(), properties)
{
    public override string? Ours(Lead lead) => LeadFields.Read(lead, field);

    public override string? Theirs(RecordPair theirs, IReadOnlySet<PropertyRef> changed, string? ours)
    {
        var isUnreadable = false;
        foreach (var property in Properties.OrderByDescending(changed.Contains))
        {
            if (theirs[property] is not { } raw)
            {
                continue;
            }

            if (IncomingText.TryRead(field, raw, out var value))
            {
                return value;
            }

            isUnreadable = true;
        }

        return isUnreadable ? ours : null;
    }

    public override IEnumerable<KeyValuePair<PropertyRef, string?>> Write(
        string? value,
        string? agreed,
        RecordPair theirs
    )
    {
        var followers = writable.Where(property =>
            agreed is not null && theirs[property] is { } present && present == normalise(property, agreed)
        );
        return writes.Union(followers).Select(property => KeyValuePair.Create(property, value));
    }

    public override IEnumerable<KeyValuePair<LeadField, string?>> Edits(string? value) =>
        [KeyValuePair.Create(field, value)];
}
