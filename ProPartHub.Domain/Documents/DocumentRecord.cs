using System.Globalization;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Documents;

/// <summary>
/// What the audit is told of documents. Of a lead's no names and titles: they tell of clients, and these entries outlive an
/// erasure.
/// </summary>
internal static class DocumentRecord
{
    /// <summary>A version was added, the first one or a further one.</summary>
    public static SecurityEvent Added(Actor actor, TimeProvider time, Document document, DocumentVersion version) =>
        About(
            SecurityEventKind.FileStored,
            actor.Writing(),
            time,
            document,
            ("version", version.Number.ToString(CultureInfo.InvariantCulture)),
            ("file", version.Name)
        );

    /// <summary>It was called otherwise, or something else was said about it.</summary>
    public static SecurityEvent Described(
        Actor actor,
        TimeProvider time,
        Document document,
        string title,
        string? description
    ) =>
        About(
            SecurityEventKind.FileChanged,
            actor.Writing(),
            time,
            document,
            ("title before", document.Title),
            ("title", title),
            ("description before", document.Description),
            ("description", description)
        );

    /// <summary>It was removed or brought back.</summary>
    public static SecurityEvent Moved(Actor actor, TimeProvider time, Document document, bool isRemoved) =>
        About(
            SecurityEventKind.FileChanged,
            actor.Writing(),
            time,
            document,
            ("act", isRemoved ? "removed" : "brought back"),
            ("title", document.Title)
        );

    /// <summary>Its content was given out, or could not be read.</summary>
    public static SecurityEvent Opened(
        Actor actor,
        TimeProvider time,
        Document document,
        DocumentVersion version,
        bool isReadable
    ) =>
        About(
            isReadable ? SecurityEventKind.FileOpened : SecurityEventKind.FileUnreadable,
            actor,
            time,
            document,
            ("version", version.Number.ToString(CultureInfo.InvariantCulture)),
            ("file", version.Name)
        );

    private static SecurityEvent About(
        SecurityEventKind kind,
        Actor actor,
        TimeProvider time,
        Document document,
        params (string Name, string? Value)[] words
    ) =>
        SecurityLog.About(
            kind,
            actor,
            time,
            document.PersonId,
            document.LeadId,
            [
                ("document", $"{document.Id:N}"),
                .. document.LeadId is null ? words : words.Where(word => word.Name is "act" or "version"),
            ]
        );
}
