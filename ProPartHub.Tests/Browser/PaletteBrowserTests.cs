using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace ProPartHub.Tests.Browser;

/// <summary>The palette in a real browser: by keyboard and by thumb, while a circuit is lost, with answers that come late.</summary>
public sealed class PaletteBrowserTests(ChromiumFixture chromium) : IAsyncLifetime
{
    private const string Found = "#palette [data-group=leads] [role=option]";

    private BrowserBed _bed = null!;

    public async ValueTask InitializeAsync() =>
        _bed = await BrowserBed.StartAsync(chromium, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task Name_TypedAndEntered_OpensTheLead_WhichIsRecentFromThenOn()
    {
        await _bed.AddLeadAsync("olena", 1);
        var lead = await _bed.AddLeadAsync("olena", 2);
        var page = await OpenAsync("olena", "/board");

        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("rks'yn 2");
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"/leads/{lead.Id}$"));
        await Assertions.Expect(page.Locator("#palette")).ToBeHiddenAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Клієнт 2");
        await page.Keyboard.PressAsync("Control+k");
        await Assertions
            .Expect(page.Locator("#palette [data-group=recent] [role=option]"))
            .ToContainTextAsync("Клієнт 2");
        Assert.DoesNotContain(
            "Клієнт",
            await page.EvaluateAsync<string>("JSON.stringify(localStorage)"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Arrows_GoRound_AndTheBoxSaysWhatIsActive()
    {
        var page = await OpenAsync("olena", "/leads");
        await page.Keyboard.PressAsync("Control+k");
        var box = page.Locator("#palette-text");
        await Assertions.Expect(box).ToHaveAttributeAsync("aria-activedescendant", "palette-Nav_Today");

        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(box).ToHaveAttributeAsync("aria-activedescendant", "palette-Nav_Leads");
        await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.PressAsync("ArrowUp");
        await Assertions.Expect(box).ToHaveAttributeAsync("aria-activedescendant", "palette-SignOut");
        await Assertions.Expect(page.Locator("#palette [aria-selected=true]")).ToHaveCountAsync(1);
        await Assertions.Expect(box).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("#palette")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task LateAnswer_ToAnOlderText_IsNotShown()
    {
        await _bed.AddLeadAsync("olena", 1);
        var page = await OpenAsync("olena", "/leads");
        var first = new TaskCompletionSource<IRoute>();
        await page.RouteAsync(
            "**/palette",
            async route =>
            {
                if (route.Request.PostData!.Contains("cli", StringComparison.Ordinal))
                {
                    await route.FulfillAsync(Answer("Новіший"));
                }
                else
                {
                    first.SetResult(route);
                }
            }
        );
        // The browser would drop it by itself if the question could be taken back; here it cannot.
        await page.EvaluateAsync("AbortController.prototype.abort = () => {}");
        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("old");
        var held = await first.Task.WaitAsync(TestContext.Current.CancellationToken);

        await page.Locator("#palette-text").FillAsync("client");
        await Assertions.Expect(page.Locator(Found)).ToHaveTextAsync(new Regex("Новіший"));
        var late = page.WaitForRequestFinishedAsync(new() { Predicate = request => request == held.Request });
        await held.FulfillAsync(Answer("Старіший"));
        await (await late).ResponseAsync();
        await page.EvaluateAsync("() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))");

        Assert.Contains("Новіший", await page.Locator(Found).TextContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CtrlEnter_OpensApart_AndThePaletteStays()
    {
        await _bed.AddLeadAsync("olena", 1);
        var page = await OpenAsync("olena", "/leads");
        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("клієнт 1");
        await Assertions.Expect(page.Locator(Found)).ToContainTextAsync("Клієнт 1");

        var other = await page.Context.RunAndWaitForPageAsync(() => page.Keyboard.PressAsync("Control+Enter"));

        await Assertions.Expect(other.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Клієнт 1");
        await Assertions.Expect(page.Locator("#palette")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task WithoutANetwork_ItOpensAndSaysWhatItCannot()
    {
        var page = await OpenAsync("olena", "/leads");
        await page.Context.SetOfflineAsync(true);

        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("тема");

        await Assertions.Expect(page.Locator("#palette-Theme_dark")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".palette-note")).ToContainTextAsync("Зараз не вдається шукати");
        await page.Locator("#palette-Theme_dark").ClickAsync();
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
    }

    [Fact]
    public async Task Actions_SwitchLanguage_AndSignOut()
    {
        var page = await OpenAsync("olena", "/leads?sort=name");
        await ChooseAsync(page, "english");
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(@"/leads\?sort=name$"));

        await ChooseAsync(page, "вийти");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/account/login"));
        await Assertions.Expect(page.Locator("#palette")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(ColorScheme.Light, false)]
    [InlineData(ColorScheme.Dark, false)]
    [InlineData(ColorScheme.Light, true)]
    [InlineData(ColorScheme.Dark, true)]
    public async Task PaletteAndSheet_AreAccessible_AndFitTheScreen(ColorScheme theme, bool phone)
    {
        await _bed.AddLeadAsync("olena", 1);
        var page = await _bed.OpenAsAsync("taras", "/leads", phone, theme: theme);
        await Assertions.Expect(page.Locator("tr.row")).ToHaveCountAsync(1);
        await page.Locator(".shell-bar .palette-button").ClickAsync();
        await Assertions.Expect(page.Locator("#palette-text")).ToBeFocusedAsync();
        await BrowserBed.AssertAccessibleAsync(page);

        await page.Locator("#palette-text").FillAsync("клієнт 1");
        await Assertions.Expect(page.Locator(Found)).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#palette [role=status]")).ToHaveTextAsync("Результатів: 1");
        await BrowserBed.AssertAccessibleAsync(page);
        Assert.False(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"));

        await page.Locator("#palette-text").FillAsync("гарячі");
        await page.Locator("#palette-Help").ClickAsync();
        await Assertions.Expect(page.Locator("#keyboard-help")).ToBeVisibleAsync();
        await BrowserBed.AssertAccessibleAsync(page);
        await page.Locator("#keyboard-help [data-close]").ClickAsync();
        await Assertions.Expect(page.Locator("#keyboard-help")).ToBeHiddenAsync();
    }

    private static RouteFulfillOptions Answer(string name) =>
        new()
        {
            ContentType = "application/json",
            Body =
                $$"""{"leads":[{"href":"/leads","title":[{"text":"{{name}}","isFound":false}],"detail":[]}],"people":[]}""",
        };

    private static async Task ChooseAsync(IPage page, string typed)
    {
        await Assertions.Expect(page.Locator("[data-command=NewLead][aria-keyshortcuts]")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync(typed);
        await page.Keyboard.PressAsync("Enter");
    }

    private async Task<IPage> OpenAsync(string userName, string address)
    {
        var page = await _bed.OpenAsAsync(userName, address);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("[data-command=NewLead][aria-keyshortcuts]")).ToBeVisibleAsync();
        return page;
    }
}
