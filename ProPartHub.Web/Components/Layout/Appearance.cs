namespace ProPartHub.Web.Components.Layout;

/// <summary>
/// How a person keeps the shell: remembered in cookies that the page's script writes, so that the first answer of the
/// server already has the right colours and the menu in the right width.
/// </summary>
/// <param name="Theme"><c>system</c>, <c>light</c> or <c>dark</c>.</param>
/// <param name="Navigation"><c>open</c> or <c>folded</c>.</param>
internal sealed record Appearance(string Theme, string Navigation)
{
    public const string ThemeCookie = "hub-theme";
    public const string NavigationCookie = "hub-nav";

    public static IReadOnlyList<string> Themes { get; } = ["system", "light", "dark"];

    /// <summary>The choice in the cookies; anything unknown in them counts as not chosen.</summary>
    public static Appearance From(IRequestCookieCollection cookies) =>
        new(
            Themes.FirstOrDefault(theme => theme == cookies[ThemeCookie]) ?? Themes[0],
            cookies[NavigationCookie] == "folded" ? "folded" : "open"
        );
}
