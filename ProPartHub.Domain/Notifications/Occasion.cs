using System.Globalization;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People.Verification;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Notifications;

/// <summary>A reason to tell somebody something; whether it is told is for <see cref="NotificationWriter"/> to decide.</summary>
/// <param name="UserId">Whom.</param>
/// <param name="Kind">What.</param>
/// <param name="Key">See <see cref="Notification.Occasion"/>.</param>
/// <param name="At">When it happened (UTC).</param>
internal sealed record Occasion(Guid UserId, NotificationKind Kind, string Key, DateTimeOffset At)
{
    public Guid? LeadId { get; init; }

    public Guid? SubjectId { get; init; }

    public Guid? ActorId { get; init; }

    public string? ActorName { get; init; }

    public NotificationFacts Facts { get; init; } = new();

    /// <summary>The transaction that did it: many of a kind in one are told as one.</summary>
    public ulong TransactionId { get; init; }
}

/// <summary>Which events are occasions, and for whom. Nobody is told of what they did themselves.</summary>
internal static class Occasions
{
    /// <summary>Kinds of event about a lead that can be occasions.</summary>
    public static IReadOnlyList<LeadEventKind> LeadKinds { get; } =
    [
        LeadEventKind.Created,
        LeadEventKind.Transferred,
        LeadEventKind.CommentAdded,
        LeadEventKind.ActivityAdded,
        LeadEventKind.StageChanged,
        LeadEventKind.ConflictKept,
        LeadEventKind.Merged,
        LeadEventKind.PropertyOpened,
    ];

    /// <summary>Kinds of event about a request for verification.</summary>
    public static IReadOnlyList<SecurityEventKind> VerificationKinds { get; } =
    [SecurityEventKind.VerificationAsked, SecurityEventKind.VerificationDecided, SecurityEventKind.VerificationRevoked];

    /// <summary>Occasions of an event about a lead.</summary>
    /// <param name="entry">The event.</param>
    /// <param name="managers">Everybody who is told of leads in the pool.</param>
    public static IEnumerable<Occasion> Of(LeadEvent entry, IReadOnlyCollection<Guid> managers) =>
        Candidates(entry, managers).Where(occasion => occasion.UserId != entry.ActorId);

    /// <summary>Occasions of an event about a request for verification.</summary>
    /// <param name="entry">The event.</param>
    /// <param name="deciders">Those who decide about the agent.</param>
    public static IEnumerable<Occasion> Of(SecurityEvent entry, IReadOnlyCollection<Guid> deciders)
    {
        if (entry.UserId is not { } agent)
        {
            return [];
        }

        var kind =
            entry.Kind is SecurityEventKind.VerificationAsked
                ? NotificationKind.VerificationAsked
                : NotificationKind.VerificationDecided;
        var facts =
            kind is NotificationKind.VerificationAsked ? new NotificationFacts()
            : entry.Kind is SecurityEventKind.VerificationRevoked
                ? new NotificationFacts { Decision = VerificationState.Revoked }
            : Enum.TryParse<VerificationState>(entry.Details.GetValueOrDefault("decision"), out var decision)
                ? new NotificationFacts { Decision = decision }
            : new NotificationFacts();
        return (kind is NotificationKind.VerificationAsked ? deciders : [agent])
            .Where(person => person != entry.ActorId)
            .Select(person => new Occasion(person, kind, Invariant($"security:{entry.Id}"), entry.OccurredAt)
            {
                SubjectId = agent,
                ActorId = entry.ActorId,
                ActorName = entry.ActorName,
                Facts = facts,
            });
    }

    private static IEnumerable<Occasion> Candidates(LeadEvent entry, IReadOnlyCollection<Guid> managers)
    {
        switch (entry.Kind)
        {
            case LeadEventKind.Created or LeadEventKind.Transferred:
                if (entry is { Kind: LeadEventKind.Transferred, PreviousAgentId: { } previous })
                {
                    yield return About(entry, previous, NotificationKind.LeadTaken);
                }

                var receivers = LeadVisibility.IsInPool(entry.AgentId) ? managers : [entry.AgentId!.Value];
                var kind = LeadVisibility.IsInPool(entry.AgentId)
                    ? NotificationKind.PoolLead
                    : NotificationKind.LeadAssigned;
                foreach (var receiver in receivers)
                {
                    yield return About(entry, receiver, kind);
                }

                break;
            case var known when entry.AgentId is { } agent && KindOf(known) is { } told:
                yield return About(entry, agent, told);
                break;
        }
    }

    private static NotificationKind? KindOf(LeadEventKind kind) =>
        kind switch
        {
            LeadEventKind.CommentAdded => NotificationKind.CommentAdded,
            LeadEventKind.ActivityAdded => NotificationKind.ActivityAdded,
            LeadEventKind.StageChanged => NotificationKind.StageMoved,
            LeadEventKind.ConflictKept => NotificationKind.ConflictKept,
            LeadEventKind.Merged => NotificationKind.LeadMerged,
            LeadEventKind.PropertyOpened => NotificationKind.PropertyOpened,
            _ => null,
        };

    private static Occasion About(LeadEvent entry, Guid receiver, NotificationKind kind) =>
        new(receiver, kind, Invariant($"lead:{entry.Id}"), entry.OccurredAt)
        {
            LeadId = entry.LeadId,
            SubjectId = entry.SubjectId,
            ActorId = entry.ActorId,
            ActorName = entry.ActorName,
            TransactionId = entry.TransactionId,
            Facts = new NotificationFacts { StageId = StageOf(entry) },
        };

    private static Guid? StageOf(LeadEvent entry) =>
        entry.Kind is LeadEventKind.StageChanged
        && Guid.TryParse(
            entry.Changes.FirstOrDefault(change => change.Field == nameof(LeadField.Stage))?.After,
            out var stage
        )
            ? stage
            : null;

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
