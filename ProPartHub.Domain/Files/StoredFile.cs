namespace ProPartHub.Domain.Files;

/// <summary>
/// One content in the store. Equal contents are stored once, whoever handed them in: what a file is called, whose it is and
/// who may read it stands in the rows that refer to it by a foreign key. A content that no row refers to any more is removed
/// by <see cref="FileSweep"/>, and so nobody removes one by hand.
/// </summary>
public sealed class StoredFile
{
    /// <summary>Length of <see cref="Hash"/>, in bytes.</summary>
    public const int HashLength = 32;

    /// <summary>Key (UUIDv7), which is also the name of the stored object.</summary>
    public Guid Id { get; init; }

    /// <summary>SHA-256 of the content.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>What the content is.</summary>
    public FileType Type { get; init; }

    /// <summary>Length of the content in bytes; the stored object is a little longer.</summary>
    public long Size { get; init; }

    /// <summary>The key that the object is sealed with, itself protected by the data-protection keys.</summary>
    public required byte[] SealedKey { get; set; }

    /// <summary>When somebody last handed it in (UTC): a new row may be about to refer to it.</summary>
    public DateTimeOffset HandedInAt { get; set; }
}
