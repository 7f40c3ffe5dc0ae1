using ProPartHub.Domain.Documents;
using ProPartHub.Domain.Files;

namespace ProPartHub.Web.Components.Documents;

/// <summary>Addresses of documents.</summary>
internal static class DocumentPaths
{
    /// <summary>One's own documents.</summary>
    public const string Own = "/documents";

    public const string Pattern = "/documents/files/{id:guid}";

    /// <summary>Name of the query value that asks to show a picture or PDF and not to save it.</summary>
    public const string Show = "show";

    /// <summary>The documents of a person.</summary>
    public static string OfPerson(Guid id) => $"{Own}/{id}";

    /// <summary>Where a version is saved from.</summary>
    public static string Save(Guid versionId) => $"{Own}/files/{versionId}";

    /// <summary>Where a click on a version leads: what a browser shows is shown, all else is saved.</summary>
    public static string Open(DocumentVersionView version) =>
        IsShown(version.Type) ? $"{Save(version.Id)}?{Show}=1" : Save(version.Id);

    /// <summary>Whether every browser shows it by itself.</summary>
    public static bool IsShown(FileType type) => type is FileType.Pdf || type.IsPicture();
}
