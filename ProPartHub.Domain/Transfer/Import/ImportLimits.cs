namespace ProPartHub.Domain.Transfer.Import;

/// <summary>How large a file may be.</summary>
public static class ImportLimits
{
    /// <summary>Largest file, in bytes.</summary>
    public const int FileSize = 20 * 1024 * 1024;

    /// <summary>Most rows below the headings.</summary>
    public const int Rows = 100_000;

    /// <summary>Most columns.</summary>
    public const int Columns = 200;

    /// <summary>Longest cell, in characters: what a spreadsheet holds.</summary>
    public const int Cell = 32_767;

    /// <summary>Longest file name that is kept.</summary>
    public const int FileName = 200;

    /// <summary>What a workbook may unpack to, in bytes.</summary>
    public const long Unpacked = 200L * 1024 * 1024;

    /// <summary>Most parts of a workbook.</summary>
    public const int Parts = 2_000;

    /// <summary>Most imports of a person that wait or run at once.</summary>
    public const int AtOnce = 3;
}

/// <summary>Why a file cannot be read. Numbers are stored.</summary>
public enum FileTrouble
{
    /// <summary>Nothing in it.</summary>
    Empty = 1,

    /// <summary>Larger than <see cref="ImportLimits.FileSize"/>.</summary>
    TooLarge,

    /// <summary>Neither text nor a workbook, or one of the old kind.</summary>
    WrongKind,

    /// <summary>A workbook that is damaged or protected.</summary>
    Damaged,

    /// <summary>A workbook that unpacks to more than <see cref="ImportLimits.Unpacked"/>.</summary>
    UnpacksTooLarge,

    /// <summary>More rows than <see cref="ImportLimits.Rows"/>.</summary>
    TooManyRows,

    /// <summary>More columns than <see cref="ImportLimits.Columns"/>.</summary>
    TooManyColumns,

    /// <summary>Headings, and nothing below them.</summary>
    NoRows,
}

/// <summary>A file cannot be read.</summary>
public sealed class UnreadableFileException(FileTrouble trouble) : Exception($"Unreadable file: {trouble}")
{
    /// <summary>Why.</summary>
    public FileTrouble Trouble { get; } = trouble;
}
