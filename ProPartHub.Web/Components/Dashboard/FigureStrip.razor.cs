using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Dashboards;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Points;
using ProPartHub.Web.Components.Layout;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Dashboard;

/// <summary>The numbers in one line, each a link to the list that it counts and with its formula.</summary>
public sealed partial class FigureStrip
{
    private static readonly LeadStatus[] Active = [LeadStatus.New, LeadStatus.Contacted, LeadStatus.Qualified];

    /// <summary>What it shows.</summary>
    [Parameter, EditorRequired]
    public Figures Figures { get; set; } = null!;

    /// <summary>How the reader stands, for the goal; a team has none.</summary>
    [Parameter]
    public Standing? Standing { get; set; }

    /// <summary>True for other people's numbers together.</summary>
    [Parameter]
    public bool IsTeam { get; set; }

    [Inject]
    private AgencyTime Time { get; set; } = null!;

    private IEnumerable<Figure> All =>
        [
            new("Total", Number(Figures.Total), Address(new())),
            new("Active", Number(Figures.Active), Address(new() { Statuses = Active })),
            new("Won", Number(Figures.Won), Address(new() { Statuses = [LeadStatus.Won] })),
            new("Transferred", Number(Figures.Transferred), Address(new() { OnlyTransferred = true })),
            new("Conversion", Figures.Conversion is { } share ? ShortFigure.Percent(share) : "—", null),
            new("Budget", Amount(Figures.Budget), null),
            new("Average", Figures.AverageBudget is { } average ? Amount(average) : "—", null),
            .. Goal,
        ];

    // Its place is kept while it is being read, so that nothing moves.
    private IEnumerable<Figure> Goal =>
        IsTeam || Standing is { IsOn: false }
            ? []
            : [new("Goal", Standing is null ? "…" : ShortFigure.Percent(Standing.GoalPercent), Navigation.Points)];

    private string Amount(decimal amount) => ShortFigure.Dollars(amount, T["Thousand"], T["Million"]);

    private string Address(LeadListQuery query) => LeadListAddress.Write(query, Time);

    private static string Number(int value) => value.ToString("N0", CultureInfo.CurrentCulture);

    private sealed record Figure(string Key, string Value, string? Address);
}
