using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Outbox;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Timeline;

/// <summary>One entry of a lead's timeline; exactly one of the four is set.</summary>
/// <param name="At">When it took place (UTC).</param>
/// <param name="Comment">A comment.</param>
/// <param name="Activity">A call, mail or meeting.</param>
/// <param name="FollowUp">A follow-up that was done.</param>
/// <param name="Event">A change of the lead.</param>
public sealed record TimelineEntry(
    DateTimeOffset At,
    CommentView? Comment = null,
    Activity? Activity = null,
    FollowUpView? FollowUp = null,
    LeadEvent? Event = null
)
{
    /// <summary>Stable key for rendering.</summary>
    public object Key => (object?)Comment?.Id ?? (object?)Activity?.Id ?? (object?)FollowUp?.Id ?? Event!.Id;
}

/// <summary>A stretch of a timeline.</summary>
/// <param name="Entries">The entries, newest first.</param>
/// <param name="HasMore">True when there are older ones.</param>
public sealed record TimelinePage(IReadOnlyList<TimelineEntry> Entries, bool HasMore);

/// <summary>Which kinds of entry a timeline shows.</summary>
[Flags]
public enum TimelineKinds
{
    /// <summary>Comments.</summary>
    Comments = 1,

    /// <summary>Calls.</summary>
    Calls = 2,

    /// <summary>Changes.</summary>
    Changes = 4,

    /// <summary>Mails.</summary>
    Mails = 8,

    /// <summary>Meetings.</summary>
    Meetings = 16,

    /// <summary>Follow-ups that were done, and what was planned, changed or given up about them.</summary>
    FollowUps = 32,

    /// <summary>Everything.</summary>
    All = Comments | Calls | Mails | Meetings | FollowUps | Changes,
}

/// <summary>Reads a lead's timeline, newest first.</summary>
public sealed class TimelineQueries(HubDatabase database)
{
    /// <summary>Entries of a page.</summary>
    public const int PageSize = 50;

    /// <summary>Most entries read at once.</summary>
    public const int MaxPageSize = 500;

    // Their content stands on the page as the comment, activity or follow-up itself.
    private static readonly LeadEventKind[] Untold =
    [
        LeadEventKind.CommentAdded,
        LeadEventKind.CommentEdited,
        LeadEventKind.ActivityAdded,
        LeadEventKind.FollowUpAdded,
        LeadEventKind.FollowUpDone,
        LeadEventKind.SyncStateChanged,
    ];

    private static readonly LeadEventKind[] OfFollowUps =
    [
        LeadEventKind.FollowUpAdded,
        LeadEventKind.FollowUpEdited,
        LeadEventKind.FollowUpDone,
        LeadEventKind.FollowUpReopened,
        LeadEventKind.FollowUpDeleted,
        LeadEventKind.FollowUpRestored,
    ];

    // Of an erased client no comment, activity or follow-up is left to show: that there was one is told by its event.
    private static readonly LeadEventKind[] UntoldOfErased = [LeadEventKind.SyncStateChanged];

    /// <summary>
    /// A page of the timeline; at most five commands. Entries of one instant are never torn apart, or those on the
    /// further side would be missed by the next page; so a page may have somewhat fewer entries than asked, or more.
    /// </summary>
    /// <param name="actor">Who reads.</param>
    /// <param name="leadId">The lead.</param>
    /// <param name="kinds">Kinds of entry wanted.</param>
    /// <param name="before">Only entries before this instant (UTC), for "more".</param>
    /// <param name="size">Entries wanted, up to <see cref="MaxPageSize"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="NotFoundException">There is no such lead for the actor.</exception>
    public async Task<TimelinePage> PageAsync(
        Actor actor,
        Guid leadId,
        TimelineKinds kinds,
        DateTimeOffset? before,
        int size,
        CancellationToken cancellationToken
    )
    {
        await using var db = await database.ReadAsync(cancellationToken);
        var isErased = await IsErasedAsync(db, actor, leadId, cancellationToken);
        size = Math.Clamp(size, 1, MaxPageSize);
        var limit = before ?? DateTimeOffset.MaxValue;
        var entries = new List<TimelineEntry>();
        if (kinds.HasFlag(TimelineKinds.Comments))
        {
            entries.AddRange(await CommentsAsync(db, actor, leadId, limit, size + 1, cancellationToken));
        }

        var wanted = ActivitiesOf(kinds);
        if (wanted.Count > 0)
        {
            var activities = await db
                .Activities.Where(row =>
                    row.LeadId == leadId && wanted.Contains(row.Kind) && row.DeletedAt == null && row.OccurredAt < limit
                )
                .OrderByDescending(row => row.OccurredAt)
                .ThenByDescending(row => row.Id)
                .Take(size + 1)
                .ToListAsync(cancellationToken);
            entries.AddRange(activities.Select(row => new TimelineEntry(row.OccurredAt, Activity: row)));
        }

        if (kinds.HasFlag(TimelineKinds.FollowUps))
        {
            var done = await FollowUpQueries.Done(db, leadId, limit, size + 1).ToListAsync(cancellationToken);
            entries.AddRange(done.Select(row => new TimelineEntry(row.DoneAt!.Value, FollowUp: row)));
        }

        if ((kinds & (TimelineKinds.Changes | TimelineKinds.FollowUps)) != 0)
        {
            var untold = isErased ? UntoldOfErased : Untold;
            var (others, ofFollowUps) = (kinds.HasFlag(TimelineKinds.Changes), kinds.HasFlag(TimelineKinds.FollowUps));
            var events = await db
                .LeadEvents.Where(row =>
                    row.LeadId == leadId
                    && !untold.Contains(row.Kind)
                    && (OfFollowUps.Contains(row.Kind) ? ofFollowUps : others)
                    && row.OccurredAt < limit
                )
                .OrderByDescending(row => row.OccurredAt)
                .ThenByDescending(row => row.Id)
                .Take(size + 1)
                .ToListAsync(cancellationToken);
            entries.AddRange(events.Select(row => new TimelineEntry(row.OccurredAt, Event: row)));
        }

        entries = [.. entries.OrderByDescending(entry => entry.At)];
        if (entries.Count <= size)
        {
            return new TimelinePage(entries, HasMore: false);
        }

        var edge = entries[size].At;
        var page = entries.Take(size).TakeWhile(entry => entry.At > edge).ToList();
        return page.Count > 0 || size == MaxPageSize
            ? new TimelinePage(page.Count > 0 ? page : entries[..size], HasMore: true)
            : await PageAsync(actor, leadId, kinds, before, size * 2, cancellationToken);
    }

    private static List<ActivityKind> ActivitiesOf(TimelineKinds kinds) =>
        [
            .. new[]
            {
                (TimelineKinds.Calls, ActivityKind.Call),
                (TimelineKinds.Mails, ActivityKind.Email),
                (TimelineKinds.Meetings, ActivityKind.Meeting),
            }
                .Where(pair => kinds.HasFlag(pair.Item1))
                .Select(pair => pair.Item2),
        ];

    private static async Task<bool> IsErasedAsync(
        HubDbContext db,
        Actor actor,
        Guid leadId,
        CancellationToken cancellationToken
    ) =>
        await db
            .Leads.VisibleTo(actor)
            .Where(lead => lead.Id == leadId)
            .Select(lead => (bool?)(lead.ErasedAt != null))
            .SingleOrDefaultAsync(cancellationToken)
        ?? throw await db.NoLeadAsync(actor, leadId, cancellationToken);

    private static async Task<IEnumerable<TimelineEntry>> CommentsAsync(
        HubDbContext db,
        Actor actor,
        Guid leadId,
        DateTimeOffset limit,
        int size,
        CancellationToken cancellationToken
    )
    {
        var isAdmin = actor.Role is Role.Admin;
        var comments = await db
            .Comments.Where(row => row.LeadId == leadId && row.DeletedAt == null && row.CreatedAt < limit)
            .OrderByDescending(row => row.CreatedAt)
            .ThenByDescending(row => row.Id)
            .Take(size)
            .LeftJoin(
                db.Comments.Where(quoted => quoted.DeletedAt == null),
                row => row.QuotedCommentId,
                quoted => quoted.Id,
                (row, quoted) =>
                    new
                    {
                        Comment = row,
                        QuotedAuthor = quoted == null ? null : quoted.AuthorName,
                        QuotedBody = quoted == null ? null : quoted.Body,
                        Mentions = db
                            .CommentMentions.Where(mention => mention.CommentId == row.Id)
                            .Join(
                                db.Users,
                                mention => mention.UserId,
                                user => user.Id,
                                (mention, user) => new MentionView(user.Id, mention.Written, user.DisplayName)
                            )
                            .ToList(),
                        Attachments = db
                            .CommentAttachments.Where(file => file.CommentId == row.Id)
                            .OrderBy(file => file.Id)
                            .Select(file => new AttachmentView(file.Id, file.Name, file.Type, file.Size))
                            .ToList(),
                        Waiting = db.Outbox.Any(entry => entry.Kind == OutboxKind.Comment && entry.SubjectId == row.Id),
                    }
            )
            .ToListAsync(cancellationToken);
        // A comment that is quoted mostly stands on the page itself; farther back its names are as they were written.
        var named = comments.ToDictionary(row => row.Comment.Id, row => row.Mentions);
        return comments.Select(row => new TimelineEntry(
            row.Comment.CreatedAt,
            new CommentView(
                row.Comment.Id,
                row.Comment.AuthorId,
                row.Comment.AuthorName,
                row.Comment.Body,
                row.QuotedAuthor,
                row.QuotedBody is null
                    ? null
                    : MentionText.Shown(
                        row.QuotedBody,
                        named.GetValueOrDefault(row.Comment.QuotedCommentId!.Value) ?? []
                    ),
                row.Comment.Origin,
                row.Comment.CreatedAt,
                row.Comment.EditedAt,
                row.Waiting,
                isAdmin || row.Comment.AuthorId == actor.UserId
            )
            {
                LeadId = leadId,
                Mentions = row.Mentions,
                Attachments = row.Attachments,
            }
        ));
    }
}
