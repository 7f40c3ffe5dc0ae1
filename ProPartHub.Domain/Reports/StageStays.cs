using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Reports;

/// <summary>A lead's stay in a stage that it has left again.</summary>
/// <param name="LeadId">The lead.</param>
/// <param name="StageId">The stage.</param>
/// <param name="Length">How long it stood there.</param>
internal sealed record StageStay(Guid LeadId, Guid StageId, TimeSpan Length)
{
    /// <summary>
    /// All stays, out of the moves that every lead's history holds: a stay ends with a move and began with the one before,
    /// or with the registration. To be joined with the leads that the reader may see.
    /// </summary>
    public static IQueryable<StageStay> Of(HubDbContext db)
    {
        var (created, moved) = ((int)LeadEventKind.Created, (int)LeadEventKind.StageChanged);
        return db.Database.SqlQuery<StageStay>(
            $"""
            SELECT move.lead_id, (change ->> 'before')::uuid AS stage_id,
                greatest(interval '0', move.occurred_at - coalesce(
                    (SELECT earlier.occurred_at FROM lead_events AS earlier
                     WHERE earlier.lead_id = move.lead_id AND earlier.id < move.id AND earlier.kind IN ({created}, {moved})
                     ORDER BY earlier.id DESC LIMIT 1),
                    move.occurred_at)) AS length
            FROM lead_events AS move
            CROSS JOIN LATERAL jsonb_array_elements(move.changes) AS change
            WHERE move.kind = {moved} AND change ->> 'field' = 'Stage' AND change ->> 'before' IS NOT NULL
            """
        );
    }
}
