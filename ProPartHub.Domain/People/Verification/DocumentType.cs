using ProPartHub.Domain.Files;

namespace ProPartHub.Domain.People.Verification;

/// <summary>Kinds of document that are taken.</summary>
public enum DocumentType
{
    /// <summary>PDF.</summary>
    Pdf = 1,

    /// <summary>JPEG.</summary>
    Jpeg = 2,

    /// <summary>PNG.</summary>
    Png = 3,
}

/// <summary>Tells kinds of document by their content and by their name.</summary>
internal static class DocumentTypes
{
    /// <summary>As many bytes from the start as <see cref="OfContent"/> needs.</summary>
    public const int HeadLength = 8;

    /// <summary>What the first bytes say; null for anything that is not taken.</summary>
    public static DocumentType? OfContent(ReadOnlySpan<byte> head) =>
        FileTypes.OfHead(head) switch
        {
            FileType.Pdf => DocumentType.Pdf,
            FileType.Jpeg => DocumentType.Jpeg,
            FileType.Png => DocumentType.Png,
            _ => null,
        };

    /// <summary>What the name claims.</summary>
    public static DocumentType? OfName(string name) =>
        Path.GetExtension(name).ToUpperInvariant() switch
        {
            ".PDF" => DocumentType.Pdf,
            ".JPG" or ".JPEG" => DocumentType.Jpeg,
            ".PNG" => DocumentType.Png,
            _ => null,
        };

    /// <summary>The type as HTTP writes it.</summary>
    public static string MediaType(this DocumentType type) =>
        type switch
        {
            DocumentType.Pdf => "application/pdf",
            DocumentType.Jpeg => "image/jpeg",
            _ => "image/png",
        };
}
