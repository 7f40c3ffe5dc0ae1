using System.Text.RegularExpressions;
using Bunit;
using Bunit.TestDoubles;
using ProPartHub.Tests.Web;
using ProPartHub.Web.Components.Layout;
using ProPartHub.Web.Components.Palette;
using Xunit;

namespace ProPartHub.Tests.Components.Palette;

/// <summary>One list of commands makes the palette, the sheet of keys and the hints at buttons.</summary>
public sealed partial class CommandPaletteTests : ComponentTest
{
    [Theory]
    [InlineData("Agent", " /claims")]
    [InlineData("Manager", " /admin/claims /leads/import /leads/imports")]
    [InlineData(
        "Admin",
        " /admin/claims /leads/import /leads/imports /admin/assignment /admin/contacts /admin/people/new "
            + "/admin/people/invite /admin/people/access /admin/mails /admin/backups"
    )]
    public void Pages_AreThoseOfTheMenus_AndTheRolesOwn(string role, string others)
    {
        var palette = Palette(role);

        var menu = Navigation.Entries.Where(entry => entry.IsFor(User)).Select(entry => entry.Href);
        Assert.Equal(
            [
                .. menu,
                .. "/board/wall /account/manage /account/security /notifications /points /templates".Split(' '),
                .. $"/availability{others}".Split(' '),
            ],
            palette.FindAll("[data-group=pages] [role=option]").Select(option => option.GetAttribute("href"))
        );
        Assert.Single(palette.FindAll("[data-group=actions] [href='/leads/new']"));
    }

    [Fact]
    public void List_IsAComboboxWithNamedGroups()
    {
        var palette = Palette("Admin");
        var box = palette.Find("[role=combobox]");

        Assert.Equal("palette-list", box.GetAttribute("aria-controls"));
        Assert.Equal("list", box.GetAttribute("aria-autocomplete"));
        Assert.Equal("listbox", palette.Find("#palette-list").GetAttribute("role"));
        Assert.All(
            palette.FindAll("#palette-list [role=group]"),
            group => Assert.NotEqual("", palette.Find($"#{group.GetAttribute("aria-labelledby")}").TextContent.Trim())
        );
        var options = palette.FindAll("#palette-list [role=option]");
        Assert.Equal(options.Count, options.Select(option => option.Id).Distinct().Count());
        Assert.All(options, option => Assert.Equal("-1", option.GetAttribute("tabindex")));
    }

    [Fact]
    public void Commands_AreFoundInBothLanguages() =>
        Assert.Equal("Новий лід New lead", Palette("Agent").Find("#palette-NewLead").GetAttribute("data-words"));

    [Fact]
    public void Keys_AreOfOneCommandEach_AndNoneBeginsAnother()
    {
        var ways = Commands.All.SelectMany(command => command.Keys?.Split('|') ?? []).ToList();

        Assert.Equal(ways.Count, ways.Distinct().Count());
        Assert.DoesNotContain(ways, way => ways.Exists(other => other.StartsWith($"{way} ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Sheet_TellsEveryKey_AndScriptsReadThemThere()
    {
        SignIn("Admin");
        var sheet = Render<KeyboardHelp>(parameters => parameters.Add(help => help.User, User));

        Assert.Equal(
            Commands.All.Where(command => command.Keys is not null).Select(command => command.Keys).Order(),
            sheet.FindAll("[data-keys]").Select(row => row.GetAttribute("data-keys")).Order()
        );
        Assert.All(
            sheet.FindAll("[data-text]"),
            text => Assert.DoesNotContain("Command_", text.TextContent, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Hints_NameCommandsThatHaveKeys()
    {
        var folder = Path.GetFullPath(Path.Combine(SourceFolder(), "../../../ProPartHub.Web"));
        var named = Directory
            .EnumerateFiles(folder, "*.razor", SearchOption.AllDirectories)
            .SelectMany(file => HintNames().Matches(File.ReadAllText(file)).Select(match => match.Groups["name"].Value))
            .ToList();

        Assert.Contains(Commands.NewLead, named);
        Assert.All(named, name => Assert.NotNull(Commands.All.Single(command => command.Name == name).Keys));
    }

    [Fact]
    public void SignOut_ForgetsThePersonsDrafts() =>
        Assert.Equal("me", Palette("Agent").Find("form[action='/account/logout']").GetAttribute("data-signs-out"));

    private static string SourceFolder([System.Runtime.CompilerServices.CallerFilePath] string file = "") =>
        Path.GetDirectoryName(file)!;

    private System.Security.Claims.ClaimsPrincipal User { get; set; } = null!;

    private IRenderedComponent<CommandPalette> Palette(string role)
    {
        SignIn(role);
        return Render<CommandPalette>(parameters => parameters.Add(palette => palette.User, User));
    }

    private void SignIn(string role)
    {
        AddAuthorization().SetAuthorized("Марія").SetRoles(role);
        User = new(
            new System.Security.Claims.ClaimsIdentity(
                [
                    new(System.Security.Claims.ClaimTypes.NameIdentifier, "me"),
                    new(System.Security.Claims.ClaimTypes.Role, role),
                ],
                "test"
            )
        );
    }

    [GeneratedRegex("data-command=\"(?<name>[A-Za-z]+)\"")]
    private static partial Regex HintNames();
}
