using ProPartHub.Domain.Files;

namespace ProPartHub.Domain.Knowledge;

/// <summary>
/// A picture for articles. It belongs to none: words that are moved to another article take it along, and
/// <see cref="ArticlePictureUse"/> says where it is.
/// </summary>
public sealed class ArticlePicture
{
    /// <summary>Key, made by the application (UUIDv7).</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The picture as it is shown large.</summary>
    public Guid PictureFileId { get; init; }

    /// <summary>The same, small.</summary>
    public Guid ThumbnailFileId { get; init; }

    /// <summary>Width of the large one, in pixels.</summary>
    public int Width { get; init; }

    /// <summary>Height of the large one, in pixels.</summary>
    public int Height { get; init; }

    /// <summary>Who uploaded it; null for accounts that are gone.</summary>
    public Guid? AuthorId { get; init; }

    /// <summary>When it was uploaded (UTC).</summary>
    public DateTimeOffset UploadedAt { get; init; }
}

/// <summary>A text that shows a picture.</summary>
public sealed class ArticlePictureUse
{
    /// <summary>Stands for the draft among the numbers of versions.</summary>
    public const int Draft = 0;

    /// <summary>The article.</summary>
    public Guid ArticleId { get; init; }

    /// <summary>Number of its version, or <see cref="Draft"/>.</summary>
    public int VersionNumber { get; init; }

    /// <summary>The picture.</summary>
    public Guid PictureId { get; init; }
}
