using System.Text.RegularExpressions;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Web.Components.Layout;
using ProPartHub.Web.Components.Shared;
using Xunit;

namespace ProPartHub.Tests.Web.Layout;

public sealed partial class MudBlazorRulesTests : ComponentTest
{
    // Shown by the portal: who adds one here looks whether its rules are kept.
    private static readonly string[] Shown =
    [
        "MudButton",
        "MudDialog",
        "MudDialogProvider",
        "MudIcon",
        "MudPopoverProvider",
        "MudSnackbarProvider",
        "MudThemeProvider",
    ];

    [Theory]
    [InlineData("*{margin:0}body{color:red}", "*{margin:0}body{color:red}")]
    [InlineData(".mud-button{a:b}.mud-table{c:d}", ".mud-button{a:b}")]
    [InlineData(".mud-table,.mud-button:hover{a:b}", ".mud-button:hover{a:b}")]
    [InlineData("/*! made by a.b */.mud-table{a:b}.mud-icon{c:d}", "/*! made by a.b */.mud-icon{c:d}")]
    [InlineData(".mud-dialog .mud-table{a:b}", "")]
    [InlineData(".d-flex{display:flex}.fixed{a:b}.fixed-bottom{c:d}", ".fixed{a:b}")]
    [InlineData(".mud-icon:not(.mud-table,.mud-icon){a:b}", "")]
    [InlineData(".mud-icon:not(.mud-icon-a,.mud-icon-b){a:b}", ".mud-icon:not(.mud-icon-a,.mud-icon-b){a:b}")]
    [InlineData(
        "@media(hover:hover){.mud-table{a:b}}@media(hover:hover){.mud-alert{a:b}.mud-table{c:d}}",
        "@media(hover:hover){.mud-alert{a:b}}"
    )]
    [InlineData(
        "@charset \"utf-8\";@keyframes k{0%{a:b}100%{c:d}}",
        "@charset \"utf-8\";@keyframes k{0%{a:b}100%{c:d}}"
    )]
    public void OnlyRulesOfShownComponents_AreKept(string whole, string kept) =>
        Assert.Equal(kept, MudBlazorRules.Of(whole));

    [Fact]
    public void OnlyComponentsWhoseRulesAreKept_AreShown()
    {
        var web = Path.Combine(Checkout.Folder, "ProPartHub.Web", "Components");
        var tags = Directory
            .EnumerateFiles(web, "*.razor", SearchOption.AllDirectories)
            .SelectMany(file => Tag().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value)
            .Distinct();

        Assert.Empty(tags.Except(Shown));
    }

    [Fact]
    public async Task EveryClassOfADialogAndOfAMessage_ThatHasARule_KeepsIt()
    {
        var dialogs = Render<MudDialogProvider>();
        var messages = Render<MudSnackbarProvider>();
        await dialogs.InvokeAsync(() =>
        {
            _ = ConfirmDialog.AskAsync(Services.GetRequiredService<IDialogService>(), "?", "!", "OK", true);
            var snackbar = Services.GetRequiredService<ISnackbar>();
            foreach (var severity in Enum.GetValues<Severity>())
            {
                snackbar.Add($"{severity}", severity, options => options.Action = "Undo");
            }
        });
        var icon = Render<MudIcon>(icon => icon.Add(own => own.Icon, Icons.Material.Filled.Add));
        var classes = new[] { dialogs.Markup, messages.Markup, icon.Markup }
            .SelectMany(markup => ClassAttribute().Matches(markup))
            .SelectMany(match => match.Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ToHashSet(StringComparer.Ordinal);
        var (whole, kept) = await StylesheetsAsync();

        Assert.Contains("mud-snackbar", classes);
        Assert.Contains("mud-dialog", classes);
        Assert.Contains("mud-button-filled", classes);
        Assert.Empty(classes.Where(whole.Contains).Except(kept));
        Assert.True(kept.Count * 5 < whole.Count, $"{kept.Count} of {whole.Count} classes are kept.");
    }

    private static async Task<(HashSet<string> Whole, HashSet<string> Kept)> StylesheetsAsync()
    {
        var whole = await File.ReadAllTextAsync(WholeFile(), Xunit.TestContext.Current.CancellationToken);
        return (Classes(whole), Classes(MudBlazorRules.Of(whole)));
    }

    // Static web assets of packages stay in the packages' folder; the build writes down where.
    private static string WholeFile()
    {
        var list = File.ReadAllText(
            Path.Combine(AppContext.BaseDirectory, "ProPartHub.Web.staticwebassets.runtime.json")
        );
        var root = ContentRoot().Match(list).Value.Replace("\\\\", "\\", StringComparison.Ordinal);
        return Path.Combine(root, "MudBlazor.min.css");
    }

    private static HashSet<string> Classes(string css) =>
        [.. ClassName().Matches(css).Select(match => match.Groups[1].Value)];

    [GeneratedRegex(@"<(Mud[A-Z]\w*)")]
    private static partial Regex Tag();

    [GeneratedRegex("class=\"([^\"]*)\"")]
    private static partial Regex ClassAttribute();

    [GeneratedRegex(@"\.(-?[_a-zA-Z][\w-]*)(?=[^{}]*\{)")]
    private static partial Regex ClassName();

    [GeneratedRegex("""[^"]*[mM]ud[bB]lazor[^"]*staticwebassets[\\/]*""")]
    private static partial Regex ContentRoot();
}
