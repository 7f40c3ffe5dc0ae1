using Microsoft.Playwright;
using ProPartHub.Domain.FollowUps;
using Xunit;

namespace ProPartHub.Tests.Browser;

/// <summary>A follow-up is planned, seen by a colleague at once, and done; on a phone as well.</summary>
public sealed class FollowUpBrowserTests(ChromiumFixture chromium) : IAsyncLifetime
{
    private const string Add = ".follow-ups-head button";
    private const string Title = "[name=title]";
    private BrowserBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bed = await BrowserBed.StartAsync(chromium, Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task Planned_OutlivesAReload_ShowsInTheOtherWindow_AndIsDoneThere()
    {
        var lead = await _bed.AddLeadAsync("olena", 1);
        var manager = await _bed.OpenAsAsync("taras", $"/leads/{lead.Id}");
        await Assertions.Expect(manager.Locator(".follow-ups-none")).ToBeVisibleAsync();
        var agent = await _bed.OpenAsAsync("olena", $"/leads/{lead.Id}");
        await agent.Locator(Add).ClickAsync();
        await agent.Locator(Title).FillAsync("Показати віллу");
        await agent.Locator(".presets button").Nth(1).ClickAsync();
        await agent.WaitForFunctionAsync(
            "() => Object.values(localStorage).some((draft) => draft.includes('Показати віллу') && draft.includes('T10:00'))"
        );

        await agent.ReloadAsync();
        await agent.Locator(Add).ClickAsync();
        await Assertions.Expect(agent.Locator(Title)).ToHaveValueAsync("Показати віллу");
        await agent.Locator(".follow-up-form button[type=submit]").ClickAsync();

        await Assertions.Expect(manager.Locator(".item-title")).ToHaveTextAsync("Показати віллу");
        await manager.Locator(".item-done").ClickAsync();
        await Assertions.Expect(agent.Locator(".done-text")).ToContainTextAsync("Показати віллу");
        await Assertions.Expect(agent.Locator(".item")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(false, "uk", ColorScheme.Light)]
    [InlineData(true, "uk", ColorScheme.Dark)]
    [InlineData(true, "en", ColorScheme.Light)]
    public async Task ListAndForm_AreAccessible_AndFitTheScreen(bool phone, string language, ColorScheme theme)
    {
        var lead = await _bed.AddLeadAsync("olena", 1);
        var olena = await _bed.PersonAsync("olena");
        var input = new FollowUpInput(new string('ї', 200), "Подробиці", DateTimeOffset.UtcNow.AddDays(1));
        await _bed.UseAsync<FollowUpService, bool>(async followUps =>
        {
            var id = Guid.CreateVersion7();
            await followUps.AddAsync(olena, id, lead.Id, input, Token);
            return true;
        });
        var page = await _bed.OpenAsAsync("olena", $"/leads/{lead.Id}", phone, language, theme);
        await Assertions.Expect(page.Locator(".item")).ToBeVisibleAsync();
        await page.Locator(Add).ClickAsync();
        await page.Locator(".follow-up-form button[type=submit]").ClickAsync();
        await Assertions.Expect(page.Locator(".field-error")).ToHaveCountAsync(2);

        await BrowserBed.AssertAccessibleAsync(page);
        Assert.Equal(
            await page.EvaluateAsync<int>("window.innerWidth"),
            await page.EvaluateAsync<int>("document.documentElement.scrollWidth")
        );
    }
}
