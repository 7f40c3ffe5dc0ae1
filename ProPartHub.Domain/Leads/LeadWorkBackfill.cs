namespace ProPartHub.Domain.Leads;

/// <summary>
/// What <see cref="LeadWork"/> would have kept before there were columns for it. Nobody is late with what is older: a lead
/// that came before counts as answered once anybody has done anything about it, and what an import brought always.
/// </summary>
internal static class LeadWorkBackfill
{
    /// <summary>Run once, by the migration that adds the columns.</summary>
    public const string Sql = """
        UPDATE leads AS lead SET
            assigned_at = coalesce(lead.transferred_at, lead.created_at),
            worked_at = greatest(lead.created_at, lead.stage_changed_at, coalesce(lead.transferred_at, lead.created_at),
                coalesce(work.last, lead.created_at), coalesce(calls.last, lead.created_at)),
            answered_at = CASE
                WHEN work.first IS NOT NULL OR calls.first IS NOT NULL THEN least(work.first, calls.first)
                WHEN born.origin = 3 OR lead.status <> 1 THEN coalesce(lead.transferred_at, lead.created_at) END
        FROM leads AS same
        LEFT JOIN LATERAL (
            SELECT max(entry.occurred_at) AS last, min(entry.occurred_at) AS first
            FROM lead_events AS entry
            WHERE entry.lead_id = same.id AND entry.kind IN (3, 7, 15) AND entry.actor_id = same.agent_id
                AND entry.occurred_at >= coalesce(same.transferred_at, same.created_at)
        ) AS work ON true
        LEFT JOIN LATERAL (
            SELECT max(least(call.occurred_at, now())) AS last, min(least(call.occurred_at, now())) AS first
            FROM activities AS call
            WHERE call.lead_id = same.id AND call.deleted_at IS NULL
                AND call.direction IS DISTINCT FROM 'INCOMING_EMAIL'
                AND call.occurred_at >= coalesce(same.transferred_at, same.created_at)
        ) AS calls ON true
        LEFT JOIN LATERAL (
            SELECT entry.origin FROM lead_events AS entry WHERE entry.lead_id = same.id AND entry.kind = 1
            ORDER BY entry.id LIMIT 1
        ) AS born ON true
        WHERE same.id = lead.id;
        """;

    /// <summary>Finds birthdays by month and day, whatever the year.</summary>
    public const string BirthdayIndex = """
        CREATE INDEX ix_leads_birthday ON leads
            (((extract(month FROM birth_date) * 100 + extract(day FROM birth_date))::int), id)
            WHERE birth_date IS NOT NULL AND archived_at IS NULL;
        """;
}
