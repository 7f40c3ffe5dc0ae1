using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components;

namespace ProPartHub.Web.Components.Shared;

/// <summary>
/// Icons as finished markup, looking as <c>MudIcon</c> does. A component for each icon takes four kilobytes of every circuit that
/// shows it (docs/performance.md); a piece of markup is shared by all of them. Titled icons are still components.
/// </summary>
internal static class Glyph
{
    private static readonly ConcurrentDictionary<(string Icon, string Size), MarkupString> Made = new();

    /// <summary>An icon of 20 px.</summary>
    /// <param name="icon">One of MudBlazor's icons, the inside of an svg.</param>
    public static MarkupString Small(string icon) => Of(icon, "small");

    /// <summary>An icon of 24 px.</summary>
    /// <inheritdoc cref="Small"/>
    public static MarkupString Medium(string icon) => Of(icon, "medium");

    // The icons are the program's own, a few hundred; nothing that people type comes here.
    private static MarkupString Of(string icon, string size) =>
        Made.GetOrAdd(
            (icon, size),
            static each => new MarkupString(
                $"""<svg class="mud-icon-root mud-svg-icon mud-icon-size-{each.Size}" focusable="false" viewBox="0 0 24 24" aria-hidden="true" role="img">{each.Icon}</svg>"""
            )
        );
}
