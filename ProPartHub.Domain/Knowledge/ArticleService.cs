using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Notifications;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Knowledge;

/// <summary>
/// What managers and admins do to articles. A text is written as a draft beside what readers see, and comes in its place
/// when it is published. Every change is a security event.
/// </summary>
public sealed partial class ArticleService(HubDatabase database, NotificationWriter notifications, TimeProvider time)
{
    /// <summary>Begins an article with a draft.</summary>
    /// <param name="actor">Who writes it.</param>
    /// <param name="articleId">Its key, made by the caller: the same form sent twice begins one.</param>
    /// <param name="typed">What was typed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Its number.</returns>
    /// <exception cref="ForbiddenException">The actor may not write, or only looks.</exception>
    /// <exception cref="InvalidInputException">A value breaks a rule.</exception>
    public Task<long> CreateAsync(Actor actor, Guid articleId, ArticleInput typed, CancellationToken cancellationToken)
    {
        KnowledgeRights.RequireMayWrite(actor);
        var values = typed.Checked();
        return database.InTransactionAsync(
            async (db, token) =>
            {
                var there = await db
                    .Articles.Where(row => row.Id == articleId)
                    .Select(row => (long?)row.Number)
                    .SingleOrDefaultAsync(token);
                if (there is { } number)
                {
                    return number;
                }

                await SectionNameAsync(db, values, token);
                var article = new Article
                {
                    Id = articleId,
                    AuthorId = actor.StoredId,
                    CreatedAt = time.GetUtcNow(),
                };
                db.Articles.Add(article);
                WriteDraft(actor, article, values);
                // The database gives the number that the audit names.
                await db.SaveChangesAsync(token);
                await NoteDraftAsync(db, article, token);
                db.SecurityEvents.Add(KnowledgeRecord.Of(actor, time, article, "article begun"));
                return article.Number;
            },
            cancellationToken
        );
    }

    /// <summary>
    /// Stores what was typed as the draft; what readers see stays. Where it takes the place of somebody else's draft, that one
    /// is kept as a version.
    /// </summary>
    /// <param name="actor">Who writes it.</param>
    /// <param name="articleId">Which.</param>
    /// <param name="opened">What the form opened with.</param>
    /// <param name="typed">What it says on save.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when somebody else changed it meanwhile; nothing is stored then.</returns>
    /// <exception cref="ForbiddenException">The actor may not write, or only looks.</exception>
    /// <exception cref="InvalidInputException">A value breaks a rule.</exception>
    /// <exception cref="NotFoundException">There is no such article, or it is archived.</exception>
    public Task<bool> SaveDraftAsync(
        Actor actor,
        Guid articleId,
        ArticleInput opened,
        ArticleInput typed,
        CancellationToken cancellationToken
    )
    {
        KnowledgeRights.RequireMayWrite(actor);
        var values = typed.Checked();
        return database.InTransactionAsync(
            async (db, token) =>
            {
                var article = await ToChangeAsync(db, articleId, token);
                var before = ArticleInput.Of(article);
                if (before == values)
                {
                    return true;
                }

                if (before != opened)
                {
                    return false;
                }

                await SectionNameAsync(db, values, token);
                await KeepAsync(db, actor, article, token);
                WriteDraft(actor, article, values);
                await NoteDraftAsync(db, article, token);
                db.SecurityEvents.Add(KnowledgeRecord.Of(actor, time, article, "draft stored"));
                return true;
            },
            cancellationToken
        );
    }

    /// <summary>
    /// Throws the draft away. An article that was never published goes with it, and so do its kept drafts.
    /// </summary>
    /// <returns>True when the article is gone.</returns>
    /// <exception cref="ForbiddenException">The actor may not write, or only looks.</exception>
    /// <exception cref="NotFoundException">There is no such article, or it is archived.</exception>
    public Task<bool> DiscardDraftAsync(Actor actor, Guid articleId, CancellationToken cancellationToken)
    {
        KnowledgeRights.RequireMayWrite(actor);
        return database.InTransactionAsync(
            async (db, token) =>
            {
                var article = await ToChangeAsync(db, articleId, token);
                if (article.DraftAt is null)
                {
                    return false;
                }

                db.SecurityEvents.Add(KnowledgeRecord.Of(actor, time, article, "draft thrown away"));
                if (article.PublishedVersion == 0)
                {
                    db.Articles.Remove(article);
                    return true;
                }

                DropDraft(article);
                await NoteDraftAsync(db, article, token);
                return false;
            },
            cancellationToken
        );
    }

    /// <summary>Takes an article out of readers' sight; <see cref="BringBackAsync"/> brings it back.</summary>
    /// <exception cref="ForbiddenException">The actor may not write, or only looks.</exception>
    /// <exception cref="NotFoundException">There is no such article.</exception>
    public Task ArchiveAsync(Actor actor, Guid articleId, CancellationToken cancellationToken) =>
        SetArchivedAsync(actor, articleId, isArchived: true, cancellationToken);

    /// <summary>Brings an archived article back, as it was.</summary>
    /// <exception cref="ForbiddenException">The actor may not write, or only looks.</exception>
    /// <exception cref="NotFoundException">There is no such article.</exception>
    public Task BringBackAsync(Actor actor, Guid articleId, CancellationToken cancellationToken) =>
        SetArchivedAsync(actor, articleId, isArchived: false, cancellationToken);

    private Task SetArchivedAsync(Actor actor, Guid articleId, bool isArchived, CancellationToken cancellationToken)
    {
        KnowledgeRights.RequireMayWrite(actor);
        return database.InTransactionAsync(
            async (db, token) =>
            {
                var article =
                    await db.Articles.SingleOrDefaultAsync(row => row.Id == articleId, token)
                    ?? throw new NotFoundException("Article");
                if (article.ArchivedAt is not null == isArchived)
                {
                    return;
                }

                article.ArchivedAt = isArchived ? time.GetUtcNow() : null;
                db.SecurityEvents.Add(
                    KnowledgeRecord.Of(actor, time, article, isArchived ? "article archived" : "article brought back")
                );
            },
            cancellationToken
        );
    }

    private static async Task<Article> ToChangeAsync(HubDbContext db, Guid articleId, CancellationToken token)
    {
        // Two who publish at once would otherwise meet at the number of the version.
        await db.Database.ExecuteSqlAsync($"SELECT FROM articles WHERE id = {articleId} FOR UPDATE", token);
        return await db
                .Articles.Include(row => row.DraftBy)
                .SingleOrDefaultAsync(row => row.Id == articleId && row.ArchivedAt == null, token)
            ?? throw new NotFoundException("Article");
    }

    private static async Task<string> SectionNameAsync(HubDbContext db, ArticleInput values, CancellationToken token) =>
        await db
            // Held, so that nobody removes it before the article stands in it.
            .KnowledgeSections.FromSql($"SELECT * FROM knowledge_sections WHERE id = {values.SectionId} FOR KEY SHARE")
            .Select(row => row.Name)
            .SingleOrDefaultAsync(token)
        ?? throw new InvalidInputException(nameof(ArticleInput.SectionId), FieldErrorCode.UnknownOption);

    // Somebody else's draft is about to go: nobody's text is lost.
    private static async Task KeepAsync(HubDbContext db, Actor actor, Article article, CancellationToken token)
    {
        if (ArticleInput.DraftOf(article) is not { } draft || article.DraftById == actor.StoredId)
        {
            return;
        }

        article.LastVersion++;
        db.ArticleVersions.Add(
            new ArticleVersion
            {
                ArticleId = article.Id,
                Number = article.LastVersion,
                Kind = ArticleVersionKind.Draft,
                Title = draft.Title!,
                SectionName = await SectionNameAsync(db, draft, token),
                Body = draft.Body!,
                MustRead = draft.MustRead,
                AuthorId = article.DraftById,
                AuthorName = article.DraftBy?.DisplayName ?? "—",
                At = article.DraftAt!.Value,
            }
        );
        await ArticlePictures.NoteAsync(db, article.Id, article.LastVersion, draft.Body, token);
    }

    private static Task NoteDraftAsync(HubDbContext db, Article article, CancellationToken token) =>
        ArticlePictures.NoteAsync(db, article.Id, ArticlePictureUse.Draft, article.DraftBody, token);

    private void WriteDraft(Actor actor, Article article, ArticleInput values)
    {
        (article.DraftTitle, article.DraftBody) = (values.Title, values.Body);
        (article.DraftSectionId, article.DraftMustRead) = (values.SectionId, values.MustRead);
        (article.DraftAt, article.DraftById) = (time.GetUtcNow(), actor.StoredId);
    }

    private static void DropDraft(Article article)
    {
        (article.DraftTitle, article.DraftBody, article.DraftSectionId) = (null, null, null);
        (article.DraftMustRead, article.DraftAt, article.DraftById) = (false, null, null);
    }
}
