using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Dashboards;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Dashboard;

/// <summary>A number of the reader's choice over weeks or months, as bars and as a table.</summary>
public sealed partial class TrendPanel
{
    private const int Wide = 20;
    private const int Height = 100;

    /// <summary>What it shows; null until it is read.</summary>
    [Parameter, EditorRequired]
    public Trend? Trend { get; set; }

    /// <summary>Which number is asked for.</summary>
    [Parameter]
    public TrendMetric Metric { get; set; }

    /// <summary>Weeks or months.</summary>
    [Parameter]
    public TrendStep Step { get; set; }

    /// <summary>Whether the reader has points to follow.</summary>
    [Parameter]
    public bool HasPoints { get; set; }

    /// <summary>Called with the other step.</summary>
    [Parameter]
    public EventCallback<TrendStep> OnStep { get; set; }

    /// <summary>Called with the other number.</summary>
    [Parameter]
    public EventCallback<TrendMetric> OnMetric { get; set; }

    private IEnumerable<TrendMetric> Metrics =>
        Enum.GetValues<TrendMetric>().Where(metric => metric is not TrendMetric.Points || HasPoints);

    private bool HasWon => Trend is { Metric: TrendMetric.Leads };

    private string ValueName => T[HasWon ? "Trend_Created" : $"Trend_{Trend!.Metric}"];

    // Shares and means do not add up.
    private string? Sum =>
        Trend!.Metric is TrendMetric.Conversion or TrendMetric.Average
            ? null
            : Written(Trend.Points.Sum(point => point.Value ?? 0));

    private decimal Highest => Math.Max(1, Trend!.Points.Max(point => Math.Max(point.Value ?? 0, point.Won ?? 0)));

    // The chart shows what was read, the choice what is asked for: they differ while it is being read.
    private string Written(decimal? value) =>
        (Trend!.Metric, value) switch
        {
            (_, null) => "—",
            (TrendMetric.Conversion, { } share) => ShortFigure.Percent(share),
            (TrendMetric.Budget or TrendMetric.Average, { } amount) => ShortFigure.Dollars(
                amount,
                T["Thousand"],
                T["Million"]
            ),
            (_, { } count) => count.ToString("N0", CultureInfo.CurrentCulture),
        };

    private string Said(TrendPoint point)
    {
        var said = $"{Name(point)}: {ValueName} {Written(point.Value)}";
        return HasWon ? $"{said}, {T["Trend_Won"]} {Written(point.Won)}" : said;
    }

    private int Tall(decimal? value) => value is null or <= 0 ? 0 : (int)Math.Max(2, value.Value * Height / Highest);

    private string Name(TrendPoint point) =>
        point.From.ToString(Trend!.Step is TrendStep.Month ? "MMM yy" : "d MMM", CultureInfo.CurrentCulture);

    private Task ChooseAsync(ChangeEventArgs change) =>
        Enum.TryParse<TrendMetric>(change.Value as string, out var metric) && Metrics.Contains(metric)
            ? OnMetric.InvokeAsync(metric)
            : Task.CompletedTask;
}
