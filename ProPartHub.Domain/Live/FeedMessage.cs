using System.Text.Json;
using System.Text.Json.Serialization;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Live;

/// <summary>
/// What a committed transaction tells every instance: ids only, never values. Carried by PostgreSQL's NOTIFY on
/// <see cref="Channel"/> as JSON of under 8,000 bytes.
/// </summary>
public sealed record FeedMessage
{
    /// <summary>Name of the notification channel.</summary>
    public const string Channel = "propart_feed";

    /// <summary>What happened; null means "everything may have changed, read again".</summary>
    [JsonPropertyName("k")]
    public LeadEventKind? Kind { get; init; }

    /// <summary>The lead.</summary>
    [JsonPropertyName("l")]
    public Guid LeadId { get; init; }

    /// <summary>The event row, for catching up later.</summary>
    [JsonPropertyName("e")]
    public long EventId { get; init; }

    /// <summary>The lead's agent after the change.</summary>
    [JsonPropertyName("a")]
    public Guid? AgentId { get; init; }

    /// <summary>The lead's agent before the change.</summary>
    [JsonPropertyName("pa")]
    public Guid? PreviousAgentId { get; init; }

    /// <summary>The lead's team after the change.</summary>
    [JsonPropertyName("t")]
    public Guid? TeamId { get; init; }

    /// <summary>The lead's team before the change.</summary>
    [JsonPropertyName("pt")]
    public Guid? PreviousTeamId { get; init; }

    /// <summary>Who did it; lets a page tell its own change from a colleague's.</summary>
    [JsonPropertyName("u")]
    public Guid? ActorId { get; init; }

    /// <summary>Where it came from; lets a page say that HubSpot did it.</summary>
    [JsonPropertyName("o")]
    public ChangeOrigin? Origin { get; init; }

    /// <summary>
    /// True where neither the lead's place in the pipeline nor its budget nor whose it is changed, so that counts and sums stay as
    /// they are; null where they may not.
    /// </summary>
    [JsonPropertyName("f")]
    public bool? KeepsFigures { get; init; }

    /// <summary>
    /// When its transaction was about to commit, by the clock of the instance that wrote it (UTC); tells how long it was on
    /// its way. Null where nobody measured.
    /// </summary>
    [JsonPropertyName("s")]
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>"Read everything again": sent for bulk changes and after a lost listener connection.</summary>
    public static FeedMessage RefreshAll { get; } = new();

    /// <summary>True for <see cref="RefreshAll"/>.</summary>
    [JsonIgnore]
    public bool IsRefreshAll => Kind is null;

    /// <summary>The message that belongs to an event row.</summary>
    public static FeedMessage For(LeadEvent entry) =>
        new()
        {
            Kind = entry.Kind,
            LeadId = entry.LeadId,
            EventId = entry.Id,
            AgentId = entry.AgentId,
            PreviousAgentId = entry.PreviousAgentId,
            TeamId = entry.TeamId,
            PreviousTeamId = entry.PreviousTeamId,
            ActorId = entry.ActorId,
            Origin = entry.Origin,
            KeepsFigures = IsBesideFigures(entry) ? true : null,
        };

    /// <summary>Reads a notification's payload.</summary>
    /// <exception cref="JsonException">The payload is no feed message.</exception>
    public static FeedMessage Parse(string payload) =>
        JsonSerializer.Deserialize(payload, FeedJson.Default.FeedMessage) ?? RefreshAll;

    private static bool IsBesideFigures(LeadEvent entry) =>
        entry.Kind switch
        {
            LeadEventKind.Edited => !entry.Changes.Any(change =>
                change.Field
                    is nameof(LeadField.BudgetFrom)
                        or nameof(LeadField.BudgetTo)
                        or nameof(LeadField.Currency)
                        or nameof(LeadField.Stage)
                        or nameof(LeadField.Agent)
            ),
            LeadEventKind.CommentAdded
            or LeadEventKind.CommentEdited
            or LeadEventKind.CommentDeleted
            or LeadEventKind.CommentRestored
            or LeadEventKind.ActivityAdded
            or LeadEventKind.ConsentRecorded
            or LeadEventKind.MessageSent
            or LeadEventKind.SyncStateChanged => true,
            _ => false,
        };

    /// <summary>The payload of a notification.</summary>
    public string ToPayload() => JsonSerializer.Serialize(this, FeedJson.Default.FeedMessage);
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FeedMessage))]
internal sealed partial class FeedJson : JsonSerializerContext;
