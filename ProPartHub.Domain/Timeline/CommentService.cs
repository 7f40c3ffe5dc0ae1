using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Notifications;
using ProPartHub.Domain.Outbox;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Timeline;

/// <summary>Comments on leads. Whoever sees a lead may comment on it; only the author and admins change a comment.</summary>
public sealed partial class CommentService(HubDatabase database, Mentions mentions, TimeProvider time)
{
    /// <summary>Adds a comment without files.</summary>
    /// <inheritdoc cref="AddAsync(Actor, Guid, Guid, string, Guid?, IReadOnlyCollection{Guid}, CancellationToken)"/>
    public Task AddAsync(
        Actor actor,
        Guid commentId,
        Guid leadId,
        string body,
        Guid? quotedCommentId,
        CancellationToken cancellationToken
    ) => AddAsync(actor, commentId, leadId, body, quotedCommentId, [], cancellationToken);

    /// <summary>Adds a comment. People named in it with an @ who may see the lead are told.</summary>
    /// <param name="actor">Who writes.</param>
    /// <param name="commentId">Made by the caller, so that a repeated submit stores one comment.</param>
    /// <param name="leadId">The lead.</param>
    /// <param name="body">Plain text, 1 to <see cref="Comment.BodyLength"/> characters after trimming.</param>
    /// <param name="quotedCommentId">The comment answered, of the same lead.</param>
    /// <param name="attachmentIds">Files that the actor uploaded for it, up to <see cref="CommentAttachment.MostOfComment"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidInputException">
    /// The text is empty, too long or unreadable; there are too many files, or one of them is not there any more.
    /// </exception>
    /// <exception cref="NotFoundException">There is no such lead or quoted comment for the actor.</exception>
    /// <exception cref="ClientErasedException">The client was erased.</exception>
    public Task AddAsync(
        Actor actor,
        Guid commentId,
        Guid leadId,
        string body,
        Guid? quotedCommentId,
        IReadOnlyCollection<Guid> attachmentIds,
        CancellationToken cancellationToken
    )
    {
        var text = Checked(body);
        Guid[] files = [.. attachmentIds.Distinct()];
        CheckCount(files);
        return database.InTransactionAsync(
            async (db, token) =>
            {
                var lead = await db.LeadToChangeAsync(actor, leadId, token);
                if (await db.Comments.AnyAsync(row => row.Id == commentId, token))
                {
                    return;
                }

                if (
                    quotedCommentId is not null
                    && !await db.Comments.AnyAsync(row => row.Id == quotedCommentId && row.LeadId == leadId, token)
                )
                {
                    throw new NotFoundException("Comment");
                }

                var recorder = By(actor);
                var comment = new Comment
                {
                    Id = commentId,
                    LeadId = leadId,
                    AuthorId = actor.StoredId,
                    AuthorName = actor.Name,
                    Body = text,
                    AttachmentCount = files.Length,
                    QuotedCommentId = quotedCommentId,
                    Origin = ChangeOrigin.Portal,
                    CreatedAt = recorder.At,
                };
                db.Comments.Add(comment);
                await NameAsync(db, actor, lead, comment, token);
                await db.SaveChangesAsync(token);
                var attached = await AttachAsync(db, actor, lead, comment, files, token);
                var said = new FieldChange(FieldChange.Comment, null, text);
                await FinishAsync(
                    db,
                    lead,
                    recorder,
                    LeadEventKind.CommentAdded,
                    attached is null ? [said] : [said, attached],
                    commentId,
                    token
                );
            },
            cancellationToken
        );
    }

    /// <summary>Changes the text of a comment.</summary>
    /// <exception cref="InvalidInputException">The text is empty, too long or unreadable.</exception>
    /// <exception cref="NotFoundException">There is no such comment for the actor.</exception>
    /// <exception cref="ForbiddenException">The comment is somebody else's, or the client was erased.</exception>
    public Task EditAsync(Actor actor, Guid commentId, string body, CancellationToken cancellationToken)
    {
        var text = Checked(body);
        return ChangeAsync(
            actor,
            commentId,
            LeadEventKind.CommentEdited,
            async (db, lead, comment, at, token) =>
            {
                var change = new FieldChange(FieldChange.Comment, comment.Body, text);
                if (comment.Body == text)
                {
                    return null;
                }

                comment.Body = text;
                comment.EditedAt = at;
                await NameAsync(db, actor, lead, comment, token);
                return change;
            },
            cancellationToken
        );
    }

    private Task ChangeAsync(
        Actor actor,
        Guid commentId,
        LeadEventKind kind,
        Func<HubDbContext, Lead, Comment, DateTimeOffset, CancellationToken, Task<FieldChange?>> change,
        CancellationToken cancellationToken,
        bool isDeleted = false
    ) =>
        database.InTransactionAsync(
            async (db, token) =>
            {
                var leadId = await db
                    .Comments.Where(row => row.Id == commentId)
                    .Select(row => row.LeadId)
                    .SingleOrDefaultAsync(token);
                var lead = await db.LeadToChangeAsync(actor, leadId, token);
                var comment =
                    await db.Comments.SingleOrDefaultAsync(
                        row => row.Id == commentId && (isDeleted || row.DeletedAt == null),
                        token
                    ) ?? throw new NotFoundException("Comment");
                if (comment.AuthorId != actor.UserId && actor.Role is not Role.Admin)
                {
                    throw ForbiddenException.For(actor, GuardedAct.ChangeComment, leadId: lead.Id);
                }

                var recorder = By(actor);
                if (await change(db, lead, comment, recorder.At, token) is { } fieldChange)
                {
                    await FinishAsync(db, lead, recorder, kind, [fieldChange], commentId, token);
                }
            },
            cancellationToken
        );

    private LeadRecorder By(Actor actor) => new(actor, ChangeOrigin.Portal, time.GetUtcNow());

    private static async Task FinishAsync(
        HubDbContext db,
        Lead lead,
        LeadRecorder recorder,
        LeadEventKind kind,
        IReadOnlyList<FieldChange> changes,
        Guid commentId,
        CancellationToken cancellationToken
    )
    {
        recorder.Record(db, lead, kind, changes, commentId);
        await recorder.MarkForHubSpotAsync(db, OutboxKind.Comment, commentId, lead.Id, cancellationToken);
    }

    private static string Checked(string body)
    {
        var text = body.ReplaceLineEndings("\n").Trim();
        return text.Length switch
        {
            0 => throw new InvalidInputException(nameof(Comment.Body), FieldErrorCode.Required),
            > Comment.BodyLength => throw new InvalidInputException([
                new FieldError(nameof(Comment.Body), FieldErrorCode.TooLong, Comment.BodyLength),
            ]),
            _ when !ReadableText.Is(text) => throw new InvalidInputException(
                nameof(Comment.Body),
                FieldErrorCode.UnreadableText
            ),
            _ => text,
        };
    }
}
