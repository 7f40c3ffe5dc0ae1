namespace ProPartHub.Domain.Data;

/// <summary>Patterns of LIKE and ILIKE made of what a person typed.</summary>
internal static class LikePattern
{
    /// <summary>The character that the patterns escape with; hand it to the comparison.</summary>
    public const string Escape = "\\";

    /// <summary>Finds a text anywhere; its own % and _ stand for themselves.</summary>
    public static string Containing(string text) =>
        "%"
        + text.Replace(Escape, Escape + Escape, StringComparison.Ordinal)
            .Replace("%", Escape + "%", StringComparison.Ordinal)
            .Replace("_", Escape + "_", StringComparison.Ordinal)
        + "%";
}
