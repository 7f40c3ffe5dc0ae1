using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Knowledge;

public sealed partial class ArticleQueries
{
    private const int ExcerptLength = 180;
    private const int MostWords = 6;

    /// <summary>Most articles that the palette shows.</summary>
    public const int MostFound = 5;

    /// <summary>
    /// A page of a list: of a section by title; of what was found the best first, where words in the title weigh more; of
    /// drafts and of the archive the newest first. One command.
    /// </summary>
    public async Task<ArticleListPage> PageAsync(Actor actor, ArticleQuery query, CancellationToken cancellationToken)
    {
        var cursor = ArticleCursor.Parse(query.Cursor);
        await using var db = await database.ReadAsync(cancellationToken);
        // One row more than asked tells whether there is a further page.
        var found = await ListAsync(
            Of(db, actor, query, cursor, ArticleQuery.PageSize + 1),
            db,
            actor,
            WordsOf(query.Search),
            cancellationToken
        );
        var more = found.Count > ArticleQuery.PageSize;
        found = [.. found.Take(ArticleQuery.PageSize)];
        if (query.Backward)
        {
            found.Reverse();
        }

        var hasPrevious = query.Backward ? more : cursor is not null;
        var hasNext = query.Backward ? cursor is not null : more;
        return new ArticleListPage(
            [.. found.Select(one => one.Row)],
            hasPrevious && found.Count > 0 ? PlaceOf(found[0]) : null,
            hasNext && found.Count > 0 ? PlaceOf(found[^1]) : null
        );
    }

    /// <summary>The best that readers find by a text, for the palette; one command.</summary>
    public async Task<IReadOnlyList<ArticleRow>> FindAsync(
        Actor actor,
        string text,
        CancellationToken cancellationToken
    )
    {
        var words = WordsOf(text);
        if (words.Length == 0)
        {
            return [];
        }

        await using var db = await database.ReadAsync(cancellationToken);
        var query = new ArticleQuery { Search = text };
        return
        [
            .. (await ListAsync(Of(db, actor, query, null, MostFound), db, actor, words, cancellationToken)).Select(
                one => one.Row
            ),
        ];
    }

    /// <summary>What search compares, word by word; words are looked for apart, whatever their order.</summary>
    public static string[] WordsOf(string? search) =>
        [.. SearchText.Normalise(search).Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(MostWords)];

    /// <summary>What the query finds from the place on, in its order.</summary>
    internal static IQueryable<RankedArticle> Of(
        HubDbContext db,
        Actor actor,
        ArticleQuery query,
        ArticleCursor? beyond,
        int most
    )
    {
        var (backward, isWriter) = (query.Backward, KnowledgeRights.MayWrite(actor));
        var shelf = isWriter ? query.Shelf : ArticleShelf.Published;
        var words = WordsOf(query.Search);
        var found = shelf switch
        {
            ArticleShelf.Drafts => db.Articles.Where(row => row.ArchivedAt == null && row.DraftAt != null),
            ArticleShelf.Archive => db.Articles.Where(row => row.ArchivedAt != null),
            _ => db.Articles.Published(),
        };
        if (query.SectionId is { } section)
        {
            found = found.Where(row => row.SectionId == section);
        }

        foreach (var word in words)
        {
            var pattern = LikePattern.Containing(word);
            found = found.Where(row => EF.Functions.Like(row.SearchText, pattern, LikePattern.Escape));
        }

        return words.Length > 0 ? ByRank(found, words, beyond, backward).Take(most)
            : shelf is ArticleShelf.Published ? ByTitle(found, beyond, backward).Take(most)
            : ByNumber(found, beyond, backward).Take(most);
    }

    private static IQueryable<RankedArticle> ByRank(
        IQueryable<Article> found,
        string[] words,
        ArticleCursor? beyond,
        bool backward
    )
    {
        // Words in the title weigh more than any in the text: all of what was found has all words in one of the two.
        string[] patterns = [.. words.Select(LikePattern.Containing)];
        var ranked = found.Select(row => new RankedArticle
        {
            Article = row,
            Rank = patterns.Count(pattern => EF.Functions.Like(row.SearchTitle, pattern, LikePattern.Escape)),
        });
        if (beyond is { Rank: var rank, Number: var number })
        {
            ranked = backward
                ? ranked.Where(one => one.Rank > rank || (one.Rank == rank && one.Article.Number > number))
                : ranked.Where(one => one.Rank < rank || (one.Rank == rank && one.Article.Number < number));
        }

        return backward
            ? ranked.OrderBy(one => one.Rank).ThenBy(one => one.Article.Number)
            : ranked.OrderByDescending(one => one.Rank).ThenByDescending(one => one.Article.Number);
    }

    private static IQueryable<RankedArticle> ByTitle(IQueryable<Article> found, ArticleCursor? beyond, bool backward)
    {
        if (beyond is { Title: var title, Number: var number })
        {
            found = backward
                ? found.Where(row =>
                    EF.Functions.LessThan(ValueTuple.Create(row.Title, row.Number), ValueTuple.Create(title, number))
                )
                : found.Where(row =>
                    EF.Functions.GreaterThan(ValueTuple.Create(row.Title, row.Number), ValueTuple.Create(title, number))
                );
        }

        found = backward
            ? found.OrderByDescending(row => row.Title).ThenByDescending(row => row.Number)
            : found.OrderBy(row => row.Title).ThenBy(row => row.Number);
        return found.Select(row => new RankedArticle { Article = row });
    }

    private static IQueryable<RankedArticle> ByNumber(IQueryable<Article> found, ArticleCursor? beyond, bool backward)
    {
        if (beyond is { Number: var number })
        {
            found = backward ? found.Where(row => row.Number > number) : found.Where(row => row.Number < number);
        }

        found = backward ? found.OrderBy(row => row.Number) : found.OrderByDescending(row => row.Number);
        return found.Select(row => new RankedArticle { Article = row });
    }

    private static async Task<List<Listed>> ListAsync(
        IQueryable<RankedArticle> found,
        HubDbContext db,
        Actor actor,
        string[] words,
        CancellationToken cancellationToken
    )
    {
        var (isWriter, isSearch) = (KnowledgeRights.MayWrite(actor), words.Length > 0);
        var rows = await found
            .Select(one => new Listed(
                one.Rank,
                new ArticleRow(
                    one.Article.Id,
                    one.Article.Number,
                    one.Article.PublishedVersion > 0 ? one.Article.Title : one.Article.DraftTitle!,
                    db.KnowledgeSections.Where(section =>
                            section.Id == (one.Article.SectionId ?? one.Article.DraftSectionId)
                        )
                        .Select(section => section.Name)
                        .First(),
                    // Where the words stand is found here, in the text as it is read.
                    isSearch ? one.Article.Plain : one.Article.Plain.Substring(0, ExcerptLength),
                    one.Article.MustRead,
                    one.Article.PublishedVersion,
                    one.Article.PublishedAt,
                    db.ArticleReadings.Where(reading =>
                            reading.ArticleId == one.Article.Id && reading.UserId == actor.UserId
                        )
                        .Max(reading => (int?)reading.VersionNumber),
                    db.ArticleReadings.Any(reading =>
                        reading.ArticleId == one.Article.Id
                        && reading.UserId == actor.UserId
                        && reading.VersionNumber == one.Article.PublishedVersion
                        && reading.ConfirmedAt != null
                    ),
                    isWriter ? one.Article.DraftAt : null,
                    one.Article.ArchivedAt
                )
            ))
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(one =>
                one with
                {
                    Row = one.Row with
                    {
                        Excerpt = isSearch
                            ? ArticleExcerpt.Around(one.Row.Excerpt, words)
                            : ArticleExcerpt.Beginning(one.Row.Excerpt, ExcerptLength),
                    },
                }
            ),
        ];
    }

    private static string PlaceOf(Listed listed) =>
        new ArticleCursor(listed.Row.Number, listed.Rank, listed.Row.Title).Text;

    private sealed record Listed(int Rank, ArticleRow Row);

    /// <summary>An article with how many of the words stand in its title.</summary>
    internal sealed class RankedArticle
    {
        public required Article Article { get; init; }

        public int Rank { get; init; }
    }
}
