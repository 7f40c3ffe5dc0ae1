using System.IO.Compression;
using System.Text;

namespace ProPartHub.Domain.Files;

/// <summary>
/// Kinds of file that the portal takes: pictures that every browser shows, PDF, and documents of office programs in the
/// formats that hold no macros.
/// </summary>
public enum FileType
{
    /// <summary>PDF.</summary>
    Pdf = 1,

    /// <summary>JPEG.</summary>
    Jpeg = 2,

    /// <summary>PNG.</summary>
    Png = 3,

    /// <summary>WebP.</summary>
    Webp = 4,

    /// <summary>GIF.</summary>
    Gif = 5,

    /// <summary>Word (Office Open XML).</summary>
    Docx = 6,

    /// <summary>Excel (Office Open XML).</summary>
    Xlsx = 7,

    /// <summary>PowerPoint (Office Open XML).</summary>
    Pptx = 8,

    /// <summary>Text (OpenDocument).</summary>
    Odt = 9,

    /// <summary>Spreadsheet (OpenDocument).</summary>
    Ods = 10,

    /// <summary>Anything else: brought from another system, never taken from a person, and only ever saved to disk.</summary>
    Other = 99,
}

/// <summary>Tells kinds of file by their content and by their name.</summary>
public static class FileTypes
{
    private const string OpenXml = "application/vnd.openxmlformats-officedocument.";
    private const string OpenDocument = "application/vnd.oasis.opendocument.";

    // Where an OpenDocument archive says, uncompressed and first of all, what it is.
    private const int MarkAt = 30;

    // As many bytes as the longest mark needs.
    private const int HeadLength = 128;

    private static readonly IReadOnlyDictionary<string, FileType> ByEnding = new Dictionary<string, FileType>(
        StringComparer.OrdinalIgnoreCase
    )
    {
        [".pdf"] = FileType.Pdf,
        [".jpg"] = FileType.Jpeg,
        [".jpeg"] = FileType.Jpeg,
        [".png"] = FileType.Png,
        [".webp"] = FileType.Webp,
        [".gif"] = FileType.Gif,
        [".docx"] = FileType.Docx,
        [".xlsx"] = FileType.Xlsx,
        [".pptx"] = FileType.Pptx,
        [".odt"] = FileType.Odt,
        [".ods"] = FileType.Ods,
    };

    /// <summary>The endings that are taken, as a file dialog wants them.</summary>
    public static string Accepted { get; } = string.Join(',', ByEnding.Keys);

    /// <summary>The endings of some kinds, as a file dialog wants them.</summary>
    public static string EndingsOf(IReadOnlyCollection<FileType> types) =>
        string.Join(',', ByEnding.Where(ending => types.Contains(ending.Value)).Select(ending => ending.Key));

    /// <summary>Whether a browser shows it as a picture.</summary>
    public static bool IsPicture(this FileType type) =>
        type is FileType.Jpeg or FileType.Png or FileType.Webp or FileType.Gif;

    /// <summary>The type as HTTP writes it.</summary>
    public static string MediaType(this FileType type) =>
        type switch
        {
            FileType.Pdf => "application/pdf",
            FileType.Jpeg => "image/jpeg",
            FileType.Png => "image/png",
            FileType.Webp => "image/webp",
            FileType.Gif => "image/gif",
            FileType.Docx => $"{OpenXml}wordprocessingml.document",
            FileType.Xlsx => $"{OpenXml}spreadsheetml.sheet",
            FileType.Pptx => $"{OpenXml}presentationml.presentation",
            FileType.Odt => $"{OpenDocument}text",
            FileType.Ods => $"{OpenDocument}spreadsheet",
            _ => "application/octet-stream",
        };

    /// <summary>What a file is, if its content and its name say the same; null for anything that is not taken.</summary>
    /// <param name="name">The person's name of it.</param>
    /// <param name="content">The content from its beginning; must be able to seek. Where it ends up is not said.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    internal static async Task<FileType?> OfAsync(string name, Stream content, CancellationToken cancellationToken) =>
        ByEnding.TryGetValue(Path.GetExtension(name), out var claimed)
        && await OfContentAsync(content, cancellationToken) == claimed
            ? claimed
            : null;

    /// <summary>What the first bytes say of pictures and PDF; null for all else.</summary>
    internal static FileType? OfHead(ReadOnlySpan<byte> head) =>
        head.StartsWith("%PDF-"u8) ? FileType.Pdf
        : head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? FileType.Jpeg
        : head.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? FileType.Png
        : head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8) ? FileType.Gif
        : head.Length > 12 && head.StartsWith("RIFF"u8) && head[8..].StartsWith("WEBP"u8) ? FileType.Webp
        : null;

    private static async Task<FileType?> OfContentAsync(Stream content, CancellationToken cancellationToken)
    {
        var head = new byte[HeadLength];
        var length = await content.ReadAtLeastAsync(head, HeadLength, throwOnEndOfStream: false, cancellationToken);
        if (OfHead(head.AsSpan(0, length)) is { } plain)
        {
            return plain;
        }

        if (!head.AsSpan(0, length).StartsWith((ReadOnlySpan<byte>)[(byte)'P', (byte)'K', 3, 4]))
        {
            return null;
        }

        return IsMarked(head.AsSpan(0, length), FileType.Odt) ? FileType.Odt
            : IsMarked(head.AsSpan(0, length), FileType.Ods) ? FileType.Ods
            : await OfPartsAsync(content, cancellationToken);
    }

    // The mark has its length before it, so that a template of a text is not taken for a text.
    private static bool IsMarked(ReadOnlySpan<byte> content, FileType type)
    {
        var mark = Encoding.ASCII.GetBytes(type.MediaType());
        return content.Length > MarkAt
            && content[22] == mark.Length
            && content[MarkAt..].StartsWith((ReadOnlySpan<byte>)[.. "mimetype"u8, .. mark]);
    }

    // Only the list of parts is read and nothing unpacked, so that an archive made to burst has no chance.
    private static async Task<FileType?> OfPartsAsync(Stream content, CancellationToken cancellationToken)
    {
        content.Position = 0;
        try
        {
            await using var archive = await ZipArchive.CreateAsync(
                content,
                ZipArchiveMode.Read,
                leaveOpen: true,
                entryNameEncoding: null,
                cancellationToken
            );
            var parts = archive.Entries.Select(entry => entry.FullName).ToHashSet(StringComparer.OrdinalIgnoreCase);
            return !parts.Contains("[Content_Types].xml") || parts.Any(IsMacro) ? null
                : parts.Contains("word/document.xml") ? FileType.Docx
                : parts.Contains("xl/workbook.xml") ? FileType.Xlsx
                : parts.Contains("ppt/presentation.xml") ? FileType.Pptx
                : null;
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or ArgumentException)
        {
            return null;
        }
    }

    private static bool IsMacro(string part) => part.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase);
}
