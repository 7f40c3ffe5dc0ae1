using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ProPartHub.HubSpotSandbox.Http;

namespace ProPartHub.HubSpotSandbox.Schema;

/// <summary>Decides whether a text is a value of a property, and in which form HubSpot stores it.</summary>
internal static partial class PropertyValueRules
{
    private const int LongestText = 65_536;

    /// <summary>Gives the stored form, or what is wrong.</summary>
    /// <param name="current">The value there now: a leading `;` adds options to it.</param>
    public static (string Stored, PropertyFault? Fault) Check(
        PropertyDefinition property,
        string value,
        string? current
    )
    {
        value = property.Type is "string" ? value : value.Trim();
        if (value == "")
            return ("", null);

        return property switch
        {
            { Name: "email", HubspotDefined: true } => Email(property, value),
            { ExternalOptions: true } => (value, null),
            { Type: "enumeration" } => Options(property, value, current),
            { Type: "bool" } => Boolean(property, value),
            { Type: "number" } => Number(property, value),
            { Type: "date" } => Date(property, value),
            { Type: "datetime" } => Moment(property, value),
            _ => value.Length <= LongestText
                ? (value, null)
                : Wrong(property, "VALUE_TOO_LONG", $"Property values must be at most {LongestText} characters"),
        };
    }

    private static (string, PropertyFault?) Email(PropertyDefinition property, string value)
    {
        var address = value.Trim().ToLowerInvariant();
        return EmailPattern().IsMatch(address)
            ? (address, null)
            : Wrong(property, "INVALID_EMAIL", $"Email address {value} is invalid");
    }

    private static (string, PropertyFault?) Options(PropertyDefinition property, string value, string? current)
    {
        if (!property.AllowsSeveral)
            return property.Options.Any(option => option.Value == value) ? (value, null) : NotAnOption(property, value);

        IEnumerable<string> chosen = value.Split(';', StringSplitOptions.RemoveEmptyEntries);
        if (chosen.FirstOrDefault(one => property.Options.All(option => option.Value != one)) is { } unknown)
            return NotAnOption(property, unknown);

        if (value.StartsWith(';'))
            chosen = (current ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).Union(chosen);
        return (string.Join(';', chosen.Distinct()), null);
    }

    private static (string, PropertyFault?) Boolean(PropertyDefinition property, string value) =>
        value.ToLowerInvariant() is "true" or "false" ? (value.ToLowerInvariant(), null) : NotAnOption(property, value);

    private static (string, PropertyFault?) Number(PropertyDefinition property, string value) =>
        decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? (number.ToString(CultureInfo.InvariantCulture), null)
            : Wrong(property, "INVALID_INTEGER", $"{value} was not a valid number.");

    private static (string, PropertyFault?) Date(PropertyDefinition property, string value)
    {
        if (DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            return (value, null);

        var isMidnight =
            long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var milliseconds)
            && milliseconds % 86_400_000 == 0;
        return isMidnight && HubSpotTime.TryParse(value, out var time)
            ? (time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), null)
            : Wrong(property, "INVALID_LONG", $"{value} was not a valid long or date at midnight UTC.");
    }

    private static (string, PropertyFault?) Moment(PropertyDefinition property, string value) =>
        HubSpotTime.TryParse(value, out var time)
            ? (HubSpotTime.Format(HubSpotTime.ToMilliseconds(time)), null)
            : Wrong(property, "INVALID_LONG", $"{value} was not a valid long.");

    public static (string, PropertyFault?) NotAnOption(PropertyDefinition property, string value) =>
        NotAnOption(property, value, property.Options.Select(option => option.Value));

    public static (string, PropertyFault?) NotAnOption(
        PropertyDefinition property,
        string value,
        IEnumerable<string> allowed
    ) =>
        Wrong(
            property,
            "INVALID_OPTION",
            $"{value} was not one of the allowed options: {JsonSerializer.Serialize(allowed, SandboxJson.Options)}"
        );

    private static (string, PropertyFault?) Wrong(PropertyDefinition property, string code, string message) =>
        ("", new PropertyFault(property.Name, code, message));

    [GeneratedRegex(@"^[^@\s;,]+@[^@\s;,.]+(\.[^@\s;,.]+)+$")]
    private static partial Regex EmailPattern();
}
