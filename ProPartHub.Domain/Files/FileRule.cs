namespace ProPartHub.Domain.Files;

/// <summary>What is taken in one place of the portal.</summary>
/// <param name="LargestSize">Largest file, in bytes.</param>
/// <param name="Types">The kinds that are taken; null takes everything, for files moved in from another system.</param>
public sealed record FileRule(long LargestSize, IReadOnlyCollection<FileType>? Types)
{
    /// <summary>Pictures, which <see cref="Pictures.PictureWorkshop"/> draws anew.</summary>
    public static FileRule Pictures { get; } =
        new(20L * 1024 * 1024, [FileType.Jpeg, FileType.Png, FileType.Webp, FileType.Gif]);

    /// <summary>Documents of people, leads and properties: pictures, PDF, documents of office programs.</summary>
    public static FileRule Documents { get; } =
        new(50L * 1024 * 1024, [.. Enum.GetValues<FileType>().Where(type => type != FileType.Other)]);

    /// <summary>What another system held.</summary>
    public static FileRule MovedIn { get; } = new(200L * 1024 * 1024, null);

    /// <summary>The endings that are taken, as a file dialog wants them.</summary>
    public string Accepted => FileTypes.EndingsOf(Types ?? []);
}

/// <summary>Why a file was not taken.</summary>
public enum FileFault
{
    /// <summary>No place is set for files.</summary>
    NoStore = 1,

    /// <summary>There is nothing in it.</summary>
    Empty,

    /// <summary>Larger than <see cref="FileRule.LargestSize"/>.</summary>
    TooLarge,

    /// <summary>Of a kind that is not taken, or not what its name claims.</summary>
    WrongType,

    /// <summary>A picture that cannot be read, or of more pixels than a camera makes.</summary>
    BadPicture,

    /// <summary>There are as many there already as there may be.</summary>
    TooMany,
}

/// <summary>A content that was taken, or why it was not.</summary>
/// <param name="File">The content; null where it was not taken.</param>
/// <param name="Fault">Why not; null where it was taken.</param>
public sealed record FileSaved(StoredFile? File, FileFault? Fault);
