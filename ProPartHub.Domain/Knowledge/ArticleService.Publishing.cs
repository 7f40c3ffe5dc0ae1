using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Notifications;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Knowledge;

public sealed partial class ArticleService
{
    /// <summary>
    /// Publishes what was typed as a new version, and tells everybody of it where it must be read. What is published already
    /// is not published again.
    /// </summary>
    /// <param name="actor">Who publishes.</param>
    /// <param name="articleId">Which.</param>
    /// <param name="opened">What the form opened with.</param>
    /// <param name="typed">What it says.</param>
    /// <param name="note">What was changed, in a few words; may be empty.</param>
    /// <param name="isSmall">
    /// Whether little was changed: who has read the version that readers see now has read the new one too, and nobody is told
    /// again. Of a first publication it says nothing.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when somebody else changed it meanwhile; nothing is stored then.</returns>
    /// <exception cref="ForbiddenException">The actor may not write, or only looks.</exception>
    /// <exception cref="InvalidInputException">A value breaks a rule.</exception>
    /// <exception cref="NotFoundException">There is no such article, or it is archived.</exception>
    public Task<bool> PublishAsync(
        Actor actor,
        Guid articleId,
        ArticleInput opened,
        ArticleInput typed,
        string? note,
        bool isSmall,
        CancellationToken cancellationToken
    )
    {
        KnowledgeRights.RequireMayWrite(actor);
        var (values, said) = (typed.Checked(), CheckedNote(note));
        return database.InTransactionAsync(
            async (db, token) =>
            {
                var article = await ToChangeAsync(db, articleId, token);
                var before = ArticleInput.Of(article);
                var isThere = article.PublishedVersion > 0 && ArticleInput.PublishedOf(article) == values;
                if (isThere && article.DraftAt is null)
                {
                    return true;
                }

                if (before != opened && before != values)
                {
                    return false;
                }

                if (before != values)
                {
                    await KeepAsync(db, actor, article, token);
                }

                if (isThere)
                {
                    // The draft came to what readers see.
                    DropDraft(article);
                    await NoteDraftAsync(db, article, token);
                    return true;
                }

                await PublishAsync(db, actor, article, values, said, isSmall, restoredFrom: null, token);
                await NoteDraftAsync(db, article, token);
                return true;
            },
            cancellationToken
        );
    }

    /// <summary>
    /// Publishes an earlier version once more, as a new one, in the section where the article stands now. A draft beside it
    /// stays.
    /// </summary>
    /// <returns>Number of the new version.</returns>
    /// <exception cref="ForbiddenException">The actor may not write, or only looks.</exception>
    /// <exception cref="NotFoundException">There is no such article or version, or the article is archived.</exception>
    public Task<int> RestoreAsync(Actor actor, Guid articleId, int version, CancellationToken cancellationToken)
    {
        KnowledgeRights.RequireMayWrite(actor);
        return database.InTransactionAsync(
            async (db, token) =>
            {
                var article = await ToChangeAsync(db, articleId, token);
                var then =
                    await db
                        .ArticleVersions.AsNoTracking()
                        .SingleOrDefaultAsync(row => row.ArticleId == articleId && row.Number == version, token)
                    ?? throw new NotFoundException("Version");
                var values = new ArticleInput
                {
                    Title = then.Title,
                    Body = then.Body,
                    MustRead = then.MustRead,
                    SectionId = article.SectionId ?? article.DraftSectionId,
                };
                if (article.PublishedVersion > 0 && ArticleInput.PublishedOf(article) == values)
                {
                    return article.PublishedVersion;
                }

                var draft = ArticleInput.DraftOf(article);
                var (draftAt, draftBy) = (article.DraftAt, article.DraftById);
                await PublishAsync(
                    db,
                    actor,
                    article,
                    values,
                    note: null,
                    isSmall: false,
                    restoredFrom: version,
                    token
                );
                if (draft is not null)
                {
                    (article.DraftTitle, article.DraftBody) = (draft.Title, draft.Body);
                    (article.DraftSectionId, article.DraftMustRead) = (draft.SectionId, draft.MustRead);
                    (article.DraftAt, article.DraftById) = (draftAt, draftBy);
                }

                return article.PublishedVersion;
            },
            cancellationToken
        );
    }

    private async Task PublishAsync(
        HubDbContext db,
        Actor actor,
        Article article,
        ArticleInput values,
        string? note,
        bool isSmall,
        int? restoredFrom,
        CancellationToken token
    )
    {
        var (section, now) = (await SectionNameAsync(db, values, token), time.GetUtcNow());
        var (former, wasTold) = (article.PublishedVersion, article.MustRead);
        isSmall = isSmall && former > 0;
        article.LastVersion++;
        Show(article, values, now);
        DropDraft(article);
        db.ArticleVersions.Add(
            new ArticleVersion
            {
                ArticleId = article.Id,
                Number = article.LastVersion,
                Kind = restoredFrom is null ? ArticleVersionKind.Published : ArticleVersionKind.Restored,
                Title = article.Title,
                SectionName = section,
                Body = article.Body,
                MustRead = article.MustRead,
                IsSmall = isSmall,
                Note = note,
                RestoredFrom = restoredFrom,
                AuthorId = actor.StoredId,
                AuthorName = actor.Name,
                At = now,
            }
        );
        await ArticlePictures.NoteAsync(db, article.Id, article.PublishedVersion, article.Body, token);
        db.SecurityEvents.Add(
            KnowledgeRecord.Of(
                actor,
                time,
                article,
                restoredFrom is null ? "article published" : "version restored",
                ("version", KnowledgeRecord.Number(article.PublishedVersion)),
                ("section", section),
                ("must be read", article.MustRead ? "yes" : "no"),
                ("small change", isSmall ? "yes" : null),
                ("restored from", restoredFrom is { } from ? KnowledgeRecord.Number(from) : null),
                ("note", note)
            )
        );
        if (isSmall)
        {
            await ArticleReadings.CarryAsync(db, article, former, token);
        }

        // Of a small change those know already who were told of the version before it.
        if (article.MustRead && !(isSmall && wasTold))
        {
            await TellAsync(db, actor, article, now, token);
        }
    }

    /// <summary>Puts before readers what was checked.</summary>
    internal static void Show(Article article, ArticleInput values, DateTimeOffset now)
    {
        (article.Title, article.Body) = (values.Title!, values.Body!);
        (article.SectionId, article.MustRead) = (values.SectionId, values.MustRead);
        (article.PublishedVersion, article.PublishedAt) = (article.LastVersion, now);
        article.Plain = ArticleText.Plain(article.Body);
        article.SearchTitle = SearchText.Normalise(article.Title);
        article.SearchText = $"{article.SearchTitle} {SearchText.Normalise(article.Plain)}";
    }

    private async Task TellAsync(
        HubDbContext db,
        Actor actor,
        Article article,
        DateTimeOffset now,
        CancellationToken token
    )
    {
        var people = await db
            .Users.Where(user => user.IsActive && user.Id != actor.UserId)
            .Select(user => user.Id)
            .ToListAsync(token);
        var key = string.Create(CultureInfo.InvariantCulture, $"article:{article.Id:N}:{article.PublishedVersion}");
        await notifications.WriteAsync(
            db,
            [
                .. people.Select(person => new Occasion(person, NotificationKind.MustReadArticle, key, now)
                {
                    SubjectId = article.Id,
                    ActorId = actor.StoredId,
                    ActorName = actor.Name,
                    Facts = new() { ArticleNumber = article.Number, ArticleTitle = article.Title },
                }),
            ],
            token
        );
    }

    private static string? CheckedNote(string? note)
    {
        var said = note?.ReplaceLineEndings(" ").Trim();
        return string.IsNullOrEmpty(said) ? null
            : said.Length > ArticleLimits.Note
                ? throw new InvalidInputException([
                    new FieldError(nameof(ArticleVersion.Note), FieldErrorCode.TooLong, ArticleLimits.Note),
                ])
            : !ReadableText.Is(said)
                ? throw new InvalidInputException(nameof(ArticleVersion.Note), FieldErrorCode.UnreadableText)
            : said;
    }
}
