namespace ProPartHub.Domain.Knowledge;

/// <summary>How a version came to be. Numbers are stored.</summary>
public enum ArticleVersionKind
{
    /// <summary>Readers saw it.</summary>
    Published = 0,

    /// <summary>A draft that somebody else put theirs in place of: kept, so that nobody's text is lost.</summary>
    Draft = 1,

    /// <summary>An earlier version that was published once more.</summary>
    Restored = 2,
}

/// <summary>A text of an article at a time. Versions are never changed.</summary>
public sealed class ArticleVersion
{
    /// <summary>The article.</summary>
    public Guid ArticleId { get; init; }

    /// <summary>Its number within the article, from 1.</summary>
    public int Number { get; init; }

    /// <summary>How it came to be.</summary>
    public ArticleVersionKind Kind { get; init; }

    /// <summary>Title.</summary>
    public required string Title { get; init; }

    /// <summary>Name that the section had then.</summary>
    public required string SectionName { get; init; }

    /// <summary>Text, in Markdown.</summary>
    public required string Body { get; init; }

    /// <summary>Whether everybody had to confirm that they have read it.</summary>
    public bool MustRead { get; init; }

    /// <summary>Whether little was changed, so that who had read the version before it has read this one too.</summary>
    public bool IsSmall { get; init; }

    /// <summary>What was said of the change; the number of the version that was restored stands in <see cref="RestoredFrom"/>.</summary>
    public string? Note { get; init; }

    /// <summary>Number of the version that was published once more.</summary>
    public int? RestoredFrom { get; init; }

    /// <summary>Who published it, or wrote the draft; null for the hub itself and for accounts that are gone.</summary>
    public Guid? AuthorId { get; init; }

    /// <summary>That person's name then.</summary>
    public required string AuthorName { get; init; }

    /// <summary>When it was published, or the draft stored (UTC).</summary>
    public DateTimeOffset At { get; init; }
}
