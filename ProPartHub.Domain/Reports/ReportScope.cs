using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Domain.Reports;

/// <summary>By what the lines of a report are told apart.</summary>
public enum ReportGrouping
{
    /// <summary>The agent who works the lead.</summary>
    Agent,

    /// <summary>The agent's team.</summary>
    Team,

    /// <summary>Where the lead came from.</summary>
    Source,

    /// <summary>The country of purchase.</summary>
    Country,
}

/// <summary>What a line of a report is about.</summary>
/// <param name="Value">An agent's or a team's id, or an option's value; null for leads that have none.</param>
/// <param name="Name">An agent's or a team's name; null for options, which are named in the reader's language.</param>
public sealed record ReportKey(string? Value, string? Name);

/// <summary>What every report has in common: who may read it and how its leads are grouped.</summary>
internal static class ReportScope
{
    /// <summary>Most lines of a report, the largest: smaller groups beyond them are in no line and in no sum of lines.</summary>
    public const int MostLines = 200;

    /// <summary>Ends a report for those who lead nobody.</summary>
    /// <exception cref="ForbiddenException">The actor is an agent.</exception>
    public static void Require(Actor actor)
    {
        if (actor.Role is Role.Agent)
        {
            throw ForbiddenException.For(actor, GuardedAct.ReadReports);
        }
    }

    /// <summary>The leads with the value by which they are grouped.</summary>
    public static IQueryable<Grouped> By(this IQueryable<Lead> leads, ReportGrouping grouping) =>
        grouping switch
        {
            ReportGrouping.Agent => leads.Select(lead => new Grouped { Value = lead.AgentId.ToString(), Lead = lead }),
            ReportGrouping.Team => leads.Select(lead => new Grouped { Value = lead.TeamId.ToString(), Lead = lead }),
            ReportGrouping.Source => leads.Select(lead => new Grouped { Value = lead.Source, Lead = lead }),
            _ => leads.Select(lead => new Grouped { Value = lead.Country, Lead = lead }),
        };

    /// <summary>A lead with its group: an id as text, or an option; null or empty for those without.</summary>
    internal sealed class Grouped
    {
        public string? Value { get; init; }

        public required Lead Lead { get; init; }
    }
}
