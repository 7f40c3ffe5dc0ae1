using ProPartHub.Benchmarks.Data;

namespace ProPartHub.Benchmarks.Reports;

/// <summary>
/// What happened to the leads, written in the order of time as in a real hub, so that a lead's events lie far apart: its
/// registration, a first answer for nine of ten and another comment, a call for every third, and a move for each stage on its
/// way to where it stands; about six events a lead. Every fourth open lead has an open follow-up.
/// </summary>
internal static class HistorySeed
{
    public static async Task WriteAsync(ScratchHub hub, CancellationToken cancellationToken)
    {
        await BulkLoad.RunAsync(
            hub,
            "lead_events",
            () => hub.ExecuteAsync(Events, cancellationToken),
            cancellationToken
        );
        await BulkLoad.RunAsync(
            hub,
            "follow_ups",
            () => hub.ExecuteAsync(FollowUps, cancellationToken),
            cancellationToken
        );
    }

    // Kinds: 1 registered, 3 moved, 7 a comment, 10 a call of HubSpot's. Statuses from 4 on are ends, reached from any of
    // the open stages.
    private const string Events = """
        SET work_mem = '512MB';
        WITH open_stages AS (
            SELECT id, row_number() OVER (ORDER BY display_order, id) AS place, count(*) OVER () AS most
            FROM stages WHERE status < 4),
        ways AS (
            SELECT lead.*, coalesce(own.place - 1, 1 + lead.number % (SELECT max(most) FROM open_stages)) AS steps
            FROM leads AS lead LEFT JOIN open_stages AS own ON own.id = lead.stage_id),
        happened AS (
            SELECT id, agent_id, team_id, created_at AS at, 1 AS kind, NULL::uuid AS before, NULL::uuid AS after FROM ways
            UNION ALL
            SELECT id, agent_id, team_id, created_at + power(random(), 4) * interval '3 days', 7, NULL, NULL
            FROM ways WHERE number % 10 <> 0
            UNION ALL
            SELECT id, agent_id, team_id, stage_changed_at - random() * (stage_changed_at - created_at) / 2, 7, NULL, NULL
            FROM ways WHERE number % 10 <> 0
            UNION ALL
            SELECT id, agent_id, team_id, created_at + random() * interval '10 days', 10, NULL, NULL
            FROM ways WHERE number % 3 = 0
            UNION ALL
            SELECT way.id, way.agent_id, way.team_id,
                way.created_at + (way.stage_changed_at - way.created_at) * step.place / way.steps, 3,
                step.id, CASE WHEN step.place = way.steps THEN way.stage_id ELSE next.id END
            FROM ways AS way
            JOIN open_stages AS step ON step.place <= way.steps
            LEFT JOIN open_stages AS next ON next.place = step.place + 1)
        INSERT INTO lead_events (lead_id, kind, origin, occurred_at, actor_id, actor_name, changes, agent_id, team_id)
        SELECT id, kind, 1, at, CASE WHEN kind = 10 THEN NULL ELSE agent_id END, 'Олена Гнатюк',
            CASE WHEN kind = 3 THEN jsonb_build_array(jsonb_build_object('field', 'Stage', 'before', before, 'after', after))
                ELSE '[]'::jsonb END,
            agent_id, team_id
        FROM happened ORDER BY at;
        """;

    private const string FollowUps = """
        INSERT INTO follow_ups (id, lead_id, title, due_at, author_name, origin, created_at)
        SELECT gen_random_uuid(), id, 'Call', now() + (number % 60 - 10) * interval '1 day', 'Олена Гнатюк', 1, now()
        FROM leads WHERE status < 4 AND number % 4 = 0;
        """;
}
