using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.HubSpot.Mapping;

/// <summary>Turns HubSpot's text into what the lead's columns can hold: HubSpot's rules are looser than ours.</summary>
internal static class IncomingText
{
    /// <summary>Reads a property's value for a field.</summary>
    /// <param name="field">A typed field.</param>
    /// <param name="raw">HubSpot's text.</param>
    /// <param name="value">The field's value; null when nothing readable is left.</param>
    /// <returns>False when it is no value of that field at all, such as a date that is none.</returns>
    public static bool TryRead(LeadField field, string raw, out string? value)
    {
        value = LeadFields.Normalise(field, Readable(raw));
        switch (field)
        {
            case LeadField.BirthDate:
                var isDate = PropertyValue.TryDate(value, out var date);
                value = isDate ? PropertyValue.ToText(date) : null;
                return isDate;
            case LeadField.Currency:
                return value is { Length: 3 };
            default:
                value = Cut(value, LengthOf(field));
                return value is not null;
        }
    }

    /// <summary>The text without what PostgreSQL cannot store or people cannot see.</summary>
    public static string Readable(string text) =>
        ReadableText.Is(text)
            ? text
            : string.Concat(
                text.EnumerateRunes()
                    .Where(rune => rune.Value is '\n' or '\r' or '\t' || !System.Text.Rune.IsControl(rune))
            );

    /// <summary>At most so many characters, never half a surrogate pair; what was cut is shown as "…".</summary>
    public static string? Cut(string? text, int length)
    {
        if (text is null || text.Length <= length)
        {
            return text;
        }

        var end = length - 1;
        return string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[end - 1]) ? end - 1 : end), "…");
    }

    private static int LengthOf(LeadField field) =>
        field switch
        {
            LeadField.ClientName => LeadLimits.ClientName,
            LeadField.Phone or LeadField.SecondPhone => LeadLimits.Phone,
            LeadField.Email => LeadLimits.Email,
            LeadField.Company => LeadLimits.Company,
            LeadField.Telegram => LeadLimits.Telegram,
            LeadField.Notes => LeadLimits.Notes,
            _ => LeadLimits.Option,
        };
}
