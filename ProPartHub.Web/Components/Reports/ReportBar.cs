using ProPartHub.Domain.Leads;

namespace ProPartHub.Web.Components.Reports;

/// <summary>A line of a chart of bars.</summary>
/// <param name="Key">Told apart by it.</param>
/// <param name="Name">What it is about.</param>
/// <param name="Value">How much, in words.</param>
/// <param name="Share">How long the bar is, in percent of the longest possible.</param>
public sealed record ReportBar(string Key, string Name, string Value, decimal Share)
{
    /// <summary>What stands beside the value.</summary>
    public string? Note { get; init; }

    /// <summary>The part of it that the darker bar shows, in percent of the same length.</summary>
    public decimal? Part { get; init; }

    /// <summary>A class that gives the bar its colour.</summary>
    public string? Tone { get; init; }

    /// <summary>The list of what it counts.</summary>
    public LeadListQuery? Leads { get; init; }

    /// <summary>How long a bar is beside the longest, in percent; what is there at all shows.</summary>
    public static decimal Of(decimal value, decimal longest) =>
        value <= 0 || longest <= 0 ? 0 : Math.Max(1, decimal.Round(value * 100 / longest, 1));
}
