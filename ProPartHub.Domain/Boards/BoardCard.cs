using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Tags;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Boards;

/// <summary>A tag as a card shows it.</summary>
public sealed record CardTag(string Name, TagColour Colour)
{
    // The database hands each over as one text, so that a card costs no more look-ups than it has tags to show.
    internal static CardTag Parse(string text) =>
        text.Split(' ', 2) is [var colour, var name] && Enum.TryParse<TagColour>(colour, out var own)
            ? new(name, own)
            : new(text, default);
}

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
    DateTimeOffset? CommentAt,
    string? FirstTag,
    string? SecondTag,
    int TagCount
)
{
    /// <summary>Its first tags, by name; <see cref="TagCount"/> says how many there are.</summary>
    public IReadOnlyList<CardTag> Tags => [.. new[] { FirstTag, SecondTag }.OfType<string>().Select(CardTag.Parse)];

    /// <summary>What it adds to its column's sum: in USD the upper end, or the lower where it is open.</summary>
    public decimal Amount => Currency == "USD" ? BudgetTo ?? BudgetFrom ?? 0 : 0;

    /// <summary>True when HubSpot's people said the last word and nobody here has answered.</summary>
    public bool AwaitsAnswer => CommentOrigin is ChangeOrigin.HubSpot;

    /// <summary>True for an open lead about which nothing happened and nothing is planned.</summary>
    /// <param name="since">Since when (UTC), by <see cref="QuietRule"/>.</param>
    public bool IsQuiet(DateTimeOffset since) =>
        !IsArchived && Status is not (LeadStatus.Won or LeadStatus.Lost) && UpdatedAt < since && FollowUpId is null;
}
