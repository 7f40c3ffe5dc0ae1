using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Knowledge;

/// <summary>Reads articles; each method is a fixed number of SQL commands. Readers find what is published, writers the rest too.</summary>
public sealed partial class ArticleQueries(HubDatabase database)
{
    /// <summary>Articles of a section that the overview shows.</summary>
    public const int FirstOfSection = 7;

    /// <summary>All sections in their order with their first articles; one command.</summary>
    public async Task<IReadOnlyList<SectionShelf>> OverviewAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var articles = db.Articles.Published();
        var rows = await db
            .KnowledgeSections.OrderBy(section => section.Place)
            .Select(section => new
            {
                section.Id,
                section.Name,
                Total = articles.Count(row => row.SectionId == section.Id),
                First = articles
                    .Where(row => row.SectionId == section.Id)
                    .OrderBy(row => row.Title)
                    .ThenBy(row => row.Number)
                    .Take(FirstOfSection)
                    .Select(row => new ArticleRow(
                        row.Id,
                        row.Number,
                        row.Title,
                        section.Name,
                        "",
                        row.MustRead,
                        row.PublishedVersion,
                        row.PublishedAt,
                        db.ArticleReadings.Where(reading =>
                                reading.ArticleId == row.Id && reading.UserId == actor.UserId
                            )
                            .Max(reading => (int?)reading.VersionNumber),
                        db.ArticleReadings.Any(reading =>
                            reading.ArticleId == row.Id
                            && reading.UserId == actor.UserId
                            && reading.VersionNumber == row.PublishedVersion
                            && reading.ConfirmedAt != null
                        ),
                        null,
                        null
                    ))
                    .ToList(),
            })
            .ToListAsync(cancellationToken);
        return [.. rows.Select(row => new SectionShelf(row.Id, row.Name, row.Total, row.First))];
    }

    /// <summary>How many drafts and archived articles there are; nothing for those who do not write. One command.</summary>
    public async Task<(int Drafts, int Archived)> CountsAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (!KnowledgeRights.MayWrite(actor))
        {
            return (0, 0);
        }

        await using var db = await database.ReadAsync(cancellationToken);
        var counts = await db
            .Articles.Where(row => row.ArchivedAt != null || row.DraftAt != null)
            .GroupBy(row => row.ArchivedAt != null)
            .Select(group => new { IsArchived = group.Key, Count = group.Count() })
            .ToListAsync(cancellationToken);
        return (
            counts.Find(count => !count.IsArchived)?.Count ?? 0,
            counts.Find(count => count.IsArchived)?.Count ?? 0
        );
    }

    /// <summary>One article as readers see it; for writers also an archived one, and a draft that was never published. Two commands.</summary>
    /// <exception cref="NotFoundException">There is no such number, or none that the actor may read.</exception>
    public async Task<ArticleDetails> DetailsAsync(Actor actor, long number, CancellationToken cancellationToken)
    {
        var isWriter = KnowledgeRights.MayWrite(actor);
        await using var db = await database.ReadAsync(cancellationToken);
        var found = isWriter ? db.Articles : db.Articles.Published();
        var row =
            await found
                .Where(article => article.Number == number)
                .Select(article => new
                {
                    Article = article,
                    Section = db
                        .KnowledgeSections.Where(section => section.Id == (article.SectionId ?? article.DraftSectionId))
                        .Select(section => section.Name)
                        .First(),
                    By = db
                        .ArticleVersions.Where(version =>
                            version.ArticleId == article.Id && version.Number == article.PublishedVersion
                        )
                        .Select(version => version.AuthorName)
                        .FirstOrDefault(),
                    DraftBy = article.DraftBy == null ? null : article.DraftBy.DisplayName,
                    Seen = db
                        .ArticleReadings.Where(reading =>
                            reading.ArticleId == article.Id && reading.UserId == actor.UserId
                        )
                        .Max(reading => (int?)reading.VersionNumber),
                    Confirmed = db
                        .ArticleReadings.Where(reading =>
                            reading.ArticleId == article.Id
                            && reading.UserId == actor.UserId
                            && reading.VersionNumber == article.PublishedVersion
                        )
                        .Select(reading => reading.ConfirmedAt)
                        .FirstOrDefault(),
                })
                .SingleOrDefaultAsync(cancellationToken)
            ?? throw new NotFoundException("Article");
        var article = row.Article;
        var isPublished = article.PublishedVersion > 0;
        var (previous, next) = isPublished ? await NeighboursAsync(db, article, cancellationToken) : (null, null);
        return new ArticleDetails(
            article.Id,
            article.Number,
            isPublished ? article.Title : article.DraftTitle!,
            (article.SectionId ?? article.DraftSectionId)!.Value,
            row.Section,
            isPublished ? article.Body : article.DraftBody!,
            isPublished ? article.MustRead : article.DraftMustRead,
            article.PublishedVersion,
            article.PublishedAt,
            row.By,
            row.Confirmed,
            row.Seen,
            isWriter ? article.DraftAt : null,
            isWriter ? row.DraftBy : null,
            article.ArchivedAt,
            previous,
            next
        );
    }

    /// <summary>One article as a form opens with it; one command.</summary>
    /// <exception cref="ForbiddenException">The actor may not write.</exception>
    /// <exception cref="NotFoundException">There is no such number, or it is archived.</exception>
    public async Task<ArticleToEdit> ToEditAsync(Actor actor, long number, CancellationToken cancellationToken)
    {
        KnowledgeRights.RequireMayLook(actor);
        await using var db = await database.ReadAsync(cancellationToken);
        var article =
            await db.Articles.SingleOrDefaultAsync(
                row => row.Number == number && row.ArchivedAt == null,
                cancellationToken
            ) ?? throw new NotFoundException("Article");
        return new ArticleToEdit(
            article.Id,
            article.Number,
            ArticleInput.Of(article),
            article.PublishedVersion > 0,
            article.DraftAt is not null
        );
    }

    private static async Task<(ArticleLinkTo? Previous, ArticleLinkTo? Next)> NeighboursAsync(
        HubDbContext db,
        Article article,
        CancellationToken cancellationToken
    )
    {
        var section = db.Articles.Published().Where(row => row.SectionId == article.SectionId);
        var (title, number) = (article.Title, article.Number);
        var previous = section
            .Where(row =>
                EF.Functions.LessThan(ValueTuple.Create(row.Title, row.Number), ValueTuple.Create(title, number))
            )
            .OrderByDescending(row => row.Title)
            .ThenByDescending(row => row.Number)
            .Take(1);
        var next = section
            .Where(row =>
                EF.Functions.GreaterThan(ValueTuple.Create(row.Title, row.Number), ValueTuple.Create(title, number))
            )
            .OrderBy(row => row.Title)
            .ThenBy(row => row.Number)
            .Take(1);
        var both = await previous
            .Select(row => new
            {
                row.Number,
                row.Title,
                IsNext = false,
            })
            .Concat(
                next.Select(row => new
                {
                    row.Number,
                    row.Title,
                    IsNext = true,
                })
            )
            .ToListAsync(cancellationToken);
        var links = both.ToDictionary(row => row.IsNext, row => new ArticleLinkTo(row.Number, row.Title));
        return (links.GetValueOrDefault(false), links.GetValueOrDefault(true));
    }
}
