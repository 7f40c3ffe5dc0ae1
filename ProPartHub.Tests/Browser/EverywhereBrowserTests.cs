using Microsoft.Playwright;
using Xunit;

namespace ProPartHub.Tests.Browser;

/// <summary>What holds on every page: on paper, with less movement, installed as an app.</summary>
public sealed class EverywhereBrowserTests(ChromiumFixture chromium) : IAsyncLifetime
{
    private BrowserBed _bed = null!;

    public async ValueTask InitializeAsync() =>
        _bed = await BrowserBed.StartAsync(chromium, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task OnPaper_ThereIsTheContentAlone_WithWholeAddresses_BlackOnWhite()
    {
        var lead = await _bed.AddLeadAsync("olena", 1);
        var page = await _bed.OpenAsAsync("olena", "/leads", theme: ColorScheme.Dark);
        await Assertions.Expect(page.Locator("tr.row")).ToHaveCountAsync(1);
        Assert.True((await page.PdfAsync(new() { Format = "A4" })).Length > 1_000);

        // As wide as an A4 sheet: a table there too, and not the cards of a phone.
        await page.SetViewportSizeAsync(700, 900);
        await page.EmulateMediaAsync(new() { Media = Media.Print, ColorScheme = ColorScheme.Dark });
        string[] hidden = [".shell-bar", ".shell-nav", ".shell-status", ".shell-bottom", ".filters", ".list-pages"];
        await AssertHiddenAsync(page, hidden);
        await Assertions.Expect(page.Locator("th:not(.cell-select)").First).ToBeVisibleAsync();
        Assert.Equal("table-row", await StyleAsync(page, "tr.row", "display"));
        var address = $"{_bed.Hub.BaseAddress}leads/{lead.Id}";
        Assert.Equal($"\"{address}\"", await StyleAsync(page, "tr.row a", "content", "::after"));
        await AssertBlackOnWhiteAsync(page);

        await page.EmulateMediaAsync(new() { Media = Media.Screen });
        await page.Locator("tr.row a").First.ClickAsync();
        await Assertions.Expect(page.Locator(".entries li").First).ToBeVisibleAsync();
        Assert.True((await page.PdfAsync(new() { Format = "A4" })).Length > 1_000);
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await AssertHiddenAsync(page, [.. hidden, "main button.button-plain", "form.writer", ".kinds"]);
        await Assertions.Expect(page.Locator(".stage-current")).ToBeVisibleAsync();
        Assert.Equal($"\"{address}\"", await StyleAsync(page, ".page-header", "content", "::after"));
        await AssertBlackOnWhiteAsync(page);
    }

    [Fact]
    public async Task WithLessMovement_NothingMoves()
    {
        await _bed.AddLeadAsync("olena", 1);
        var page = await _bed.OpenAsAsync("admin.demo", "/leads");
        await page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        foreach (var address in new[] { "/leads", "/board", "/admin/sync" })
        {
            await page.GotoAsync(address);
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            Assert.Empty(
                await page.EvaluateAsync<string[]>(
                    """
                    () => {
                      const long = (times) => times.split(",").some((time) => parseFloat(time) > 0.01);
                      return [...document.querySelectorAll("*")]
                        .filter((element) => !element.closest(".glow"))
                        .flatMap((element) => ["", "::before", "::after"].map((part) => [element, getComputedStyle(element, part)]))
                        .filter(([, style]) =>
                          long(style.transitionDuration) || (style.animationName !== "none" && long(style.animationDuration)))
                        .map(([element]) => element.outerHTML.slice(0, 100));
                    }
                    """
                )
            );
        }
    }

    // The guard stands for every rule there is and will be, the library's among them; this finds one that outbids it.
    [Fact]
    public async Task NoStyleSheet_OutbidsTheGuard()
    {
        var page = await _bed.OpenAsAsync("admin.demo", "/leads");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        // Asked of the page: an event that came while the sign-in led here is waited for in vain.
        await page.WaitForFunctionAsync("() => document.readyState === 'complete'");
        var moving = await page.EvaluateAsync<string[]>(
            """
            () => {
              const rules = (list) => [...list].flatMap((rule) => [rule, ...(rule.cssRules ? rules(rule.cssRules) : [])]);
              const isQuick = (times) =>
                times.split(",").every((time) => (parseFloat(time) || 0) * (time.endsWith("ms") ? 1 : 1000) <= 1);
              return [...document.styleSheets].flatMap((sheet) => rules(sheet.cssRules))
                .filter((rule) => rule.style)
                .flatMap((rule) => ["transition-duration", "animation-duration"]
                  .filter((name) => rule.style.getPropertyValue(name) && !isQuick(rule.style.getPropertyValue(name)))
                  .map((name) => `${rule.selectorText} ${rule.style.getPropertyPriority(name)}`));
            }
            """
        );

        Assert.NotEmpty(moving);
        Assert.Equal(
            [".glow.glow important"],
            moving.Where(rule => rule.EndsWith(" important", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task Browser_FindsNothingAgainstInstallingIt()
    {
        var page = await _bed.OpenAsAsync("olena", "/leads");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        var devTools = await page.Context.NewCDPSessionAsync(page);

        var manifest = (await devTools.SendAsync("Page.getAppManifest"))!.Value;
        Assert.Empty(manifest.GetProperty("errors").EnumerateArray());
        Assert.Contains("manifest.webmanifest?c=uk", manifest.GetProperty("url").GetString(), StringComparison.Ordinal);
        var errors = (await devTools.SendAsync("Page.getInstallabilityErrors"))!.Value;
        var against = errors
            .GetProperty("installabilityErrors")
            .EnumerateArray()
            .Select(error => error.GetProperty("errorId").GetString())
            .ToHashSet();

        // A window with cookies of its own is a private one, in which nothing is installed.
        against.Remove("in-incognito");
        Assert.Empty(against);
    }

    private static Task<string> StyleAsync(IPage page, string selector, string property, string? part = null) =>
        page.EvaluateAsync<string>(
            "([selector, property, part]) => getComputedStyle(document.querySelector(selector), part)[property]",
            new[] { selector, property, part }
        );

    private static async Task AssertHiddenAsync(IPage page, IEnumerable<string> selectors)
    {
        foreach (var selector in selectors)
        {
            Assert.False(await page.Locator(selector).First.IsVisibleAsync(), selector);
        }
    }

    private static async Task AssertBlackOnWhiteAsync(IPage page)
    {
        Assert.Equal("rgb(255, 255, 255)", await StyleAsync(page, "body", "backgroundColor"));
        Assert.Equal("rgb(0, 0, 0)", await StyleAsync(page, "h1", "color"));
        Assert.Equal("visible", await StyleAsync(page, "#main", "overflow"));
    }
}
