using Microsoft.Playwright;
using Xunit;

namespace ProPartHub.Tests.Browser;

/// <summary>The database vanishes under open pages: they stay, say so, keep what was typed, and go on by themselves.</summary>
public sealed class OutageBrowserTests(ChromiumFixture chromium) : IAsyncLifetime
{
    private BrowserBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bed = await BrowserBed.StartAsync(chromium, Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task OpenPages_StayAndSaySo_ThenShowWhatChanged()
    {
        var page = await _bed.OpenAsAsync("olena", "/leads");
        await Assertions.Expect(page.Locator(".empty-state")).ToBeVisibleAsync();

        await _bed.Database.ShutAsync();
        await Assertions.Expect(page.Locator(".banner-warning")).ToContainTextAsync("База даних не відповідає");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();

        await _bed.Database.ReopenAsync();
        await Assertions.Expect(page.Locator(".banner-warning")).ToHaveCountAsync(0);
        await _bed.AddLeadAsync("olena", 1);
        await Assertions.Expect(page.Locator("tr.row")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task LeadSavedIntoAnOutage_StaysInItsForm_UntilItIsStored()
    {
        var page = await _bed.OpenAsAsync("olena", "/leads/new");
        await page.Locator("#lead-ClientName").FillAsync("Остап Їжак");
        await page.Locator("#lead-Phone").FillAsync("+380501234567");
        await _bed.Database.ShutAsync();

        await page.Locator("main form button[type=submit]").ClickAsync();

        await Assertions.Expect(page.Locator("main form [role=alert]").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#lead-ClientName")).ToHaveValueAsync("Остап Їжак");
        await _bed.Database.ReopenAsync();
        await Assertions.Expect(page.Locator(".banner-warning")).ToHaveCountAsync(0);
        await page.Locator("main form button[type=submit]").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Остап Їжак");
    }
}
