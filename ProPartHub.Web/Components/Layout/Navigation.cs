using System.Security.Claims;
using MudBlazor;

namespace ProPartHub.Web.Components.Layout;

/// <summary>A place in the menus.</summary>
/// <param name="TextKey">Its name in <c>SharedTexts</c>; <c>{key}_Short</c> is used on a phone where it exists.</param>
/// <param name="Href">Its address.</param>
/// <param name="Icon">A MudBlazor icon.</param>
/// <param name="Roles">Who sees it; empty is everyone signed in. The page's own policy is the guard, not this.</param>
internal sealed record NavigationEntry(string TextKey, string Href, string Icon, params string[] Roles)
{
    public bool IsFor(ClaimsPrincipal user) =>
        user.Identity?.IsAuthenticated == true && (Roles.Length == 0 || Roles.Any(user.IsInRole));
}

/// <summary>The places of the portal in the order of the menus.</summary>
internal static class Navigation
{
    public const string Home = "/";
    public const string NewLead = "/leads/new";
    public const string Points = "/points";
    public const string PointRules = "/admin/points";
    public const string Verification = "/admin/verification";
    public const string Rules = "/admin/rules";
    public const string Assignment = "/admin/assignment";
    public const string Claims = "/admin/claims";
    public const string Backups = "/admin/backups";
    public const string Operations = "/admin/system";
    public const string OwnClaims = "/claims";
    public const string Availability = "/availability";
    public const string Templates = "/templates";
    public const string Properties = "/properties";
    public const string Contacts = "/admin/contacts";
    public const string Knowledge = "/knowledge";
    public const string SignIn = "/account/login";
    public const string SignOut = "/account/logout";
    public const string Profile = "/account/manage";

    /// <summary>
    /// Whether a path is at a place or below it. Every path begins as the start page's does, so that one counts only itself.
    /// </summary>
    public static bool IsAt(string href, string path) =>
        path.StartsWith(href, StringComparison.OrdinalIgnoreCase)
        && (path.Length == href.Length || (href != Home && path[href.Length] == '/'));

    public static IReadOnlyList<NavigationEntry> Entries { get; } =
    [
        new("Nav_Today", Home, Icons.Material.Outlined.WbSunny),
        new("Nav_Leads", "/leads", Icons.Material.Outlined.People),
        new("Nav_Board", "/board", Icons.Material.Outlined.ViewKanban),
        new("Nav_Properties", Properties, Icons.Material.Outlined.Apartment),
        new("Nav_Knowledge", Knowledge, Icons.Material.Outlined.MenuBook),
        new("Nav_Reports", "/reports", Icons.Material.Outlined.BarChart, "Manager", "Admin"),
        new("Nav_People", "/admin/people", Icons.Material.Outlined.Badge, "Manager", "Admin"),
        new("Nav_Verification", Verification, Icons.Material.Outlined.VerifiedUser, "Manager", "Admin"),
        new("Nav_Rules", Rules, Icons.Material.Outlined.AutoMode, "Manager", "Admin"),
        new("Nav_Sync", "/admin/sync", Icons.Material.Outlined.Sync, "Admin"),
        new("Nav_Audit", "/admin/audit", Icons.Material.Outlined.Policy, "Admin"),
        new("Nav_System", Operations, Icons.Material.Outlined.MonitorHeart, "Admin"),
    ];
}
