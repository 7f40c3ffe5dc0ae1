using Microsoft.EntityFrameworkCore;
using Npgsql;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Reports;

/// <summary>A lead's stay in a stage that it has left again.</summary>
/// <param name="StageId">The stage.</param>
/// <param name="Length">How long it stood there.</param>
internal sealed record StageStay(Guid StageId, TimeSpan Length)
{
    /// <summary>
    /// The stays of the leads given, out of the moves that every lead's history holds: a stay ends with a move and began with
    /// the one before, or with the registration. The leads stand within the SQL, since a window over the moves of all leads
    /// would be read before they are chosen, and a search of the move before each is far slower than one sort.
    /// </summary>
    public static IQueryable<StageStay> Of(HubDbContext db, IQueryable<Lead> leads)
    {
        using var chosen = leads.Select(lead => lead.Id).CreateDbCommand();
        object[] parameters = [.. chosen.Parameters.Cast<NpgsqlParameter>().Select(parameter => parameter.Clone())];
        var (created, moved) = ((int)LeadEventKind.Created, (int)LeadEventKind.StageChanged);

        // Braces in the text would be taken for places of values.
        var sql = $$"""
            SELECT (move.change ->> 'before')::uuid AS stage_id,
                greatest(interval '0', move.occurred_at - coalesce(move.began_at, move.occurred_at)) AS length
            FROM (
                SELECT entry.kind, entry.occurred_at,
                    jsonb_path_query_first(entry.changes, '$[*] ? (@.field == "Stage")') AS change,
                    lag(entry.occurred_at) OVER (PARTITION BY entry.lead_id ORDER BY entry.id) AS began_at
                FROM lead_events AS entry
                WHERE entry.kind IN ({{created}}, {{moved}})
                    AND entry.lead_id IN ({{chosen.CommandText.Replace("{", "{{").Replace("}", "}}")}})) AS move
            WHERE move.kind = {{moved}} AND move.change ->> 'before' IS NOT NULL
            """;
        return db.Database.SqlQueryRaw<StageStay>(sql, parameters);
    }
}
