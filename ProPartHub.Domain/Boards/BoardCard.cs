using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Boards;

/// <summary>A lead as a board shows it. Moments are UTC.</summary>
public sealed record BoardCard(
    Guid Id,
    long Number,
    string ClientName,
    Guid? AgentId,
    string? AgentName,
    Guid? TeamId,
    Guid StageId,
    LeadStatus Status,
    DateTimeOffset StageChangedAt,
    string? Country,
    decimal? BudgetFrom,
    decimal? BudgetTo,
    string Currency,
    Attention Attention,
    bool IsArchived,
    DateTimeOffset UpdatedAt,
    bool IsParked,
    Guid? FollowUpId,
    string? FollowUpTitle,
    DateTimeOffset? FollowUpAt,
    string? CommentBy,
    ChangeOrigin? CommentOrigin,
    DateTimeOffset? CommentAt
)
{
    /// <summary>What it adds to its column's sum: in USD the upper end, or the lower where it is open.</summary>
    public decimal Amount => Currency == "USD" ? BudgetTo ?? BudgetFrom ?? 0 : 0;

    /// <summary>True when HubSpot's people said the last word and nobody here has answered.</summary>
    public bool AwaitsAnswer => CommentOrigin is ChangeOrigin.HubSpot;

    /// <summary>True for an open lead about which nothing happened and nothing is planned.</summary>
    /// <param name="since">Since when (UTC), by <see cref="QuietRule"/>.</param>
    public bool IsQuiet(DateTimeOffset since) =>
        !IsArchived && Status is not (LeadStatus.Won or LeadStatus.Lost) && UpdatedAt < since && FollowUpId is null;
}
