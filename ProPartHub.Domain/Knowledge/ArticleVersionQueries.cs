using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Knowledge;

/// <summary>A version in the list of an article's versions. Times are UTC.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Kind">How it came to be.</param>
/// <param name="Title">Its title.</param>
/// <param name="AuthorName">Who published it, or wrote the draft.</param>
/// <param name="At">When.</param>
/// <param name="Note">What was said of the change.</param>
/// <param name="IsSmall">Whether little was changed, so that nobody had to read it again.</param>
/// <param name="RestoredFrom">Number of the version that was published once more.</param>
/// <param name="IsShown">Whether readers see it now.</param>
public sealed record VersionRow(
    int Number,
    ArticleVersionKind Kind,
    string Title,
    string AuthorName,
    DateTimeOffset At,
    string? Note,
    bool IsSmall,
    int? RestoredFrom,
    bool IsShown
);

/// <summary>An article's versions, newest first.</summary>
/// <param name="ArticleId">The article.</param>
/// <param name="Title">Its title now.</param>
/// <param name="IsArchived">Whether it is archived, so that nothing can be restored.</param>
/// <param name="Rows">The newest versions, or those before the place asked for.</param>
/// <param name="Before">Number from which older ones go on; null where there are none.</param>
public sealed record VersionList(
    Guid ArticleId,
    string Title,
    bool IsArchived,
    IReadOnlyList<VersionRow> Rows,
    int? Before
);

/// <summary>The text of a version.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Title">Its title.</param>
/// <param name="SectionName">Its section then.</param>
/// <param name="Body">Its text, in Markdown.</param>
/// <param name="MustRead">Whether everybody had to confirm it.</param>
public sealed record VersionText(int Number, string Title, string SectionName, string Body, bool MustRead);

/// <summary>Reads the versions of articles, for those who write.</summary>
public sealed class ArticleVersionQueries(HubDatabase database)
{
    /// <summary>Versions of a page.</summary>
    public const int PageSize = 30;

    /// <summary>An article's versions, newest first; two commands.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="number">Number of the article.</param>
    /// <param name="before">Only versions below this number; null for the newest.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ForbiddenException">The actor may not write.</exception>
    /// <exception cref="NotFoundException">There is no such article.</exception>
    public async Task<VersionList> PageAsync(Actor actor, long number, int? before, CancellationToken cancellationToken)
    {
        KnowledgeRights.RequireMayLook(actor);
        await using var db = await database.ReadAsync(cancellationToken);
        var article =
            await db
                .Articles.Where(row => row.Number == number)
                .Select(row => new
                {
                    row.Id,
                    Title = row.PublishedVersion > 0 ? row.Title : row.DraftTitle!,
                    row.PublishedVersion,
                    IsArchived = row.ArchivedAt != null,
                })
                .SingleOrDefaultAsync(cancellationToken)
            ?? throw new NotFoundException("Article");
        var rows = await db
            .ArticleVersions.Where(row => row.ArticleId == article.Id && (before == null || row.Number < before))
            .OrderByDescending(row => row.Number)
            .Take(PageSize + 1)
            .Select(row => new VersionRow(
                row.Number,
                row.Kind,
                row.Title,
                row.AuthorName,
                row.At,
                row.Note,
                row.IsSmall,
                row.RestoredFrom,
                row.Number == article.PublishedVersion
            ))
            .ToListAsync(cancellationToken);
        var hasMore = rows.Count > PageSize;
        rows = [.. rows.Take(PageSize)];
        return new VersionList(article.Id, article.Title, article.IsArchived, rows, hasMore ? rows[^1].Number : null);
    }

    /// <summary>Texts of versions, by number; those that are not there are left out. One command.</summary>
    /// <exception cref="ForbiddenException">The actor may not write.</exception>
    public async Task<IReadOnlyDictionary<int, VersionText>> TextsAsync(
        Actor actor,
        Guid articleId,
        IReadOnlyCollection<int> versions,
        CancellationToken cancellationToken
    )
    {
        KnowledgeRights.RequireMayLook(actor);
        await using var db = await database.ReadAsync(cancellationToken);
        return await db
            .ArticleVersions.Where(row => row.ArticleId == articleId && versions.Contains(row.Number))
            .Select(row => new VersionText(row.Number, row.Title, row.SectionName, row.Body, row.MustRead))
            .ToDictionaryAsync(row => row.Number, cancellationToken);
    }
}
