using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Verification;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Notifications;

/// <summary>A notification as its person may see it now. Times are UTC.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Kind">What it tells.</param>
/// <param name="LeadId">The lead; null where there is none, or none that the person still sees.</param>
/// <param name="LeadNumber">Its number.</param>
/// <param name="ClientName">Its client.</param>
/// <param name="ActorName">Who did it; null for the clock.</param>
/// <param name="At">When it happened; for follow-ups when they are due.</param>
/// <param name="CreatedAt">When the person was told.</param>
/// <param name="ReadAt">When it was read.</param>
/// <param name="Facts">Small facts that its words need.</param>
/// <param name="StageName">The stage that the lead was moved to.</param>
/// <param name="Activity">Whether a call, a mail or a meeting came.</param>
/// <param name="Excerpt">The beginning of the comment, the follow-up's title, or the activity's subject.</param>
/// <param name="IsForBrowser">Whether an open browser may show it.</param>
public sealed record NotificationView(
    Guid Id,
    NotificationKind Kind,
    Guid? LeadId,
    long? LeadNumber,
    string? ClientName,
    string? ActorName,
    DateTimeOffset At,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ReadAt,
    NotificationFacts Facts,
    string? StageName,
    ActivityKind? Activity,
    string? Excerpt,
    bool IsForBrowser
);

/// <summary>What of a person's notifications that person may still see, and how it looks now.</summary>
internal static class NotificationRights
{
    /// <summary>Most characters shown of a comment, title or subject.</summary>
    public const int ExcerptLength = 140;

    /// <summary>
    /// The actor's notifications without those whose lead, or agent to decide about, the actor no longer sees. What says
    /// that a lead was taken stays: it tells no more than the lead's number.
    /// </summary>
    public static IQueryable<Notification> Readable(HubDbContext db, Actor actor)
    {
        var leads = db.Leads.VisibleTo(actor).Where(lead => lead.ErasedAt == null);
        var agents = VerificationRights.Agents(db, actor);
        return db.Notifications.Where(row =>
            row.UserId == actor.UserId
            && (
                row.Kind == NotificationKind.VerificationAsked
                    ? agents.Any(agent => agent.Id == row.SubjectId)
                    : row.LeadId == null
                        || row.Kind == NotificationKind.LeadTaken
                        || leads.Any(lead => lead.Id == row.LeadId)
            )
        );
    }

    /// <summary>The same as bell and page show it.</summary>
    public static IQueryable<Notification> InPortal(HubDbContext db, Actor actor) =>
        Readable(db, actor).Where(row => row.IsInPortal);

    /// <summary>How they look now, to the actor, newest first.</summary>
    public static IQueryable<NotificationView> View(
        HubDbContext db,
        Actor actor,
        IQueryable<Notification> notifications
    )
    {
        var leads = db.Leads.VisibleTo(actor).Where(lead => lead.ErasedAt == null);
        return notifications
            .LeftJoin(leads, row => row.LeadId, lead => (Guid?)lead.Id, (row, lead) => new { row, lead })
            .OrderByDescending(pair => pair.row.CreatedAt)
            .ThenByDescending(pair => pair.row.Id)
            .Select(pair => new NotificationView(
                pair.row.Id,
                pair.row.Kind,
                pair.lead == null ? null : pair.lead.Id,
                pair.lead == null ? null : pair.lead.Number,
                pair.lead == null ? null : pair.lead.ClientName,
                pair.row.ActorName,
                pair.row.At,
                pair.row.CreatedAt,
                pair.row.ReadAt,
                pair.row.Facts,
                null,
                db.Activities.Where(activity => activity.Id == pair.row.SubjectId && pair.lead != null)
                    .Select(activity => (ActivityKind?)activity.Kind)
                    .FirstOrDefault(),
                pair.lead == null
                    ? null
                    : db.Comments.Where(comment => comment.Id == pair.row.SubjectId && comment.DeletedAt == null)
                        // A merge may have moved it to a lead that is not the reader's.
                        .Where(comment => leads.Any(lead => lead.Id == comment.LeadId))
                        .Select(comment => comment.Body.Substring(0, ExcerptLength))
                        .FirstOrDefault()
                        ?? db.FollowUps.Where(due => due.Id == pair.row.SubjectId && due.DeletedAt == null)
                            .Where(due => leads.Any(lead => lead.Id == due.LeadId))
                            .Select(due => due.Title.Substring(0, ExcerptLength))
                            .FirstOrDefault()
                        ?? db.Activities.Where(activity =>
                                activity.Id == pair.row.SubjectId && activity.DeletedAt == null
                            )
                            .Where(activity => leads.Any(lead => lead.Id == activity.LeadId))
                            .Select(activity => activity.Subject!.Substring(0, ExcerptLength))
                            .FirstOrDefault(),
                pair.row.IsForBrowser
            ));
    }
}
