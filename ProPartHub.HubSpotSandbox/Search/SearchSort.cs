using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProPartHub.HubSpotSandbox.Search;

/// <summary>
/// The order of a search. HubSpot takes it as an object, as its guides show, and as a text, as its own clients send it:
/// <c>createdate</c>, or <c>-createdate</c> for descending.
/// </summary>
[JsonConverter(typeof(Converter))]
internal sealed record SearchSort(string PropertyName, bool Descending)
{
    private static SearchSort Parse(string text) =>
        text.StartsWith('-') ? new SearchSort(text[1..], Descending: true) : new SearchSort(text, Descending: false);

    private sealed class Converter : JsonConverter<SearchSort>
    {
        public override SearchSort Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.String)
                return Parse(reader.GetString()!);

            var sort = JsonSerializer.Deserialize<SortObject>(ref reader, options);
            return new SearchSort(
                sort?.PropertyName ?? "",
                string.Equals(sort?.Direction, "DESCENDING", StringComparison.OrdinalIgnoreCase)
            );
        }

        public override void Write(Utf8JsonWriter writer, SearchSort value, JsonSerializerOptions options) =>
            throw new NotSupportedException("Searches are only read.");
    }

    private sealed record SortObject(string? PropertyName, string? Direction);
}
