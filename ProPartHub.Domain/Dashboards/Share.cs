namespace ProPartHub.Domain.Dashboards;

/// <summary>What part of a whole something is, as every figure and report counts it.</summary>
public static class Share
{
    /// <summary>Part / whole · 100, to one digit after the point; null where there is no whole.</summary>
    public static decimal? Of(int part, int whole) => whole == 0 ? null : decimal.Round(part * 100m / whole, 1);
}
