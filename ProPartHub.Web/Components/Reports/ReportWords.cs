using System.Globalization;
using Microsoft.Extensions.Localization;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Reports;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Reports;

/// <summary>Names and amounts of reports in the reader's language, the same on the page and in files.</summary>
internal sealed class ReportWords(
    IStringLocalizer<ReportTexts> texts,
    IStringLocalizer<LeadsTexts> leads,
    IStringLocalizer<DashboardTexts> figures,
    LeadOptionBook book
)
{
    /// <summary>Who or what a line is about.</summary>
    public string NameOf(ReportKey key, ReportGrouping grouping) =>
        (grouping, key.Value) switch
        {
            (_, null) => texts[$"None_{grouping}"],
            (ReportGrouping.Source, var source) => leads.Option(book, LeadField.Source, source),
            (ReportGrouping.Country, var country) => leads.Option(book, LeadField.Country, country),
            _ => key.Name ?? "—",
        };

    /// <summary>A length of time in its two largest units, such as "3 d 4 h".</summary>
    public string Length(TimeSpan? length) =>
        length switch
        {
            null => "—",
            { TotalMinutes: < 1 } => texts["Length_None"],
            { TotalHours: < 1 } some => texts["Length_Minutes", some.Minutes],
            { TotalDays: < 1 } some => texts["Length_Hours", some.Hours, some.Minutes],
            { TotalDays: < 10 } some => texts["Length_Days", some.Days, some.Hours],
            { } some => texts["Length_ManyDays", some.TotalDays.ToString("N0", CultureInfo.CurrentCulture)],
        };

    /// <summary>An amount in USD, short: $1.2M.</summary>
    public string Dollars(decimal amount) => ShortFigure.Dollars(amount, figures["Thousand"], figures["Million"]);

    /// <summary>A share in percent, where there is one.</summary>
    public static string Percent(decimal? share) => share is { } known ? ShortFigure.Percent(known) : "—";
}
