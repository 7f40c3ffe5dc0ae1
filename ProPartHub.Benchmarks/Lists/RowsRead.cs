using System.Text.Json.Nodes;
using Npgsql;

namespace ProPartHub.Benchmarks.Lists;

/// <summary>How many rows of tables a command reads, by the plan that the database really ran.</summary>
internal static class RowsRead
{
    public static async Task<long> OfAsync(
        SentCommand sent,
        NpgsqlDataSource source,
        CancellationToken cancellationToken
    )
    {
        await using var command = source.CreateCommand("EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) " + sent.Sql);
        foreach (var parameter in sent.Parameters)
        {
            command.Parameters.Add(parameter.Clone());
        }

        var plan = JsonNode.Parse((string)(await command.ExecuteScalarAsync(cancellationToken))!)!;
        return Of(plan[0]!["Plan"]!);
    }

    // Whatever has a table reads from it; what a filter threw away was read too. Rows are told for each loop.
    private static long Of(JsonNode node)
    {
        var own = node["Relation Name"] is null
            ? 0
            : (
                Number(node, "Actual Rows")
                + Number(node, "Rows Removed by Filter")
                + Number(node, "Rows Removed by Index Recheck")
            ) * Number(node, "Actual Loops");
        return own + (node["Plans"]?.AsArray().Sum(child => Of(child!)) ?? 0);
    }

    private static long Number(JsonNode node, string name) => (long)((double?)node[name] ?? 0);
}
