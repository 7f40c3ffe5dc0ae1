using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Claims;

/// <summary>A question as who asked it sees it: the client by the phone that was typed, nothing of the lead.</summary>
public sealed record OwnClaim(
    Guid Id,
    string Phone,
    string? Words,
    DateTimeOffset AskedAt,
    ClaimState State,
    DateTimeOffset? DecidedAt,
    string? DecidedBy,
    string? Decision
);

/// <summary>Something that happened to a lead, for who decides.</summary>
public sealed record ClaimStep(DateTimeOffset At, LeadEventKind Kind, string Who);

/// <summary>What the agent who has the client did with it. Times are UTC.</summary>
/// <param name="LeadId">The lead.</param>
/// <param name="Number">Its number.</param>
/// <param name="ClientName">The client.</param>
/// <param name="Agent">Whose it is; null for the pool.</param>
/// <param name="CreatedAt">When it was registered.</param>
/// <param name="WorkedAt">When it was last worked.</param>
/// <param name="Protection">How long it holds the client.</param>
/// <param name="Comments">Comments.</param>
/// <param name="Activities">Calls, mails and meetings.</param>
/// <param name="FollowUpsDone">Follow-ups that were done.</param>
/// <param name="Last">What happened last, newest first.</param>
public sealed record HolderHistory(
    Guid LeadId,
    long Number,
    string ClientName,
    string? Agent,
    DateTimeOffset CreatedAt,
    DateTimeOffset WorkedAt,
    LeadProtection Protection,
    int Comments,
    int Activities,
    int FollowUpsDone,
    IReadOnlyList<ClaimStep> Last
);

/// <summary>What there was between the client and who asks.</summary>
/// <param name="Agent">Who asks.</param>
/// <param name="Team">That agent's team.</param>
/// <param name="OpenLeads">Open leads of that agent.</param>
/// <param name="DealsWon">Deals that agent has won.</param>
/// <param name="Earlier">Leads of that agent with the same phone, closed or archived, newest first.</param>
/// <param name="AskedBefore">How often that agent asked for this client before.</param>
public sealed record AskerHistory(
    string Agent,
    string? Team,
    int OpenLeads,
    int DealsWon,
    IReadOnlyList<EarlierLead> Earlier,
    int AskedBefore
);

/// <summary>A lead that who asks once had with the client.</summary>
public sealed record EarlierLead(Guid Id, long Number, DateTimeOffset CreatedAt, LeadStatus Status);

/// <summary>A question with both histories.</summary>
public sealed record ClaimItem(
    Guid Id,
    string? Words,
    DateTimeOffset AskedAt,
    HolderHistory Holder,
    AskerHistory Asker
);

/// <summary>A question that was decided.</summary>
public sealed record DecidedClaim(
    Guid Id,
    Guid LeadId,
    long Number,
    string ClientName,
    string Asker,
    ClaimState State,
    DateTimeOffset DecidedAt,
    string? DecidedBy,
    string? Decision
);
