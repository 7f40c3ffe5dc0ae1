using Microsoft.Playwright;
using Xunit;

namespace ProPartHub.Tests.Browser;

/// <summary>The board in real browsers: a drag in one window is seen in another, on any screen and theme.</summary>
public sealed class BoardBrowserTests(ChromiumFixture chromium) : IAsyncLifetime
{
    private BrowserBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bed = await BrowserBed.StartAsync(chromium, Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task DraggedCard_Glows_InTheColumnOfAnotherWindow()
    {
        await _bed.AddLeadAsync("olena", 1);
        var agent = await _bed.OpenAsAsync("olena", "/board");
        var admin = await _bed.OpenAsAsync("admin.demo", "/board");
        await Assertions.Expect(admin.Locator(".card")).ToHaveCountAsync(1);

        await agent.Locator(".card-foot").DragToAsync(agent.Locator(".column").Nth(1).Locator(".column-cards"));

        await Assertions.Expect(agent.Locator(".column").Nth(1).Locator(".card")).ToHaveCountAsync(1);
        await Assertions.Expect(admin.Locator(".column").Nth(1).Locator(".card.glow")).ToHaveCountAsync(1);
    }

    [Theory]
    [InlineData(false, ColorScheme.Light, "uk")]
    [InlineData(true, ColorScheme.Dark, "uk")]
    [InlineData(false, ColorScheme.Dark, "en")]
    public async Task Board_IsAccessible_AndNeverWiderThanTheScreen(bool phone, ColorScheme theme, string language)
    {
        await _bed.AddLeadAsync("olena", 1);
        var page = await _bed.OpenAsAsync("admin.demo", "/board", phone, language, theme);
        await Assertions.Expect(page.Locator(".card")).ToHaveCountAsync(1);

        await BrowserBed.AssertAccessibleAsync(page);
        Assert.False(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"));
    }
}
