using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Knowledge;

/// <summary>Somebody who should read an article. Times are UTC.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Name">Name.</param>
/// <param name="TeamName">Team.</param>
/// <param name="SeenAt">When the version that readers see was first opened; null for not yet.</param>
/// <param name="ConfirmedAt">When it was confirmed.</param>
/// <param name="LastVersion">The last version that the person opened; null for none.</param>
public sealed record ReaderRow(
    Guid UserId,
    string Name,
    string? TeamName,
    DateTimeOffset? SeenAt,
    DateTimeOffset? ConfirmedAt,
    int? LastVersion
);

/// <summary>How many people should read an article, and how many have.</summary>
/// <param name="People">All of whom the asker may know: admins everybody, managers the team.</param>
/// <param name="Seen">Those who have opened the version that readers see.</param>
/// <param name="Confirmed">Those who have confirmed it.</param>
public sealed record ReaderCounts(int People, int Seen, int Confirmed);

/// <summary>People by name.</summary>
/// <param name="Rows">Those of the page.</param>
/// <param name="Next">After whom the next page begins; null on the last.</param>
public sealed record ReaderPage(IReadOnlyList<ReaderRow> Rows, ReaderPlace? Next);

/// <summary>A place among people by name.</summary>
public sealed record ReaderPlace(string Name, Guid UserId);

/// <summary>Who has seen and confirmed which version of an article.</summary>
public sealed class ArticleReadings(HubDatabase database, TimeProvider time)
{
    /// <summary>People of a page.</summary>
    public const int PageSize = 30;

    /// <summary>Writes down that the actor has opened a version; who only looks through somebody's eyes leaves no mark.</summary>
    /// <exception cref="NotFoundException">Readers do not see such a version.</exception>
    public Task SeeAsync(Actor actor, Guid articleId, int version, CancellationToken cancellationToken) =>
        actor.ViewerId is not null
            ? Task.CompletedTask
            : NoteAsync(actor, articleId, version, isConfirmed: false, cancellationToken);

    /// <summary>Writes down that the actor has read a version.</summary>
    /// <exception cref="ForbiddenException">An admin only looks through the actor's eyes.</exception>
    /// <exception cref="NotFoundException">Readers do not see such a version: it was published anew, or archived.</exception>
    public Task ConfirmAsync(Actor actor, Guid articleId, int version, CancellationToken cancellationToken) =>
        NoteAsync(actor.Writing(), articleId, version, isConfirmed: true, cancellationToken);

    /// <summary>How many have seen and confirmed the version that readers see; one command.</summary>
    /// <exception cref="ForbiddenException">The actor may not write.</exception>
    public async Task<ReaderCounts> CountsAsync(Actor actor, Guid articleId, CancellationToken cancellationToken)
    {
        KnowledgeRights.RequireMayLook(actor);
        await using var db = await database.ReadAsync(cancellationToken);
        return await People(db, actor, articleId)
                .GroupBy(_ => 1)
                .Select(group => new ReaderCounts(
                    group.Count(),
                    group.Count(one => one.Reading != null),
                    group.Count(one => one.Reading!.ConfirmedAt != null)
                ))
                .SingleOrDefaultAsync(cancellationToken)
            ?? new ReaderCounts(0, 0, 0);
    }

    /// <summary>Those who have read the version that readers see, or those who have not, by name; one command.</summary>
    /// <param name="actor">Who asks: admins see everybody, managers their team.</param>
    /// <param name="articleId">The article.</param>
    /// <param name="hasRead">
    /// True for those who have: confirmed it where that is asked for, opened it otherwise. False for the others.
    /// </param>
    /// <param name="after">Where the page begins.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ForbiddenException">The actor may not write.</exception>
    public async Task<ReaderPage> PageAsync(
        Actor actor,
        Guid articleId,
        bool hasRead,
        ReaderPlace? after,
        CancellationToken cancellationToken
    )
    {
        KnowledgeRights.RequireMayLook(actor);
        await using var db = await database.ReadAsync(cancellationToken);
        var people = People(db, actor, articleId)
            .Where(one => (one.Reading != null && (!one.MustRead || one.Reading.ConfirmedAt != null)) == hasRead);
        if (after is { Name: var name, UserId: var id })
        {
            people = people.Where(one =>
                EF.Functions.GreaterThan(
                    ValueTuple.Create(one.User.DisplayName, one.User.Id),
                    ValueTuple.Create(name, id)
                )
            );
        }

        var rows = await people
            .OrderBy(one => one.User.DisplayName)
            .ThenBy(one => one.User.Id)
            .Take(PageSize + 1)
            .Select(one => new ReaderRow(
                one.User.Id,
                one.User.DisplayName,
                one.User.Team == null ? null : one.User.Team.Name,
                one.Reading == null ? null : one.Reading.SeenAt,
                one.Reading == null ? null : one.Reading.ConfirmedAt,
                db.ArticleReadings.Where(reading => reading.ArticleId == articleId && reading.UserId == one.User.Id)
                    .Max(reading => (int?)reading.VersionNumber)
            ))
            .ToListAsync(cancellationToken);
        var hasMore = rows.Count > PageSize;
        rows = [.. rows.Take(PageSize)];
        return new ReaderPage(rows, hasMore ? new ReaderPlace(rows[^1].Name, rows[^1].UserId) : null);
    }

    /// <summary>
    /// Writes down that those who had read a version have read the one that readers see now, when they had. The caller holds
    /// the article's row.
    /// </summary>
    internal static Task CarryAsync(HubDbContext db, Article article, int from, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO article_readings (article_id, user_id, version_number, seen_at, confirmed_at)
            SELECT article_id, user_id, {article.PublishedVersion}, seen_at, confirmed_at
            FROM article_readings WHERE article_id = {article.Id} AND version_number = {from}
            """,
            cancellationToken
        );

    private Task NoteAsync(
        Actor actor,
        Guid articleId,
        int version,
        bool isConfirmed,
        CancellationToken cancellationToken
    ) =>
        database.InTransactionAsync(
            async (db, token) =>
            {
                // Held, so that a small change that is published at this moment carries it on, or this version is gone.
                await db.Database.ExecuteSqlAsync($"SELECT FROM articles WHERE id = {articleId} FOR KEY SHARE", token);
                if (
                    !await db
                        .Articles.Published()
                        .AnyAsync(row => row.Id == articleId && row.PublishedVersion == version, token)
                )
                {
                    throw new NotFoundException("Version");
                }

                var now = time.GetUtcNow();
                var confirmed = isConfirmed ? now : (DateTimeOffset?)null;
                // Two windows of one person may open it at once; what was first stays.
                await db.Database.ExecuteSqlAsync(
                    $"""
                    INSERT INTO article_readings (article_id, user_id, version_number, seen_at, confirmed_at)
                    VALUES ({articleId}, {actor.UserId}, {version}, {now}, {confirmed})
                    ON CONFLICT (article_id, user_id, version_number) DO UPDATE SET confirmed_at = EXCLUDED.confirmed_at
                    WHERE article_readings.confirmed_at IS NULL AND EXCLUDED.confirmed_at IS NOT NULL
                    """,
                    token
                );
            },
            cancellationToken
        );

    // Everybody with an open account, with what is known of the version that readers see.
    private static IQueryable<PersonReading> People(HubDbContext db, Actor actor, Guid articleId)
    {
        var users = db.Users.Where(user => user.IsActive);
        if (actor.Role is not Role.Admin)
        {
            users = users.Where(user => user.TeamId == actor.TeamId && user.TeamId != null);
        }

        return users
            .SelectMany(
                _ => db.Articles.Where(article => article.Id == articleId),
                (user, article) => new { User = user, Article = article }
            )
            .SelectMany(
                pair =>
                    db.ArticleReadings.Where(reading =>
                            reading.ArticleId == pair.Article.Id
                            && reading.UserId == pair.User.Id
                            && reading.VersionNumber == pair.Article.PublishedVersion
                        )
                        .DefaultIfEmpty(),
                (pair, reading) =>
                    new PersonReading
                    {
                        User = pair.User,
                        MustRead = pair.Article.MustRead,
                        Reading = reading,
                    }
            );
    }

    private sealed class PersonReading
    {
        public required HubUser User { get; init; }

        public bool MustRead { get; init; }

        public ArticleReading? Reading { get; init; }
    }
}
