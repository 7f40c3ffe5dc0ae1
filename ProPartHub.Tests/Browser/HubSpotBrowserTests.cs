using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using ProPartHub.HubSpotSandbox;
using ProPartHub.HubSpotSandbox.Objects;
using ProPartHub.HubSpotSandbox.Seed;
using ProPartHub.HubSpotSandbox.Webhooks;
using ProPartHub.Web.Hosting;
using Xunit;

namespace ProPartHub.Tests.Browser;

/// <summary>The main job, end to end: real browsers, the real portal, PostgreSQL, and a HubSpot over HTTP that calls
/// back with signed webhooks. The polls are an hour apart: whatever arrives came by webhook.</summary>
public sealed class HubSpotBrowserTests(ChromiumFixture chromium) : IAsyncLifetime
{
    private SandboxHost _hubSpot = null!;
    private BrowserBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _hubSpot = await SandboxHost.StartAsync(
            new SandboxOptions
            {
                Seed = new SeedOptions { Contacts = 5, Deals = 5 },
                SearchIndexDelay = TimeSpan.Zero,
            },
            Token
        );
        var settings = new Dictionary<string, string?>
        {
            ["HubSpot:BaseAddress"] = _hubSpot.BaseAddress.ToString(),
            ["HubSpot:AccessToken"] = _hubSpot.Account.Options.AccessToken,
            ["HubSpot:Sync:IsSandbox"] = "true",
            ["HubSpot:Sync:PollInterval"] = "01:00:00",
            ["HubSpot:Sync:PollIntervalWithWebhooks"] = "01:00:00",
        };
        _bed = await BrowserBed.StartAsync(chromium, Token, settings);
        var target = new Uri(_bed.Hub.BaseAddress, "/webhooks/hubspot");
        _bed.Hub.Services.GetRequiredService<HubSpotWebhookTarget>().Set(target, _hubSpot.Account.Options.ClientSecret);
        _hubSpot.Webhooks.Settings = new WebhookSettings { Target = target };
    }

    public async ValueTask DisposeAsync()
    {
        await _bed.DisposeAsync();
        await _hubSpot.DisposeAsync();
    }

    [Fact]
    public async Task ChangeInHubSpot_GlowsInAnOpenBrowser_WithoutAnyRequestOfIts()
    {
        var list = await _bed.OpenAsAsync("admin.demo", "/leads");
        await Assertions.Expect(list.Locator("tr.row")).ToHaveCountAsync(5);
        var requests = BrowserBed.Requests(list);

        var deal = _hubSpot.Account.Locked(() => _hubSpot.Account.Records(ObjectType.Deals).All[0].Id.ToString());
        _hubSpot.HeadOffice.Update(ObjectType.Deals, deal, "dealname", "Змінено в головному офісі");

        await Assertions
            .Expect(list.Locator("tr.glow").Filter(new() { HasText = "Змінено в головному офісі" }))
            .ToBeVisibleAsync();
        Assert.Empty(requests);
    }

    [Fact]
    public async Task LeadOfAnAgent_TravelsToHubSpot_AsOneContactAndOneDeal()
    {
        var page = await _bed.OpenAsAsync("olena", "/leads/new");
        await page.Locator("#lead-ClientName").FillAsync("Остап Їжак");
        await page.Locator("#lead-Phone").FillAsync("+380501234567");
        await page.Locator("main form button[type=submit]").ClickAsync();
        await Assertions.Expect(page.GetByText("Синхронізовано")).ToBeVisibleAsync();

        var (deals, contacts) = _hubSpot.Account.Locked(() =>
            (
                _hubSpot.Account.Records(ObjectType.Deals).All.Count(deal => deal["dealname"] == "Остап Їжак"),
                _hubSpot.Account.Records(ObjectType.Contacts).All.Count(contact => contact["phone"] == "+380501234567")
            )
        );
        Assert.Equal((1, 1), (deals, contacts));
    }
}
