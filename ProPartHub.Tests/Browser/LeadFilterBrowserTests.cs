using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProPartHub.Domain.Leads;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Browser;

public sealed class LeadFilterBrowserTests(ChromiumFixture chromium) : IAsyncLifetime
{
    private BrowserBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bed = await BrowserBed.StartAsync(chromium, Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Theory]
    [InlineData(false, ColorScheme.Light)]
    [InlineData(true, ColorScheme.Dark)]
    public async Task Filter_Chosen_NarrowsListCountAndAddress_AndItsChipTakesItBack(bool phone, ColorScheme theme)
    {
        await AddAsync(1, input => input.Country = "Оман");
        await AddAsync(2, input => input.Country = "Балі");
        var page = await _bed.OpenAsAsync("olena", "/leads", phone, "uk", theme);
        await Assertions.Expect(page.Locator("tr.row")).ToHaveCountAsync(2);

        await page.Locator("[aria-controls=filters-panel]").ClickAsync();
        await page.Locator("#filter-country").ClickAsync();
        var countries = page.Locator("#filter-country-menu");
        await countries.GetByLabel("Оман").CheckAsync();
        await Assertions.Expect(page.Locator("tr.row")).ToHaveCountAsync(1);
        // The list of choices stays open for the next one.
        await countries.GetByLabel("Балі").CheckAsync();
        await Assertions.Expect(page.Locator("tr.row")).ToHaveCountAsync(2);
        await BrowserBed.AssertAccessibleAsync(page);
        await countries.GetByLabel("Балі").UncheckAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("#filter-country")).ToBeFocusedAsync();

        await Assertions.Expect(page.Locator("tr.row")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator(".page-header h1 + p")).ToHaveTextAsync("1 лід");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("[?&]country="));
        await BrowserBed.AssertAccessibleAsync(page);
        Assert.False(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"));

        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("tr.row")).ToHaveCountAsync(1);
        await page.Locator(".chip-active").ClickAsync();
        await Assertions.Expect(page.Locator("tr.row")).ToHaveCountAsync(2);
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/leads$"));
    }

    [Theory]
    [InlineData(false, ColorScheme.Dark)]
    [InlineData(true, ColorScheme.Light)]
    public async Task HandOver_IsAccessible_AndTellsTheNewAgentAtOnce(bool phone, ColorScheme theme)
    {
        var lead = await AddAsync(1, _ => { });
        var other = await _bed.OpenAsAsync("oliver", "/leads");
        await Assertions.Expect(other.Locator(".empty-state")).ToBeVisibleAsync();
        var page = await _bed.OpenAsAsync("admin.demo", $"/leads/{lead.Id}", phone, "uk", theme);

        await page.GetByRole(AriaRole.Button, new() { Name = "Передати" }).ClickAsync();
        await page.Locator("#transfer-search").FillAsync("hartl");
        // A click while the list is still being narrowed would meet whoever moves under it.
        await Assertions.Expect(page.Locator(".choice")).ToHaveCountAsync(1);
        await page.Locator(".choice", new() { HasText = "Hartley" }).ClickAsync();
        await page.Locator("#transfer-reason").FillAsync("відпустка");
        await BrowserBed.AssertAccessibleAsync(page);
        await page.Locator(".mud-dialog").GetByRole(AriaRole.Button, new() { Name = "Передати" }).ClickAsync();

        await Assertions.Expect(page.Locator(".entries")).ToContainTextAsync("Причина: відпустка");
        await Assertions.Expect(other.Locator("tr.row")).ToContainTextAsync("Клієнт 1");
    }

    private async Task<LeadCreated> AddAsync(int number, Action<LeadInput> change)
    {
        var input = HubBed.Input(number);
        change(input);
        var admin = await _bed.PersonAsync("admin.demo");
        var olena = await _bed.PersonAsync("olena");
        return await _bed.UseAsync<LeadService, LeadCreated>(leads =>
            leads.CreateAsync(admin, input, olena.UserId, Token)
        );
    }
}
