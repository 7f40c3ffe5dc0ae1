using MudBlazor;
using ProPartHub.Web.Account;
using ProPartHub.Web.Components.Boards.Wall;
using ProPartHub.Web.Components.Import;
using ProPartHub.Web.Components.Layout;
using ProPartHub.Web.Components.Notifications;
using ProPartHub.Web.Components.People;

namespace ProPartHub.Web.Components.Palette;

/// <summary>
/// Every command of the portal: the palette, the list of keys, the keys themselves and the hints at buttons
/// (<c>data-command</c>) are all made from this one list.
/// </summary>
internal static class Commands
{
    public const string Palette = "Palette";
    public const string Help = "Help";
    public const string NewLead = "NewLead";
    public const string Search = "Search";
    public const string Edit = "Edit";
    public const string Comment = "Comment";

    private const string Admin = "Admin";

    // By the first letter of the English name, as such keys are known from other tools.
    private static readonly Dictionary<string, string> PageKeys = new()
    {
        ["Nav_Leads"] = "g l",
        ["Nav_Board"] = "g b",
        ["Nav_Properties"] = "g o",
        ["Nav_Knowledge"] = "g k",
        ["Nav_Reports"] = "g r",
        ["Nav_People"] = "g p",
        ["Nav_Verification"] = "g v",
        ["Nav_Rules"] = "g u",
        ["Nav_Sync"] = "g s",
        ["Nav_Audit"] = "g a",
    };

    public static IReadOnlyList<Command> All { get; } =
    [
        .. Navigation.Entries.Select(entry => new Command(
            entry.TextKey,
            CommandGroup.Pages,
            entry.Icon,
            entry.Href,
            PageKeys.GetValueOrDefault(entry.TextKey),
            entry.TextKey,
            entry.Roles
        )),
        Page("Wall", Icons.Material.Outlined.Tv, WallAddress.Path, "g w"),
        Page("Profile", Icons.Material.Outlined.AccountCircle, Navigation.Profile, "g m"),
        Page("Security", Icons.Material.Outlined.Lock, AccountPaths.Security),
        Page("Notifications", Icons.Material.Outlined.Notifications, NotificationsAddress.Path),
        new(
            "Nav_Points",
            CommandGroup.Pages,
            Icons.Material.Outlined.EmojiEvents,
            Navigation.Points,
            null,
            "Nav_Points"
        ),
        Page("Templates", Icons.Material.Outlined.Forum, Navigation.Templates, "g t"),
        Page("Availability", Icons.Material.Outlined.EventBusy, Navigation.Availability),
        Page("OwnClaims", Icons.Material.Outlined.Handshake, Navigation.OwnClaims, null, "Agent"),
        Page("Claims", Icons.Material.Outlined.Handshake, Navigation.Claims, null, "Manager", Admin),
        Page("Import", Icons.Material.Outlined.UploadFile, ImportAddress.Path, null, "Manager", Admin),
        Page("Imports", Icons.Material.Outlined.History, ImportAddress.List, null, "Manager", Admin),
        Page("Assignment", Icons.Material.Outlined.AltRoute, Navigation.Assignment, null, Admin),
        Page("Contacts", Icons.Material.Outlined.Contacts, Navigation.Contacts, null, Admin),
        Page("Invite", Icons.Material.Outlined.PersonAdd, PeopleAddress.New, null, Admin),
        Page("InviteMany", Icons.Material.Outlined.GroupAdd, PeopleAddress.InviteMany, null, Admin),
        Page("Access", Icons.Material.Outlined.HealthAndSafety, PeopleAddress.Access, null, Admin),
        Page("Mails", Icons.Material.Outlined.Mail, "/admin/mails", null, Admin),
        Page("Backups", Icons.Material.Outlined.SettingsBackupRestore, Navigation.Backups, null, Admin),
        new(NewLead, CommandGroup.Actions, Icons.Material.Outlined.PersonAddAlt1, Navigation.NewLead, "n"),
        Action(Palette, icon: null, "mod+k"),
        Action(Search, icon: null, "/"),
        Action(Help, Icons.Material.Outlined.Keyboard, "?"),
        Action("Theme_light", Icons.Material.Outlined.LightMode),
        Action("Theme_dark", Icons.Material.Outlined.DarkMode),
        Action("Theme_system", Icons.Material.Outlined.BrightnessAuto),
        Action("Language_uk", Icons.Material.Outlined.Translate),
        Action("Language_en", Icons.Material.Outlined.Translate),
        Action("SignOut", Icons.Material.Outlined.Logout),
        new("NextRow", CommandGroup.Lists, Icon: null, Keys: "j|ArrowDown"),
        new("PreviousRow", CommandGroup.Lists, Icon: null, Keys: "k|ArrowUp"),
        new("OpenRow", CommandGroup.Lists, Icon: null, Keys: "Enter"),
        new("EditCell", CommandGroup.Lists, Icon: null, Keys: "F2"),
        new(Edit, CommandGroup.Lead, Icon: null, Keys: "e"),
        new(Comment, CommandGroup.Lead, Icon: null, Keys: "c"),
        new("NextLead", CommandGroup.Lead, Icon: null, Keys: "]"),
        new("PreviousLead", CommandGroup.Lead, Icon: null, Keys: "["),
        new("Back", CommandGroup.Lead, Icon: null, Keys: "Escape"),
    ];

    private static Command Page(string name, string icon, string href, string? keys = null, params string[] roles) =>
        new(name, CommandGroup.Pages, icon, href, keys, TextKey: null, roles);

    private static Command Action(string name, string? icon, string? keys = null) =>
        new(name, CommandGroup.Actions, icon, Href: null, keys);
}
