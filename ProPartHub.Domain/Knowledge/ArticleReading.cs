namespace ProPartHub.Domain.Knowledge;

/// <summary>That somebody has seen a version of an article, and perhaps confirmed it.</summary>
public sealed class ArticleReading
{
    /// <summary>The article.</summary>
    public Guid ArticleId { get; init; }

    /// <summary>Who.</summary>
    public Guid UserId { get; init; }

    /// <summary>Number of the version.</summary>
    public int VersionNumber { get; init; }

    /// <summary>When the person first opened it (UTC).</summary>
    public DateTimeOffset SeenAt { get; init; }

    /// <summary>When the person confirmed that it was read (UTC); null where it only was opened.</summary>
    public DateTimeOffset? ConfirmedAt { get; set; }
}
