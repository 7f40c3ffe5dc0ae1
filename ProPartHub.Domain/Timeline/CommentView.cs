namespace ProPartHub.Domain.Timeline;

/// <summary>A comment with what its reader may do to it.</summary>
public sealed record CommentView(
    Guid Id,
    Guid? AuthorId,
    string AuthorName,
    string Body,
    string? QuotedAuthor,
    string? QuotedBody,
    ChangeOrigin Origin,
    DateTimeOffset CreatedAt,
    DateTimeOffset? EditedAt,
    bool IsWaitingForHubSpot,
    bool CanChange
)
{
    /// <summary>The lead.</summary>
    public Guid LeadId { get; init; }

    /// <summary>Who is named in it.</summary>
    public IReadOnlyList<MentionView> Mentions { get; init; } = [];

    /// <summary>Its text with the names of today.</summary>
    public string Text => MentionText.Shown(Body, Mentions);

    /// <summary>The files with it, in the order of uploading.</summary>
    public IReadOnlyList<AttachmentView> Attachments { get; init; } = [];
}
