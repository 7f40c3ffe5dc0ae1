using System.Security.Claims;
using Microsoft.AspNetCore.Components;

namespace ProPartHub.Web.Components.Palette;

/// <summary>
/// One box that finds any lead, person, page and action. What the reader's role has no use for is not in it; what it opens
/// guards itself.
/// </summary>
public sealed partial class CommandPalette
{
    /// <summary>Who reads the page.</summary>
    [Parameter, EditorRequired]
    public ClaimsPrincipal User { get; set; } = null!;

    private string? Person => User.FindFirstValue(ClaimTypes.NameIdentifier);
}
