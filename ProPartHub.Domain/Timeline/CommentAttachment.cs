using ProPartHub.Domain.Files;

namespace ProPartHub.Domain.Timeline;

/// <summary>
/// A file with a comment. It is there before its comment is sent. Whatever is to go has a time for it, and the clean-up knows
/// nothing else: an upload that no comment came for, a file of a deleted comment once that cannot be taken back, a file of an
/// erased client.
/// </summary>
public sealed class CommentAttachment
{
    /// <summary>Longest name, in characters.</summary>
    public const int NameLength = 120;

    /// <summary>Most files of one comment.</summary>
    public const int MostOfComment = 5;

    /// <summary>Most files that one person may have uploaded and not sent yet, over all leads.</summary>
    public const int MostUnsent = 20;

    /// <summary>Most bytes that one person uploads within <see cref="Day"/>, over all leads.</summary>
    public const long LargestOfDay = 500L * 1024 * 1024;

    /// <summary>Largest file, in bytes: what a reader on the road opens.</summary>
    public const int LargestSize = 10 * 1024 * 1024;

    /// <summary>What is taken.</summary>
    public static readonly FileRule Rule = FileRule.Documents with { LargestSize = LargestSize };

    /// <summary>The hours over which uploads of one person are counted.</summary>
    public static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>So long an upload waits for its comment.</summary>
    public static readonly TimeSpan WaitsFor = TimeSpan.FromDays(1);

    /// <summary>Key, made by the uploader's page (UUIDv7): order of uploading.</summary>
    public Guid Id { get; init; }

    /// <summary>The lead.</summary>
    public Guid LeadId { get; init; }

    /// <summary>The comment; null until it is sent.</summary>
    public Guid? CommentId { get; init; }

    /// <summary>Who uploaded it.</summary>
    public Guid UploadedById { get; init; }

    /// <summary>The person's name of it, made harmless.</summary>
    public required string Name { get; init; }

    /// <summary>What its content is.</summary>
    public FileType Type { get; init; }

    /// <summary>Length in bytes.</summary>
    public long Size { get; init; }

    /// <summary>Its content; null until <see cref="FormerFiles"/> has brought it from where files lay before the store.</summary>
    public Guid? StoredFileId { get; init; }

    /// <summary>Name of its file there; null once its content is in the store.</summary>
    public string? FormerFileName { get; init; }

    /// <summary>When it was uploaded (UTC).</summary>
    public DateTimeOffset UploadedAt { get; init; }

    /// <summary>From when on it is removed (UTC); null while it stays.</summary>
    public DateTimeOffset? RemoveAt { get; init; }
}
