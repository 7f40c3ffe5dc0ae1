namespace ProPartHub.Domain.Timeline;

/// <summary>
/// A person named in a comment. The text holds the name as it was written, which is also what HubSpot's note gets; whoever
/// reads the comment here is shown the name of today.
/// </summary>
public sealed class CommentMention
{
    /// <summary>The comment.</summary>
    public Guid CommentId { get; init; }

    /// <summary>Who is named.</summary>
    public Guid UserId { get; init; }

    /// <summary>The name as the text has it, without the @ in front.</summary>
    public required string Written { get; init; }
}
