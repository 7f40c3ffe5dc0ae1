using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Outbox;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>Something HubSpot refuses.</summary>
/// <param name="Kind">Lead, comment or follow-up.</param>
/// <param name="SubjectId">Its id.</param>
/// <param name="LeadId">The lead.</param>
/// <param name="LeadNumber">The lead's number.</param>
/// <param name="ClientName">The lead's client.</param>
/// <param name="Since">When the change was made (UTC).</param>
/// <param name="ParkedAt">When it was set aside (UTC).</param>
/// <param name="Words">HubSpot's words, or one of <see cref="ParkedReason"/>.</param>
public sealed record ParkedItem(
    OutboxKind Kind,
    Guid SubjectId,
    Guid LeadId,
    long LeadNumber,
    string ClientName,
    DateTimeOffset Since,
    DateTimeOffset ParkedAt,
    string? Words
);

/// <summary>A field that both sides changed, with both values as people read them.</summary>
/// <param name="Id">The conflict.</param>
/// <param name="LeadId">The lead.</param>
/// <param name="LeadNumber">The lead's number.</param>
/// <param name="ClientName">The lead's client.</param>
/// <param name="Field">Name of the <see cref="LeadField"/>, or <c>Budget</c> for both ends of it.</param>
/// <param name="Ours">The portal's value.</param>
/// <param name="Theirs">HubSpot's value.</param>
/// <param name="TheirsWon">True when HubSpot's value stands.</param>
/// <param name="Currency">Currency of a budget.</param>
/// <param name="At">When it was found (UTC).</param>
public sealed record ConflictItem(
    Guid Id,
    Guid LeadId,
    long LeadNumber,
    string ClientName,
    string Field,
    FieldValue Ours,
    FieldValue Theirs,
    bool TheirsWon,
    string? Currency,
    DateTimeOffset At
);

/// <summary>A lead whose deal the hub could not take in whole.</summary>
/// <param name="LeadId">The lead.</param>
/// <param name="LeadNumber">The lead's number.</param>
/// <param name="ClientName">The lead's client.</param>
/// <param name="Attention">What is wrong.</param>
/// <param name="DealId">HubSpot's deal.</param>
/// <param name="Stage">The stage's id as HubSpot names it, when that is what is not known here.</param>
/// <param name="Owner">The owner as HubSpot names him or her, when that is nobody here.</param>
/// <param name="UpdatedAt">Last change of the lead (UTC).</param>
public sealed record PullProblem(
    Guid LeadId,
    long LeadNumber,
    string ClientName,
    Attention Attention,
    string? DealId,
    string? Stage,
    string? Owner,
    DateTimeOffset UpdatedAt
);
