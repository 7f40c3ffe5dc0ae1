using System.Globalization;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.HubSpot.Mapping;

/// <summary>How two values of a property are compared.</summary>
internal enum PropertyKind
{
    /// <summary>As text, without blanks at the ends.</summary>
    Text,

    /// <summary>As an international phone number where it is one.</summary>
    Phone,

    /// <summary>Without regard to case: HubSpot lower-cases mail addresses.</summary>
    Email,

    /// <summary>As a number: 350000 is 350000.00.</summary>
    Number,

    /// <summary>As a day: HubSpot writes <c>1990-05-01</c> or milliseconds of its midnight in UTC.</summary>
    Date,

    /// <summary>As a set of option values joined by semicolons.</summary>
    Options,
}

/// <summary>Brings a property's value into the one form in which snapshots hold and compare it.</summary>
internal static class PropertyValue
{
    /// <summary>The kind that HubSpot's declared type means; null where the type says nothing of its own.</summary>
    public static PropertyKind? KindOf(HubSpotProperty property) =>
        property.Type switch
        {
            "number" => PropertyKind.Number,
            "date" => PropertyKind.Date,
            "enumeration" => PropertyKind.Options,
            "phone_number" => PropertyKind.Phone,
            _ => null,
        };

    /// <summary>The value for comparison; null for empty. What does not fit its kind is compared as text.</summary>
    public static string? Normalise(PropertyKind kind, string? raw)
    {
        var text = raw?.Trim();
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return kind switch
        {
            PropertyKind.Phone => PhoneNumber.TryNormalise(text, out var e164) ? e164 : text,
            PropertyKind.Email => text.ToLowerInvariant(),
            PropertyKind.Number => TryNumber(text, out var number)
                ? number.ToString("0.############", CultureInfo.InvariantCulture)
                : text,
            PropertyKind.Date => TryDate(text, out var date) ? ToText(date) : text,
            PropertyKind.Options => string.Join(
                ';',
                text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                    .Distinct()
                    .Order(StringComparer.Ordinal)
            ),
            _ => text,
        };
    }

    /// <summary>Reads HubSpot's number.</summary>
    public static bool TryNumber(string? text, out decimal number) =>
        decimal.TryParse(
            text,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture,
            out number
        );

    /// <summary>Reads a day, written as such, as a moment or as milliseconds.</summary>
    public static bool TryDate(string? text, out DateOnly date)
    {
        // Short runs of digits are years or days, not milliseconds.
        var time = text is { Length: > 4 } ? HubSpotTime.Parse(text) : null;
        date = time is { } moment ? DateOnly.FromDateTime(moment.UtcDateTime) : default;
        return time is not null;
    }

    /// <summary>A day as HubSpot and the lead's fields write it.</summary>
    public static string ToText(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
