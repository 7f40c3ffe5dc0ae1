using System.Security.Claims;

namespace ProPartHub.Web.Components.Palette;

/// <summary>Where a command stands in the palette and in the list of keys.</summary>
public enum CommandGroup
{
    /// <summary>Opens a page.</summary>
    Pages,

    /// <summary>Does something, wherever one is.</summary>
    Actions,

    /// <summary>Moves in a list.</summary>
    Lists,

    /// <summary>For the lead that is open.</summary>
    Lead,
}

/// <summary>Something that can be asked for by a key, in the palette, or both.</summary>
/// <param name="Name">What scripts and <c>data-command</c> attributes call it.</param>
/// <param name="Group">What it belongs to.</param>
/// <param name="Icon">A MudBlazor icon; null for what has no place in the palette.</param>
/// <param name="Href">The page it opens; null for what a script does.</param>
/// <param name="Keys">
/// Keys as scripts write them: one after another ("g l"), alternatives with a bar ("j|ArrowDown"), <c>mod</c> for Ctrl or ⌘.
/// </param>
/// <param name="TextKey">Its name in <c>SharedTexts</c>; null for <c>Command_{Name}</c> in <c>PaletteTexts</c>.</param>
/// <param name="Roles">Who has it; empty is everyone signed in. What it opens guards itself.</param>
public sealed record Command(
    string Name,
    CommandGroup Group,
    string? Icon,
    string? Href = null,
    string? Keys = null,
    string? TextKey = null,
    params IReadOnlyList<string> Roles
)
{
    /// <summary>Whether somebody has it.</summary>
    public bool IsFor(ClaimsPrincipal user) =>
        user.Identity?.IsAuthenticated == true && (Roles.Count == 0 || Roles.Any(user.IsInRole));
}
