using Microsoft.AspNetCore.WebUtilities;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Reports;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Reports;

/// <summary>A report that can be taken away as a file.</summary>
public enum ReportKind
{
    Funnel,
    Answers,
    Stages,
    Forecast,
    Cohorts,
}

/// <summary>What the page of reports shows: leads as the list filters them, and by what they are grouped.</summary>
public sealed record ReportChoice(LeadListQuery Leads, ReportGrouping Grouping);

/// <summary>The page of reports as an address, with the names that the list's address has.</summary>
internal static class ReportAddress
{
    public const string Path = "/reports";

    private const string Grouping = "by";

    /// <summary>Reads the address; what is no filter of a report (search, status, sort, place) is left aside.</summary>
    public static ReportChoice Read(Uri address, AgencyTime time)
    {
        var list = LeadListAddress.Read(address, time);
        var leads = new LeadListQuery
        {
            AgentIds = list.AgentIds,
            TeamId = list.TeamId,
            Countries = list.Countries,
            Sources = list.Sources,
            CreatedFrom = list.CreatedFrom,
            CreatedBefore = list.CreatedBefore,
        };
        var grouping = QueryHelpers.ParseQuery(address.Query).GetValueOrDefault(Grouping).ToString();
        return new(leads, LeadListAddress.ParseEnum<ReportGrouping>(grouping) ?? ReportGrouping.Agent);
    }

    public static string Write(ReportChoice choice, AgencyTime time) => Write(Path, choice, time);

    /// <summary>The address of a report as a file.</summary>
    public static string Export(ReportKind kind, ReportChoice choice, AgencyTime time, string? format = null)
    {
        var address = Write($"{Path}/export/{kind.ToString().ToLowerInvariant()}", choice, time);
        return format is null ? address : QueryHelpers.AddQueryString(address, TableAnswer.Format, format);
    }

    /// <summary>The leads of a line of a report, as the list filters them.</summary>
    public static LeadListQuery LeadsOf(ReportKey key, ReportChoice choice) =>
        (choice.Grouping, key.Value) switch
        {
            (ReportGrouping.Agent, null) => choice.Leads with { OnlyPool = true },
            (ReportGrouping.Team, null) => choice.Leads with { Blank = LeadBlank.Team },
            (ReportGrouping.Source, null) => choice.Leads with { Blank = LeadBlank.Source },
            (_, null) => choice.Leads with { Blank = LeadBlank.Country },
            (ReportGrouping.Agent, var id) => choice.Leads with { AgentIds = [Guid.Parse(id)] },
            (ReportGrouping.Team, var id) => choice.Leads with { TeamId = Guid.Parse(id) },
            (ReportGrouping.Source, var source) => choice.Leads with { Sources = [source] },
            (_, var country) => choice.Leads with { Countries = [country] },
        };

    private static string Write(string path, ReportChoice choice, AgencyTime time)
    {
        var values = LeadListAddress.Values(choice.Leads, time);
        if (choice.Grouping is not ReportGrouping.Agent)
        {
            values.Add(KeyValuePair.Create(Grouping, (string?)choice.Grouping.ToString().ToLowerInvariant()));
        }

        return QueryHelpers.AddQueryString(path, values);
    }
}
