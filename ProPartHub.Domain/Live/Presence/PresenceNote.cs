using System.Text.Json;
using System.Text.Json.Serialization;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.Live.Presence;

/// <summary>
/// What one instance tells all of one open lead page: ids only. Each note says everything, so that whoever missed the
/// earlier ones knows as much after the next.
/// </summary>
internal sealed record PresenceNote
{
    /// <summary>Name of the notification channel; a payload is a JSON array of notes.</summary>
    public const string Channel = "propart_presence";

    /// <summary>Notes in one payload: PostgreSQL takes less than 8,000 bytes, and a note has less than 250.</summary>
    public const int MostInPayload = 30;

    /// <summary>The visit: one page in one browser window.</summary>
    [JsonPropertyName("v")]
    public Guid VisitId { get; init; }

    /// <summary>The lead.</summary>
    [JsonPropertyName("l")]
    public Guid LeadId { get; init; }

    /// <summary>The person.</summary>
    [JsonPropertyName("u")]
    public Guid UserId { get; init; }

    /// <summary>The lead's agent when the note was written; decides with <see cref="TeamId"/> who is told.</summary>
    [JsonPropertyName("a")]
    public Guid? AgentId { get; init; }

    /// <summary>The lead's team when the note was written.</summary>
    [JsonPropertyName("t")]
    public Guid? TeamId { get; init; }

    /// <summary>What the person does.</summary>
    [JsonPropertyName("d")]
    public PresenceActivity Activity { get; init; }

    /// <summary>The field under edit.</summary>
    [JsonPropertyName("f")]
    public LeadField? Field { get; init; }

    /// <summary>True for a goodbye, in which the visit alone counts.</summary>
    [JsonPropertyName("x")]
    public bool IsGone { get; init; }

    /// <summary>The payloads that carry the notes.</summary>
    public static IEnumerable<string> Payloads(IEnumerable<PresenceNote> notes) =>
        notes
            .Chunk(MostInPayload)
            .Select(some => JsonSerializer.Serialize(some, PresenceJson.Default.PresenceNoteArray));

    /// <summary>Reads a payload; empty for what is none, such as another version's.</summary>
    public static IReadOnlyList<PresenceNote> Parse(string payload)
    {
        try
        {
            return JsonSerializer.Deserialize(payload, PresenceJson.Default.PresenceNoteArray) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(PresenceNote[]))]
internal sealed partial class PresenceJson : JsonSerializerContext;
