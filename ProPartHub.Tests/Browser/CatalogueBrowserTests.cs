using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProPartHub.Domain.Leads;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Browser;

/// <summary>A manager adds a property, and the open lead whom it fits shows it at once.</summary>
public sealed class CatalogueBrowserTests(ChromiumFixture chromium) : IAsyncLifetime
{
    private BrowserBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bed = await BrowserBed.StartAsync(chromium, Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Theory]
    [InlineData(false, ColorScheme.Light)]
    [InlineData(true, ColorScheme.Dark)]
    public async Task AddedProperty_ComesToAnOpenLead_WhichLeadsToIt(bool phone, ColorScheme theme)
    {
        var olena = await _bed.PersonAsync("olena");
        var wish = HubBed.Input(1) with { Country = "Мальдіви", BudgetFrom = 200_000, BudgetTo = 300_000 };
        var lead = await _bed.UseAsync<LeadService, LeadCreated>(leads =>
            leads.CreateAsync(olena, wish, olena.UserId, Token)
        );
        var agent = await _bed.OpenAsAsync("olena", $"/leads/{lead.Id}", phone, theme: theme);
        var panel = agent.Locator("section[aria-labelledby=matching-properties]");
        await Assertions.Expect(panel).ToContainTextAsync("жоден об’єкт");

        var manager = await _bed.OpenAsAsync("taras", "/properties", phone, theme: theme);
        await Assertions.Expect(manager.Locator("main .property")).ToHaveCountAsync(12);
        await LookAsync(manager, "properties", phone);
        await manager.Locator("main .page-header a[href='/properties/new']").ClickAsync();
        await manager.Locator("main [name=Name]").FillAsync("Атол Перлин");
        await manager.Locator("main [name=Country]").SelectOptionAsync("Мальдіви");
        await manager.Locator("main [name=City]").FillAsync("Північний атол");
        await manager.Locator("main [name=PriceFrom]").FillAsync("250000");
        await manager.Locator("main [name=PaymentTerms]").FillAsync("30 % – 70 %");
        for (var unit = 0; unit < 2; unit++)
        {
            await manager.Locator("main fieldset .button-plain", new() { HasText = "планування" }).ClickAsync();
            await manager.Locator($"#unit-{unit}-SizeFrom").FillAsync($"{40 + (unit * 20)}");
            await manager.Locator($"#unit-{unit}-Price").FillAsync($"{250_000 + (unit * 90_000)}");
        }

        await LookAsync(manager, "property-form", phone);
        // What is typed outlives the page: nothing was stored yet.
        await manager.ReloadAsync();
        await Assertions.Expect(manager.Locator("main [name=Name]")).ToHaveValueAsync("Атол Перлин");
        await Assertions.Expect(manager.Locator("#unit-1-Price")).ToHaveValueAsync("340000");
        await manager.Locator("main form [type=submit]").ClickAsync();
        await Assertions.Expect(manager.Locator("main .units tbody tr")).ToHaveCountAsync(2);
        // The manager sees the team's leads whom it fits.
        await Assertions
            .Expect(manager.Locator("section[aria-labelledby=matching-leads] li a"))
            .ToHaveTextAsync(wish.ClientName);
        await LookAsync(manager, "property", phone);

        await Assertions.Expect(panel.Locator("a", new() { HasText = "Атол Перлин" })).ToBeVisibleAsync();
        await Assertions.Expect(panel.Locator(".reason")).ToHaveTextAsync(["Країна збігається", "У межах бюджету"]);
        await LookAsync(agent, "lead-matches", phone);
        await panel.Locator("a", new() { HasText = "Атол Перлин" }).ClickAsync();
        await Assertions.Expect(agent).ToHaveURLAsync(new Regex(@"/properties/\d+$"));
        await Assertions.Expect(agent.Locator("main h1")).ToHaveTextAsync("Атол Перлин");
        await Assertions.Expect(agent.Locator("main .page-header-actions a")).ToHaveCountAsync(0);
    }

    private static async Task LookAsync(IPage page, string name, bool phone)
    {
        await Assertions.Expect(page.Locator("main .skeleton-rows")).ToHaveCountAsync(0);
        await BrowserBed.AssertAccessibleAsync(page);
        Assert.Equal(
            await page.EvaluateAsync<int>("innerWidth"),
            await page.EvaluateAsync<int>("document.documentElement.scrollWidth")
        );
        await BrowserBed.ShootAsync(page, $"{name}-{(phone ? "phone-dark" : "light")}", whole: true);
    }
}
