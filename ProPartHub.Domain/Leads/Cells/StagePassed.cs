using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Leads.Cells;

/// <summary>A stage that a lead has left, once for each time.</summary>
/// <param name="LeadId">The lead.</param>
/// <param name="StageId">The stage.</param>
internal sealed record StagePassed(Guid LeadId, Guid StageId)
{
    /// <summary>Of all leads, to be joined with those that the reader may see.</summary>
    public static IQueryable<StagePassed> Of(HubDbContext db)
    {
        var moved = (int)LeadEventKind.StageChanged;
        return db.Database.SqlQuery<StagePassed>(
            $"""
            SELECT move.lead_id, (change ->> 'before')::uuid AS stage_id
            FROM lead_events AS move
            CROSS JOIN LATERAL jsonb_array_elements(move.changes) AS change
            WHERE move.kind = {moved} AND change ->> 'field' = 'Stage' AND change ->> 'before' IS NOT NULL
            """
        );
    }
}
