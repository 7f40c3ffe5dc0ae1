using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Leads.Cells;

/// <summary>How long a lead stood in a stage that it has left again, all such stays together.</summary>
/// <param name="LeadId">The lead.</param>
/// <param name="StageId">The stage.</param>
/// <param name="Length">How long it stood there.</param>
internal sealed partial record StageStay(Guid LeadId, Guid StageId, TimeSpan Length)
{
    /// <summary>
    /// One for each stage that each of the leads given has left, out of the moves that every lead's history holds: a stay ends
    /// with a move and began with the one before, or with the registration. The leads stand within the SQL, since a window
    /// over the moves of all leads would be read before they are chosen, and a search of the move before each is far slower
    /// than one sort.
    /// </summary>
    public static IQueryable<StageStay> Of(HubDbContext db, IQueryable<Lead> leads)
    {
        using var chosen = leads.Select(lead => lead.Id).CreateDbCommand();
        object[] parameters = [.. chosen.Parameters.Cast<NpgsqlParameter>().Select(Renamed)];
        var (created, moved) = ((int)LeadEventKind.Created, (int)LeadEventKind.StageChanged);

        // Braces in the text would be taken for places of values.
        var choice = ParameterName()
            .Replace(chosen.CommandText, "@" + Prefix + "$1")
            .Replace("{", "{{")
            .Replace("}", "}}");
        var sql = $$"""
            SELECT move.lead_id, (move.change ->> 'before')::uuid AS stage_id,
                sum(greatest(interval '0', move.occurred_at - coalesce(move.began_at, move.occurred_at))) AS length
            FROM (
                SELECT entry.lead_id, entry.kind, entry.occurred_at,
                    jsonb_path_query_first(entry.changes, '$[*] ? (@.field == "Stage")') AS change,
                    lag(entry.occurred_at) OVER (PARTITION BY entry.lead_id ORDER BY entry.id) AS began_at
                FROM lead_events AS entry
                WHERE entry.kind IN ({{created}}, {{moved}}) AND entry.lead_id IN ({{choice}})) AS move
            WHERE move.kind = {{moved}} AND move.change ->> 'before' IS NOT NULL
            GROUP BY move.lead_id, stage_id
            """;
        return db.Database.SqlQueryRaw<StageStay>(sql, parameters);
    }

    // What asks for the stays names its own values, maybe by the same names.
    private const string Prefix = "chosen_";

    private static NpgsqlParameter Renamed(NpgsqlParameter parameter)
    {
        var copy = parameter.Clone();
        copy.ParameterName = Prefix + parameter.ParameterName.TrimStart('@');
        return copy;
    }

    // A condition within a JSON path begins with @ and a dot.
    [GeneratedRegex(@"@(\w+)")]
    private static partial Regex ParameterName();
}
