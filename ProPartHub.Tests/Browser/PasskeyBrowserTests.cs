using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace ProPartHub.Tests.Browser;

/// <summary>Passkeys from the browser's own API to the session, with an authenticator that Chromium makes up.</summary>
public sealed class PasskeyBrowserTests(ChromiumFixture chromium) : IAsyncLifetime
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
    public async Task Passkey_IsAdded_LogsIn_AndOnceRemovedNoLonger()
    {
        var page = await _bed.OpenAsync();
        await AddAuthenticatorAsync(page);
        await page.GotoAsync(At("/account/login"));
        await page.GetByLabel("Ім’я користувача або").FillAsync("halyna");
        await page.Locator("[name='Form.Password']").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Увійти", Exact = true }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("^https?://[^/]+/$"));

        await page.GotoAsync(At("/account/security"));
        await BrowserBed.AssertAccessibleAsync(page);
        await page.GetByLabel("Name of the passkey").FillAsync("Kitchen laptop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Kitchen laptop")).ToBeVisibleAsync();

        await EnterAsync(page);
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("^https?://[^/]+/$"));
        await page.GotoAsync(At("/account/security"));
        await Assertions.Expect(page.Locator(".sessions").Last).ToContainTextAsync("Passkey");

        await page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Kitchen laptop")).ToHaveCountAsync(0);
        await EnterAsync(page);
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        Assert.Contains("/account/login", page.Url, StringComparison.Ordinal);
    }

    // A passkey belongs to a name, never to an address.
    private string At(string path) => $"http://localhost:{_bed.Hub.BaseAddress.Port}{path}";

    private async Task EnterAsync(IPage page)
    {
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync(At("/account/login"));
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("passkey|ключем доступу") }).ClickAsync();
    }

    private static async Task AddAuthenticatorAsync(IPage page)
    {
        var browser = await page.Context.NewCDPSessionAsync(page);
        await browser.SendAsync("WebAuthn.enable");
        await browser.SendAsync(
            "WebAuthn.addVirtualAuthenticator",
            new()
            {
                ["options"] = new Dictionary<string, object>
                {
                    ["protocol"] = "ctap2",
                    ["transport"] = "internal",
                    ["hasResidentKey"] = true,
                    ["hasUserVerification"] = true,
                    ["isUserVerified"] = true,
                    ["automaticPresenceSimulation"] = true,
                },
            }
        );
    }
}
