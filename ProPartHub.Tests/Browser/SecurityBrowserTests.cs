using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OtpNet;
using Xunit;

namespace ProPartHub.Tests.Browser;

/// <summary>The ways into an account, and the pages about them, in a real browser.</summary>
public sealed class SecurityBrowserTests(ChromiumFixture chromium) : IAsyncLifetime
{
    private const string Password = "кінь батарея скріпка";
    private BrowserBed _bed = null!;

    public async ValueTask InitializeAsync()
    {
        _bed = await BrowserBed.StartAsync(chromium, TestContext.Current.CancellationToken);
        await _bed.Hub.AddUserAsync("halyna", Password);
    }

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task AuthenticatorApp_IsSetUp_AndItsRecoveryCodeLetsIn()
    {
        var page = await _bed.OpenAsync(phone: true, theme: ColorScheme.Dark);
        await LogInAsync(page);
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("^https?://[^/]+/$"));
        await page.GotoAsync("/account/second-factor/setup");
        await BrowserBed.AssertAccessibleAsync(page);

        var secret = (await page.Locator(".secret").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
        await page.Locator("[name='Form.Code']").FillAsync(new Totp(Base32Encoding.ToBytes(secret)).ComputeTotp());
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();
        var code = await page.Locator(".recovery-codes code").First.InnerTextAsync();
        await BrowserBed.AssertAccessibleAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Done, the codes are stored" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/account/security$"));

        await page.Context.ClearCookiesAsync();
        await LogInAsync(page);
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/account/second-factor"));
        await BrowserBed.AssertAccessibleAsync(page);
        await page.Locator("[name='Form.Code']").FillAsync(code);
        await page.Locator("main form button[type=submit]").First.ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("^https?://[^/]+/$"));
    }

    [Fact]
    public async Task LookThroughAnAgentsEyes_ChangesNothing_AndEnds()
    {
        var olena = await _bed.PersonAsync("olena");
        var page = await _bed.OpenAsAsync("admin.demo", $"/admin/people/{olena.UserId}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Побачити портал очима цієї людини" }).ClickAsync();
        await Assertions.Expect(page.Locator(".view-banner")).ToContainTextAsync(olena.Name);

        await page.GotoAsync("/leads/new");
        await page.Locator("#lead-ClientName").FillAsync("Не має зберегтися");
        await page.Locator("#lead-Phone").FillAsync("+380501234567");
        await page.Locator("main form button.button-primary").ClickAsync();
        await Assertions.Expect(page.Locator(".view-banner")).ToBeVisibleAsync();
        Assert.EndsWith("/leads/new", page.Url, StringComparison.Ordinal);

        await page.Locator(".view-banner button").ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"/admin/people/{olena.UserId}$"));
        await Assertions.Expect(page.Locator(".view-banner")).ToHaveCountAsync(0);
        await using var db = await _bed.Hub.Database.ReadAsync(TestContext.Current.CancellationToken);
        Assert.False(db.Leads.Any(lead => lead.ClientName == "Не має зберегтися"));
    }

    [Theory]
    [InlineData(false, ColorScheme.Light)]
    [InlineData(true, ColorScheme.Dark)]
    public async Task Pages_AreAccessible_AndFitTheirScreen(bool phone, ColorScheme theme)
    {
        var page = await _bed.OpenAsAsync("admin.demo", "/leads", phone, theme: theme);
        string[] addresses =
        [
            "/admin/audit",
            "/admin/people",
            "/admin/people/access?group=neverin",
            "/admin/people/invite",
            "/admin/verification",
            "/admin/mails",
            "/admin/sync?view=check",
            "/admin/system",
            "/account/security",
            "/account/forgotten",
            "/account/register",
        ];
        foreach (var address in addresses)
        {
            await page.GotoAsync(address);
            await Assertions.Expect(page.Locator("main h1, main h2").First).ToBeVisibleAsync();
            await Assertions.Expect(page.Locator(".skeleton-rows")).ToHaveCountAsync(0);
            await Assertions.Expect(page).ToHaveTitleAsync(new Regex(".+"));
            await BrowserBed.AssertAccessibleAsync(page);
            Assert.True(
                await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"),
                $"{address} is wider than its screen"
            );
        }
    }

    private static async Task LogInAsync(IPage page)
    {
        await page.GotoAsync("/account/login");
        await page.Locator("[name='Form.Name']").FillAsync("halyna");
        await page.Locator("[name='Form.Password']").FillAsync(Password);
        await page.Locator("main form button.button-primary").First.ClickAsync();
    }
}
