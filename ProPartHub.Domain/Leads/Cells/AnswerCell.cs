using ProPartHub.Domain.Data;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Leads.Cells;

/// <summary>How soon a lead got its first answer.</summary>
public enum AnswerSpan
{
    /// <summary>Within an hour of registration.</summary>
    InHour = 1,

    /// <summary>Later, but within 24 hours.</summary>
    InDay,

    /// <summary>Later than that.</summary>
    Later,

    /// <summary>Not answered yet.</summary>
    Never,

    /// <summary>Answered, however late.</summary>
    Answered,
}

/// <summary>Leads that got their first answer so soon.</summary>
/// <param name="Span">How soon.</param>
public sealed record AnswerCell(AnswerSpan Span) : LeadCell
{
    /// <summary>Hours of <see cref="AnswerSpan.InDay"/>.</summary>
    public const int DayHours = 24;

    /// <summary>
    /// What counts as an answer: a comment, a move to another stage or a follow-up done by a person here, or a call, mail or
    /// meeting in HubSpot.
    /// </summary>
    internal static IQueryable<LeadEvent> Answers(HubDbContext db) =>
        db.LeadEvents.Where(entry =>
            entry.Kind == LeadEventKind.ActivityAdded
            || (
                entry.ActorId != null
                && (
                    entry.Kind == LeadEventKind.CommentAdded
                    || entry.Kind == LeadEventKind.StageChanged
                    || entry.Kind == LeadEventKind.FollowUpDone
                )
            )
        );

    // Searches that stop at the first event found, in place of the first of all events: the page of a list then reads a few
    // leads and not the histories of all.
    internal override IQueryable<Lead> Of(HubDbContext db, IQueryable<Lead> leads) =>
        Span switch
        {
            AnswerSpan.InHour => Within(db, leads, 1, isSo: true),
            AnswerSpan.InDay => Within(db, Within(db, leads, DayHours, isSo: true), 1, isSo: false),
            AnswerSpan.Later => Within(db, Ever(db, leads, isSo: true), DayHours, isSo: false),
            AnswerSpan.Never => Ever(db, leads, isSo: false),
            _ => Ever(db, leads, isSo: true),
        };

    private static IQueryable<Lead> Within(HubDbContext db, IQueryable<Lead> leads, int hours, bool isSo)
    {
        var answers = Answers(db);
        return leads.Where(lead =>
            answers.Any(entry =>
                entry.LeadId == lead.Id
                && entry.OccurredAt >= lead.CreatedAt
                && entry.OccurredAt <= lead.CreatedAt.AddHours(hours)
            ) == isSo
        );
    }

    private static IQueryable<Lead> Ever(HubDbContext db, IQueryable<Lead> leads, bool isSo)
    {
        var answers = Answers(db);
        return leads.Where(lead =>
            answers.Any(entry => entry.LeadId == lead.Id && entry.OccurredAt >= lead.CreatedAt) == isSo
        );
    }
}
