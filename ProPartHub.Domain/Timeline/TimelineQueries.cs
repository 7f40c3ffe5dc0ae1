using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Timeline;

/// <summary>One entry of a lead's timeline; exactly one of the three is set.</summary>
/// <param name="At">When it took place (UTC).</param>
/// <param name="Comment">A comment.</param>
/// <param name="Activity">A call, mail, meeting or task.</param>
/// <param name="Event">A change of the lead.</param>
public sealed record TimelineEntry(DateTimeOffset At, CommentView? Comment, Activity? Activity, LeadEvent? Event)
{
    /// <summary>Stable key for rendering.</summary>
    public object Key => (object?)Comment?.Id ?? (object?)Activity?.Id ?? Event!.Id;
}

/// <summary>A comment with what its reader may do to it.</summary>
public sealed record CommentView(
    Guid Id,
    Guid? AuthorId,
    string AuthorName,
    string Body,
    string? QuotedAuthor,
    string? QuotedBody,
    ChangeOrigin Origin,
    DateTimeOffset CreatedAt,
    DateTimeOffset? EditedAt,
    bool IsWaitingForHubSpot,
    bool CanChange
);

/// <summary>Which kinds of entry a timeline shows.</summary>
[Flags]
public enum TimelineKinds
{
    /// <summary>Comments.</summary>
    Comments = 1,

    /// <summary>Calls, mails, meetings and tasks.</summary>
    Activities = 2,

    /// <summary>Changes.</summary>
    Changes = 4,

    /// <summary>Everything.</summary>
    All = Comments | Activities | Changes,
}

/// <summary>Reads a lead's timeline, newest first.</summary>
public sealed class TimelineQueries(HubDatabase database)
{
    /// <summary>Entries of a page.</summary>
    public const int PageSize = 50;

    // Their content stands in the timeline as the comment or activity itself.
    private static readonly LeadEventKind[] Untold =
    [
        LeadEventKind.CommentAdded,
        LeadEventKind.CommentEdited,
        LeadEventKind.ActivityAdded,
        LeadEventKind.SyncStateChanged,
    ];

    /// <summary>A page of the timeline; at most four commands.</summary>
    /// <param name="actor">Who reads.</param>
    /// <param name="leadId">The lead.</param>
    /// <param name="kinds">Kinds of entry wanted.</param>
    /// <param name="before">Only entries before this instant (UTC), for "more".</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="NotFoundException">There is no such lead for the actor.</exception>
    public async Task<IReadOnlyList<TimelineEntry>> PageAsync(
        Actor actor,
        Guid leadId,
        TimelineKinds kinds,
        DateTimeOffset? before,
        CancellationToken cancellationToken
    )
    {
        await using var db = await database.ReadAsync(cancellationToken);
        if (!await db.Leads.VisibleTo(actor).AnyAsync(lead => lead.Id == leadId, cancellationToken))
        {
            throw new NotFoundException("Lead");
        }

        var limit = before ?? DateTimeOffset.MaxValue;
        var entries = new List<TimelineEntry>();
        if (kinds.HasFlag(TimelineKinds.Comments))
        {
            entries.AddRange(await CommentsAsync(db, actor, leadId, limit, cancellationToken));
        }

        if (kinds.HasFlag(TimelineKinds.Activities))
        {
            var activities = await db
                .Activities.Where(row => row.LeadId == leadId && row.DeletedAt == null && row.OccurredAt < limit)
                .OrderByDescending(row => row.OccurredAt)
                .ThenByDescending(row => row.Id)
                .Take(PageSize)
                .ToListAsync(cancellationToken);
            entries.AddRange(activities.Select(row => new TimelineEntry(row.OccurredAt, null, row, null)));
        }

        if (kinds.HasFlag(TimelineKinds.Changes))
        {
            var events = await db
                .LeadEvents.Where(row => row.LeadId == leadId && !Untold.Contains(row.Kind) && row.OccurredAt < limit)
                .OrderByDescending(row => row.Id)
                .Take(PageSize)
                .ToListAsync(cancellationToken);
            entries.AddRange(events.Select(row => new TimelineEntry(row.OccurredAt, null, null, row)));
        }

        return [.. entries.OrderByDescending(entry => entry.At).Take(PageSize)];
    }

    private static async Task<IEnumerable<TimelineEntry>> CommentsAsync(
        HubDbContext db,
        Actor actor,
        Guid leadId,
        DateTimeOffset limit,
        CancellationToken cancellationToken
    )
    {
        var isAdmin = actor.Role is Role.Admin;
        var comments = await db
            .Comments.Where(row => row.LeadId == leadId && row.DeletedAt == null && row.CreatedAt < limit)
            .OrderByDescending(row => row.CreatedAt)
            .ThenByDescending(row => row.Id)
            .Take(PageSize)
            .Select(row => new
            {
                Comment = row,
                Quoted = db
                    .Comments.Where(other => other.Id == row.QuotedCommentId && other.DeletedAt == null)
                    .Select(other => new { other.AuthorName, other.Body })
                    .FirstOrDefault(),
                Waiting = db.Outbox.Any(entry => entry.SubjectId == row.Id),
            })
            .ToListAsync(cancellationToken);
        return comments.Select(row => new TimelineEntry(
            row.Comment.CreatedAt,
            new CommentView(
                row.Comment.Id,
                row.Comment.AuthorId,
                row.Comment.AuthorName,
                row.Comment.Body,
                row.Quoted?.AuthorName,
                row.Quoted?.Body,
                row.Comment.Origin,
                row.Comment.CreatedAt,
                row.Comment.EditedAt,
                row.Waiting,
                isAdmin || row.Comment.AuthorId == actor.UserId
            ),
            null,
            null
        ));
    }
}
