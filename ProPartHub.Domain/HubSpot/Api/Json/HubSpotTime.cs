using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProPartHub.Domain.HubSpot.Api;

/// <summary>Times as HubSpot writes them: ISO 8601 with or without a fraction, a bare date, or epoch milliseconds.</summary>
public static class HubSpotTime
{
    /// <summary>The moment in UTC, or null if the text is none. A bare date is its midnight in UTC, as HubSpot means it.</summary>
    public static DateTimeOffset? Parse(string? text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var milliseconds))
        {
            return IsInRange(milliseconds) ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
        }

        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, utc, out var time) ? time : null;
    }

    /// <summary>Epoch milliseconds, the form HubSpot's search filters take.</summary>
    public static string ToMilliseconds(DateTimeOffset time) =>
        time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    private static bool IsInRange(long milliseconds) =>
        milliseconds >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds()
        && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
}

/// <summary>Reads times by <see cref="HubSpotTime"/>; what is no time becomes null rather than a failed answer.</summary>
internal sealed class TolerantTimeConverter : JsonConverter<DateTimeOffset?>
{
    public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var value = JsonDocument.ParseValue(ref reader);
        return HubSpotTime.Parse(value.RootElement.ToString());
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options)
    {
        if (value is { } time)
        {
            writer.WriteStringValue(time);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
