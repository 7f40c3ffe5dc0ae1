using System.Globalization;
using ProPartHub.HubSpotSandbox.Http;
using ProPartHub.HubSpotSandbox.Schema;

namespace ProPartHub.HubSpotSandbox.Search;

/// <summary>A property's value made comparable: a number, a moment in milliseconds, or a text.</summary>
internal readonly record struct SearchValue(decimal? Number, string? Text) : IComparable<SearchValue>
{
    public static SearchValue Of(PropertyDefinition property, string value) =>
        property.Type switch
        {
            "number" => new(Parse(property, value), null),
            "date" or "datetime" => HubSpotTime.TryParse(value, out var time)
                ? new(time.ToUnixTimeMilliseconds(), null)
                : throw Invalid(property, value),
            "enumeration" => new(null, value),
            _ => new(null, value.ToLowerInvariant()),
        };

    public int CompareTo(SearchValue other) =>
        Number is { } number && other.Number is { } otherNumber
            ? number.CompareTo(otherNumber)
            : string.CompareOrdinal(Text, other.Text);

    private static decimal Parse(PropertyDefinition property, string value) =>
        decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Invalid(property, value);

    private static ApiException Invalid(PropertyDefinition property, string value) =>
        ApiError.Validation($"'{value}' is not a valid {property.Type} for '{property.Name}'").Exception();
}
