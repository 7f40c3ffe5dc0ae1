namespace ProPartHub.Web.Components.Shared;

/// <summary>The style class of what somebody else just changed.</summary>
internal static class GlowMark
{
    /// <summary>
    /// Two animations in turn that look the same: a changed name starts it anew, so a second change within the same glow is
    /// seen, while the browser keeps the row it has and little travels to it.
    /// </summary>
    /// <param name="changes">Changes by others since the page was opened.</param>
    public static string? Class(int changes) =>
        changes == 0 ? null
        : changes % 2 == 1 ? "glow"
        : "glow glow-again";
}
