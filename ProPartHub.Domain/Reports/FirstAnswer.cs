using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Reports;

/// <summary>When a lead got its first answer.</summary>
/// <param name="LeadId">The lead.</param>
/// <param name="After">How long after its registration; null while it has none.</param>
internal sealed record FirstAnswer(Guid LeadId, TimeSpan? After)
{
    /// <summary>
    /// Of all leads, to be joined with those that the reader may see. An answer is a comment, a move to another stage or a
    /// follow-up done by a person here, or a call, mail or meeting in HubSpot.
    /// </summary>
    public static IQueryable<FirstAnswer> Of(HubDbContext db)
    {
        int[] own = [(int)LeadEventKind.CommentAdded, (int)LeadEventKind.StageChanged, (int)LeadEventKind.FollowUpDone];
        var activity = (int)LeadEventKind.ActivityAdded;
        return db.Database.SqlQuery<FirstAnswer>(
            $"""
            SELECT lead.id AS lead_id, answer.at - lead.created_at AS after
            FROM leads AS lead
            CROSS JOIN LATERAL (
                SELECT min(entry.occurred_at) AS at FROM lead_events AS entry
                WHERE entry.lead_id = lead.id AND entry.occurred_at >= lead.created_at
                    AND (entry.kind = {activity} OR (entry.actor_id IS NOT NULL AND entry.kind = ANY ({own})))) AS answer
            """
        );
    }
}
