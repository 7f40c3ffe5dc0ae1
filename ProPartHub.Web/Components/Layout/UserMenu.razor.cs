using System.Security.Claims;

namespace ProPartHub.Web.Components.Layout;

public sealed partial class UserMenu
{
    // From the most to the least powerful: a person with two roles is called by the stronger.
    private static readonly string[] Roles = ["Admin", "Manager", "Agent"];

    private static string Name(ClaimsPrincipal user) => user.Identity?.Name is { Length: > 0 } name ? name : "?";

    private static string? Role(ClaimsPrincipal user) => Array.Find(Roles, user.IsInRole);
}
