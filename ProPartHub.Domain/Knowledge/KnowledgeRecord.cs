using System.Globalization;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Knowledge;

/// <summary>What the audit is told: what was done to which article or section. Texts are kept as versions and not repeated.</summary>
internal static class KnowledgeRecord
{
    /// <summary>The event about an article, for the caller's own transaction.</summary>
    /// <exception cref="Errors.ForbiddenException">An admin only looks through the actor's eyes.</exception>
    public static SecurityEvent Of(
        Actor actor,
        TimeProvider time,
        Article article,
        string act,
        params (string Name, string? Value)[] details
    ) =>
        SecurityLog.Entry(
            SecurityEventKind.KnowledgeChanged,
            actor,
            time,
            null,
            [
                ("act", act),
                (
                    "article",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{article.Number} {(article.PublishedVersion > 0 ? article.Title : article.DraftTitle)}"
                    )
                ),
                .. details,
            ]
        );

    /// <summary>The event about a section.</summary>
    /// <exception cref="Errors.ForbiddenException">An admin only looks through the actor's eyes.</exception>
    public static SecurityEvent OfSection(
        Actor actor,
        TimeProvider time,
        string act,
        string section,
        params (string Name, string? Value)[] details
    ) =>
        SecurityLog.Entry(
            SecurityEventKind.KnowledgeChanged,
            actor,
            time,
            null,
            [("act", act), ("section", section), .. details]
        );

    /// <summary>A version's number as a detail.</summary>
    public static string Number(int version) => version.ToString(CultureInfo.InvariantCulture);
}
