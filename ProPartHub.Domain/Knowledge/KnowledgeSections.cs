using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Knowledge;

/// <summary>A section to choose or to keep.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Articles">How many articles stand in it: for writers with drafts and archived ones, for readers what they see.</param>
public sealed record SectionItem(Guid Id, string Name, int Articles);

/// <summary>The sections of the knowledge base: everybody reads them, managers and admins keep them.</summary>
public sealed class KnowledgeSections(HubDatabase database, TimeProvider time)
{
    // Any number that no other lock of the hub uses: "sections" as ASCII.
    private const long LockKey = 0x73_65_63_74_69_6F_6E_73;

    /// <summary>All sections in their order; one command.</summary>
    public async Task<IReadOnlyList<SectionItem>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var articles = KnowledgeRights.MayWrite(actor) ? db.Articles : db.Articles.Published();
        return await db
            .KnowledgeSections.OrderBy(row => row.Place)
            .Select(row => new SectionItem(
                row.Id,
                row.Name,
                articles.Count(article => article.SectionId == row.Id || article.DraftSectionId == row.Id)
            ))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Adds a section at the end, or renames one.</summary>
    /// <param name="actor">Who does it.</param>
    /// <param name="sectionId">Its key, made by the caller for a new one.</param>
    /// <param name="opened">The name that the form opened with; null for a new one.</param>
    /// <param name="name">The name to be.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when somebody else renamed or removed it meanwhile; nothing is stored then.</returns>
    /// <exception cref="ForbiddenException">The actor may not write, or only looks.</exception>
    /// <exception cref="InvalidInputException">The name is missing, too long, unreadable or taken, or there are too many.</exception>
    public Task<bool> SaveAsync(
        Actor actor,
        Guid sectionId,
        string? opened,
        string? name,
        CancellationToken cancellationToken
    )
    {
        KnowledgeRights.RequireMayWrite(actor);
        var typed = Checked(name);
        return ChangeAsync(
            (db, sections) =>
            {
                var section = sections.Find(row => row.Id == sectionId);
                if (section?.Name == typed)
                {
                    return true;
                }

                if (section?.Name != opened)
                {
                    return false;
                }

                if (
                    sections.Exists(row => row != section && row.Name.Equals(typed, StringComparison.OrdinalIgnoreCase))
                )
                {
                    throw new InvalidInputException(nameof(KnowledgeSection.Name), FieldErrorCode.NameTaken);
                }

                if (section is not null)
                {
                    db.SecurityEvents.Add(
                        KnowledgeRecord.OfSection(actor, time, "section renamed", typed, ("before", section.Name))
                    );
                    section.Name = typed;
                    return true;
                }

                if (sections.Count >= ArticleLimits.Sections)
                {
                    throw new InvalidInputException([
                        new FieldError(nameof(KnowledgeSection.Name), FieldErrorCode.TooMany, ArticleLimits.Sections),
                    ]);
                }

                db.KnowledgeSections.Add(
                    new KnowledgeSection
                    {
                        Id = sectionId,
                        Name = typed,
                        Place = sections.Count,
                    }
                );
                db.SecurityEvents.Add(KnowledgeRecord.OfSection(actor, time, "section added", typed));
                return true;
            },
            cancellationToken
        );
    }

    /// <summary>Moves a section by places: up with a negative number.</summary>
    /// <returns>False when it cannot be moved so.</returns>
    /// <exception cref="ForbiddenException">The actor may not write, or only looks.</exception>
    public Task<bool> MoveAsync(Actor actor, Guid sectionId, int by, CancellationToken cancellationToken)
    {
        KnowledgeRights.RequireMayWrite(actor);
        return ChangeAsync(
            (db, sections) =>
            {
                var from = sections.FindIndex(row => row.Id == sectionId);
                var to = (int)Math.Clamp((long)from + by, 0, sections.Count - 1);
                if (from < 0 || from == to)
                {
                    return false;
                }

                var section = sections[from];
                sections.RemoveAt(from);
                sections.Insert(to, section);
                Renumber(sections);
                db.SecurityEvents.Add(
                    KnowledgeRecord.OfSection(
                        actor,
                        time,
                        "section moved",
                        section.Name,
                        ("place before", KnowledgeRecord.Number(from + 1)),
                        ("place", KnowledgeRecord.Number(to + 1))
                    )
                );
                return true;
            },
            cancellationToken
        );
    }

    /// <summary>Removes a section in which no article stands, neither draft nor archived.</summary>
    /// <returns>False when there are articles in it; it stays then.</returns>
    /// <exception cref="ForbiddenException">The actor may not write, or only looks.</exception>
    /// <exception cref="NotFoundException">There is no such section.</exception>
    public Task<bool> RemoveAsync(Actor actor, Guid sectionId, CancellationToken cancellationToken)
    {
        KnowledgeRights.RequireMayWrite(actor);
        return database.InTransactionAsync(
            async (db, token) =>
            {
                var sections = await LockedAsync(db, token);
                var section = sections.Find(row => row.Id == sectionId) ?? throw new NotFoundException("Section");
                // Whoever is filing an article into it is waited for, and the article seen then.
                await db.Database.ExecuteSqlAsync(
                    $"SELECT FROM knowledge_sections WHERE id = {sectionId} FOR UPDATE",
                    token
                );
                if (
                    await db.Articles.AnyAsync(
                        row => row.SectionId == sectionId || row.DraftSectionId == sectionId,
                        token
                    )
                )
                {
                    return false;
                }

                sections.Remove(section);
                db.KnowledgeSections.Remove(section);
                Renumber(sections);
                db.SecurityEvents.Add(KnowledgeRecord.OfSection(actor, time, "section removed", section.Name));
                return true;
            },
            cancellationToken
        );
    }

    private Task<bool> ChangeAsync(
        Func<HubDbContext, List<KnowledgeSection>, bool> change,
        CancellationToken cancellationToken
    ) => database.InTransactionAsync(async (db, token) => change(db, await LockedAsync(db, token)), cancellationToken);

    // Places are those of all: whoever changes them does so alone.
    private static async Task<List<KnowledgeSection>> LockedAsync(HubDbContext db, CancellationToken token)
    {
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({LockKey})", token);
        return await db.KnowledgeSections.OrderBy(row => row.Place).ToListAsync(token);
    }

    private static void Renumber(List<KnowledgeSection> sections)
    {
        foreach (var (place, section) in sections.Index())
        {
            section.Place = place;
        }
    }

    private static string Checked(string? name)
    {
        var typed = name?.ReplaceLineEndings(" ").Trim();
        return string.IsNullOrEmpty(typed)
                ? throw new InvalidInputException(nameof(KnowledgeSection.Name), FieldErrorCode.Required)
            : typed.Length > ArticleLimits.Section
                ? throw new InvalidInputException([
                    new FieldError(nameof(KnowledgeSection.Name), FieldErrorCode.TooLong, ArticleLimits.Section),
                ])
            : !ReadableText.Is(typed)
                ? throw new InvalidInputException(nameof(KnowledgeSection.Name), FieldErrorCode.UnreadableText)
            : typed;
    }
}
