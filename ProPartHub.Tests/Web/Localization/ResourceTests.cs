using System.Collections;
using System.Globalization;
using System.Resources;
using MudBlazor;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Web.Hosting;
using ProPartHub.Web.Localization;
using Xunit;

namespace ProPartHub.Tests.Web.Localization;

/// <summary>Holds the convention of docs/localization.md for every area's resources, those of tomorrow included.</summary>
public sealed class ResourceTests
{
    private static readonly string[] Suffixes = ["_one", "_few", "_many", "_other"];

    // Parts of MudBlazor that the portal does not use.
    private static readonly string[] UnusedOfMudBlazor =
    [
        "MudCarousel",
        "MudColorPicker",
        "MudRatingItem",
        "MudRating",
        "MudSplitPanel",
        "MudStepper",
    ];

    public static TheoryData<string> Areas =>
        [
            .. typeof(HubOptions)
                .Assembly.GetManifestResourceNames()
                .Where(name => name.Contains(".Localization.", StringComparison.Ordinal))
                .Select(name => name[..^".resources".Length])
                .Where(name => name != typeof(MudTranslations).FullName),
        ];

    [Fact]
    public void Areas_AreFound() => Assert.Contains(typeof(SharedTexts).FullName!, Areas.Select(row => row.Data));

    [Theory]
    [MemberData(nameof(Areas))]
    public void Area_HasAClassToAskItBy(string area) =>
        Assert.NotNull(typeof(HubOptions).Assembly.GetType(area, throwOnError: false));

    [Theory]
    [MemberData(nameof(Areas))]
    public void EveryText_ExistsInBothLanguages(string area)
    {
        var english = Read(area, "");
        var ukrainian = Read(area, "uk");

        Assert.NotEmpty(english);
        Assert.Equal(Bases(english).Order(), Bases(ukrainian).Order());
        Assert.All(english.Concat(ukrainian), text => Assert.False(string.IsNullOrWhiteSpace(text.Value), text.Key));
    }

    [Theory]
    [MemberData(nameof(Areas))]
    public void EveryPlural_HasTheFormsOfItsLanguage(string area)
    {
        foreach (var language in Languages.All)
        {
            var texts = Read(area, language.Code == "en" ? "" : language.Code);
            foreach (var plural in texts.Keys.Where(IsPlural).GroupBy(Base))
            {
                var expected = Plurals.CategoriesOf(language.Culture).Select(category => $"{plural.Key}_{category}");
                Assert.Equal(expected.Order(), plural.Order());
            }
        }
    }

    [Theory]
    [MemberData(nameof(Areas))]
    public void Translations_UseTheSameBlanks(string area)
    {
        var english = Read(area, "");
        foreach (
            var (key, text) in Read(area, "uk").Where(entry => english.ContainsKey(entry.Key) && !IsPlural(entry.Key))
        )
        {
            Assert.True(Blanks(text).SetEquals(Blanks(english[key])), $"{key}: '{english[key]}' and '{text}'");
        }
    }

    [Fact]
    public void EveryTextOfMudBlazorThatWeMayShow_IsTranslated()
    {
        var library = typeof(MudButton).Assembly;
        var resource = library
            .GetManifestResourceNames()
            .Single(name => name.EndsWith("LanguageResource.resources", StringComparison.Ordinal));
        using var reader = new ResourceReader(library.GetManifestResourceStream(resource)!);
        var wanted = reader
            .Cast<DictionaryEntry>()
            .Select(entry => (string)entry.Key)
            .Where(key => !UnusedOfMudBlazor.Contains(key.Split('_')[0]));

        Assert.Equal(wanted.Order(), Read(typeof(MudTranslations).FullName!, "").Keys.Order());
    }

    [Fact]
    public void NoPage_ShowsALineOfCode()
    {
        // In a page, "using" without its @ is a text like any other.
        var pages = Directory.EnumerateFiles(
            Path.Combine(Checkout.Folder, "ProPartHub.Web"),
            "*.razor",
            SearchOption.AllDirectories
        );

        Assert.DoesNotContain(
            pages.SelectMany(File.ReadLines),
            line => line.StartsWith("using ", StringComparison.Ordinal)
        );
    }

    private static Dictionary<string, string> Read(string area, string culture)
    {
        var resources = new ResourceManager(area, typeof(HubOptions).Assembly);
        var set = resources.GetResourceSet(
            CultureInfo.GetCultureInfo(culture),
            createIfNotExists: true,
            tryParents: false
        );
        Assert.NotNull(set);
        return set.Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);
    }

    private static bool IsPlural(string key) => Suffixes.Any(suffix => key.EndsWith(suffix, StringComparison.Ordinal));

    private static string Base(string key) => IsPlural(key) ? key[..key.LastIndexOf('_')] : key;

    private static IEnumerable<string> Bases(Dictionary<string, string> texts) => texts.Keys.Select(Base).Distinct();

    private static HashSet<string> Blanks(string text) =>
        [.. System.Text.RegularExpressions.Regex.Matches(text, @"\{\d+[^}]*\}").Select(match => match.Value)];
}
