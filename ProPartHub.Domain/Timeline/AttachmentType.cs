using System.IO.Compression;
using System.Text;
using ProPartHub.Domain.People.Verification;

namespace ProPartHub.Domain.Timeline;

/// <summary>
/// Kinds of file that a comment takes: pictures that every browser shows, PDF, and documents of office programs in the
/// formats that hold no macros.
/// </summary>
public enum AttachmentType
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
}

/// <summary>Tells kinds of file by their content and by their name.</summary>
public static class AttachmentTypes
{
    private const string OpenXml = "application/vnd.openxmlformats-officedocument.";
    private const string OpenDocument = "application/vnd.oasis.opendocument.";

    // Where an OpenDocument archive says, uncompressed and first of all, what it is.
    private const int MarkAt = 30;

    private static readonly IReadOnlyDictionary<string, AttachmentType> ByEnding = new Dictionary<
        string,
        AttachmentType
    >(StringComparer.OrdinalIgnoreCase)
    {
        [".pdf"] = AttachmentType.Pdf,
        [".jpg"] = AttachmentType.Jpeg,
        [".jpeg"] = AttachmentType.Jpeg,
        [".png"] = AttachmentType.Png,
        [".webp"] = AttachmentType.Webp,
        [".gif"] = AttachmentType.Gif,
        [".docx"] = AttachmentType.Docx,
        [".xlsx"] = AttachmentType.Xlsx,
        [".pptx"] = AttachmentType.Pptx,
        [".odt"] = AttachmentType.Odt,
        [".ods"] = AttachmentType.Ods,
    };

    /// <summary>The endings that are taken, as a file dialog wants them.</summary>
    public static string Accepted { get; } = string.Join(',', ByEnding.Keys);

    /// <summary>Whether a browser shows it as a picture.</summary>
    public static bool IsPicture(this AttachmentType type) =>
        type is AttachmentType.Jpeg or AttachmentType.Png or AttachmentType.Webp or AttachmentType.Gif;

    /// <summary>The type as HTTP writes it.</summary>
    public static string MediaType(this AttachmentType type) =>
        type switch
        {
            AttachmentType.Pdf => "application/pdf",
            AttachmentType.Jpeg => "image/jpeg",
            AttachmentType.Png => "image/png",
            AttachmentType.Webp => "image/webp",
            AttachmentType.Gif => "image/gif",
            AttachmentType.Docx => $"{OpenXml}wordprocessingml.document",
            AttachmentType.Xlsx => $"{OpenXml}spreadsheetml.sheet",
            AttachmentType.Pptx => $"{OpenXml}presentationml.presentation",
            AttachmentType.Odt => $"{OpenDocument}text",
            _ => $"{OpenDocument}spreadsheet",
        };

    /// <summary>What a file is, if its content and its name say the same; null for anything that is not taken.</summary>
    internal static AttachmentType? Of(string name, byte[] content) =>
        ByEnding.TryGetValue(Path.GetExtension(name), out var claimed) && OfContent(content) == claimed
            ? claimed
            : null;

    private static AttachmentType? OfContent(byte[] content) =>
        DocumentTypes.OfContent(content) switch
        {
            DocumentType.Pdf => AttachmentType.Pdf,
            DocumentType.Jpeg => AttachmentType.Jpeg,
            DocumentType.Png => AttachmentType.Png,
            _ => OfFurther(content),
        };

    private static AttachmentType? OfFurther(ReadOnlySpan<byte> content) =>
        content.StartsWith("GIF87a"u8) || content.StartsWith("GIF89a"u8) ? AttachmentType.Gif
        : content.Length > 12 && content.StartsWith("RIFF"u8) && content[8..].StartsWith("WEBP"u8) ? AttachmentType.Webp
        : content.StartsWith((ReadOnlySpan<byte>)[(byte)'P', (byte)'K', 3, 4]) ? OfArchive(content)
        : null;

    private static AttachmentType? OfArchive(ReadOnlySpan<byte> content) =>
        IsMarked(content, AttachmentType.Odt) ? AttachmentType.Odt
        : IsMarked(content, AttachmentType.Ods) ? AttachmentType.Ods
        : OfParts(content.ToArray());

    // The mark has its length before it, so that a template of a text is not taken for a text.
    private static bool IsMarked(ReadOnlySpan<byte> content, AttachmentType type)
    {
        var mark = Encoding.ASCII.GetBytes(type.MediaType());
        return content.Length > MarkAt
            && content[22] == mark.Length
            && content[MarkAt..].StartsWith((ReadOnlySpan<byte>)[.. "mimetype"u8, .. mark]);
    }

    // Only the list of parts is read and nothing unpacked, so that an archive made to burst has no chance.
    private static AttachmentType? OfParts(byte[] content)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(content, writable: false), ZipArchiveMode.Read);
            var parts = archive.Entries.Select(entry => entry.FullName).ToHashSet(StringComparer.OrdinalIgnoreCase);
            return !parts.Contains("[Content_Types].xml") || parts.Any(IsMacro) ? null
                : parts.Contains("word/document.xml") ? AttachmentType.Docx
                : parts.Contains("xl/workbook.xml") ? AttachmentType.Xlsx
                : parts.Contains("ppt/presentation.xml") ? AttachmentType.Pptx
                : null;
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or ArgumentException)
        {
            return null;
        }
    }

    private static bool IsMacro(string part) => part.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase);
}
