using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Xunit;

namespace ProPartHub.Tests.Web.Layout;

public sealed partial class AppearanceTests(HubServer hub) : IClassFixture<HubServer>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, "data-theme=\"system\" data-nav=\"open\"")]
    [InlineData("hub-theme=dark; hub-nav=folded", "data-theme=\"dark\" data-nav=\"folded\"")]
    [InlineData("hub-theme=\"><script>; hub-nav=x", "data-theme=\"system\" data-nav=\"open\"")]
    public async Task FirstAnswer_AlreadyLooksAsChosen(string? cookies, string expected)
    {
        var (_, html) = await hub.GetPageAsync("/error/404", cookies is null ? [] : [cookies]);

        Assert.Contains(expected, html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ThemeStylesheet_HasBothPalettes_AndAnAddressToKeepForEver()
    {
        var (_, html) = await hub.GetPageAsync("/error/404");
        var address = ThemeAddress().Match(html).Value;
        using var client = hub.Open();
        using var response = await client.GetAsync(address, Ct);
        var css = await response.Content.ReadAsStringAsync(Ct);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("immutable", response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Contains(":root { --mud-palette-black", css, StringComparison.Ordinal);
        Assert.Contains(":root[data-theme=\"dark\"] { --mud-palette-black", css, StringComparison.Ordinal);
        Assert.Contains("--mud-palette-primary: rgba(37,99,235,1)", css, StringComparison.Ordinal);
        Assert.Contains("--mud-palette-primary: rgba(107,157,250,1)", css, StringComparison.Ordinal);
    }

    // WCAG 2.2 AA: 4.5 to 1 for text.
    [Theory]
    [InlineData("--text", "--page")]
    [InlineData("--text", "--surface")]
    [InlineData("--text", "--glow")]
    [InlineData("--text-muted", "--page")]
    [InlineData("--text-muted", "--surface")]
    [InlineData("--text-muted", "--surface-sunken")]
    [InlineData("--accent-text", "--surface")]
    [InlineData("--accent-text", "--accent-soft")]
    [InlineData("--on-accent", "--accent")]
    [InlineData("--on-accent", "--accent-hover")]
    [InlineData("--danger", "--surface")]
    [InlineData("--danger", "--danger-soft")]
    [InlineData("--warning", "--warning-soft")]
    [InlineData("--stage-new-text", "--stage-new")]
    [InlineData("--stage-contacted-text", "--stage-contacted")]
    [InlineData("--stage-qualified-text", "--stage-qualified")]
    [InlineData("--stage-won-text", "--stage-won")]
    [InlineData("--stage-lost-text", "--stage-lost")]
    public async Task Colours_HaveEnoughContrast_InBothThemes(string text, string background)
    {
        using var client = hub.Open();
        var css = await client.GetStringAsync("/css/values.css", Ct);
        var colours = Pair()
            .Matches(css)
            .ToDictionary(m => m.Groups[1].Value, m => (Light: m.Groups[2].Value, Dark: m.Groups[3].Value));

        Assert.InRange(Contrast(colours[text].Light, colours[background].Light), 4.5, 21);
        Assert.InRange(Contrast(colours[text].Dark, colours[background].Dark), 4.5, 21);
    }

    private static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string hex)
    {
        double Channel(int at)
        {
            var value = int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }

        return 0.2126 * Channel(0) + 0.7152 * Channel(2) + 0.0722 * Channel(4);
    }

    [GeneratedRegex(@"/css/theme\.css\?v=[0-9a-f]+")]
    private static partial Regex ThemeAddress();

    [GeneratedRegex(@"(--[\w-]+): light-dark\(#([0-9a-f]{6}), #([0-9a-f]{6})\)")]
    private static partial Regex Pair();
}
