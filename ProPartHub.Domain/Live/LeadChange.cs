using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Live;

/// <summary>What one subscriber is told about one lead. It carries no values: the reader asks again, as itself.</summary>
/// <param name="LeadId">The lead.</param>
/// <param name="Kinds">What happened, each kind once; empty when the lead only left.</param>
/// <param name="ActorIds">The portal users who did it, each once; empty for HubSpot's people and the hub itself.</param>
/// <param name="HasLeft">
/// True when the lead went out of the subscriber's sight: drop it without asking. Nothing is told of where it went.
/// </param>
public sealed record LeadChange(
    Guid LeadId,
    IReadOnlyList<LeadEventKind> Kinds,
    IReadOnlyList<Guid> ActorIds,
    bool HasLeft
)
{
    /// <summary>Where it came from, each origin once; empty when the lead only left.</summary>
    public IReadOnlyList<ChangeOrigin> Origins { get; init; } = [];

    /// <summary>True where counts and sums of the pipeline stay as they are.</summary>
    public bool KeepsFigures { get; init; }

    /// <summary>A lead that went out of sight.</summary>
    public static LeadChange Left(Guid leadId) => new(leadId, [], [], HasLeft: true);

    /// <summary>A change of a lead in sight.</summary>
    public static LeadChange Of(FeedMessage message) =>
        new(message.LeadId, message.Kind is { } kind ? [kind] : [], message.ActorId is { } id ? [id] : [], false)
        {
            Origins = message.Origin is { } origin ? [origin] : [],
            KeepsFigures = message.KeepsFigures == true,
        };

    /// <summary>
    /// One change in place of two of the same lead. It has left only if both say so: events of one lead may be met
    /// out of order, and asking again for a lead that is gone does no harm, while dropping one that is there does.
    /// </summary>
    public LeadChange MergedWith(LeadChange later) =>
        new(LeadId, [.. Kinds.Union(later.Kinds)], [.. ActorIds.Union(later.ActorIds)], HasLeft && later.HasLeft)
        {
            Origins = [.. Origins.Union(later.Origins)],
            KeepsFigures = KeepsFigures && later.KeepsFigures,
        };
}
