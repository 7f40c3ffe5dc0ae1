namespace ProPartHub.Domain.Timeline;

/// <summary>A comment on a lead; goes both ways with HubSpot's notes. One flat thread, replies quote.</summary>
public sealed class Comment
{
    /// <summary>Longest comment, in characters. HubSpot's notes may be longer and are stored whole.</summary>
    public const int BodyLength = 3000;

    /// <summary>Key, made by the application (UUIDv7).</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The lead.</summary>
    public Guid LeadId { get; init; }

    /// <summary>The portal user who wrote it; null for HubSpot's people.</summary>
    public Guid? AuthorId { get; init; }

    /// <summary>Name of the author.</summary>
    public required string AuthorName { get; init; }

    /// <summary>Plain text.</summary>
    public required string Body { get; set; }

    /// <summary>How many files came with it; they are <see cref="CommentAttachment"/>s. It never changes.</summary>
    public int AttachmentCount { get; init; }

    /// <summary>The comment this one answers.</summary>
    public Guid? QuotedCommentId { get; init; }

    /// <summary>Where it was written.</summary>
    public ChangeOrigin Origin { get; init; }

    /// <summary>When it was written (UTC).</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed (UTC).</summary>
    public DateTimeOffset? EditedAt { get; set; }

    /// <summary>When it was deleted (UTC); the text stays for the audit.</summary>
    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>PostgreSQL's row version (<c>xmin</c>).</summary>
    public uint Version { get; private set; }
}
