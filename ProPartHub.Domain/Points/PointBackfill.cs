namespace ProPartHub.Domain.Points;

/// <summary>
/// Points for what happened before there was a ledger, by the rules as they began: for leads registered in the portal, and
/// for deals that were moved to where they stand won now. What an import brought gives none, as ever.
/// </summary>
internal static class PointBackfill
{
    /// <summary>Run once, by the migration that makes the ledger; a second run would add nothing.</summary>
    public const string Sql = """
        INSERT INTO point_entries (id, user_id, points, kind, lead_id, sequence, at, by_id, by_name)
        SELECT gen_random_uuid(), agent_id, 100, 1, lead_id, 1, occurred_at, actor_id, actor_name
        FROM lead_events
        WHERE kind = 1 AND origin = 1 AND agent_id IS NOT NULL
        ON CONFLICT DO NOTHING;

        INSERT INTO point_entries (id, user_id, points, kind, lead_id, sequence, at, by_id, by_name)
        SELECT gen_random_uuid(), moved.agent_id, 1000, 2, moved.lead_id, 1, moved.occurred_at, moved.actor_id, moved.actor_name
        FROM (
            SELECT DISTINCT ON (lead_id) * FROM lead_events WHERE kind = 3 ORDER BY lead_id, id DESC
        ) AS moved
        JOIN leads ON leads.id = moved.lead_id AND leads.status = 4
        WHERE moved.agent_id IS NOT NULL
        ON CONFLICT DO NOTHING;
        """;
}
