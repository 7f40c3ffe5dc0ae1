namespace ProPartHub.Domain.Leads.Columns;

/// <summary>What columns say beyond a <see cref="LeadRow"/>; what no shown column says is null. Moments are UTC.</summary>
public sealed record LeadExtra(
    Guid Id,
    string? SecondPhone,
    string? Telegram,
    string? Messenger,
    string? Company,
    string? Language,
    string? PurchaseGoal,
    string? PropertyType,
    string? ObjectType,
    DateTimeOffset? FollowUpAt,
    string? FollowUpTitle,
    DateTimeOffset? CommentAt,
    DateTimeOffset? EngagementAt,
    LeadSyncFilter? Sync,
    string? TeamName
)
{
    /// <summary>When something was last said or done about the lead: the later of comment and call, mail or meeting.</summary>
    public DateTimeOffset? ActivityAt => CommentAt > EngagementAt || EngagementAt is null ? CommentAt : EngagementAt;
}
