using Microsoft.Playwright;
using Xunit;

namespace ProPartHub.Tests.Browser;

public sealed class SignInBrowserTests(ChromiumFixture chromium) : IAsyncLifetime
{
    private const string Password = "кінь батарея скріпка";
    private BrowserBed _bed = null!;

    public async ValueTask InitializeAsync()
    {
        // The lockout is what is looked at here: the rate limit would answer before it.
        var settings = new Dictionary<string, string?> { ["Accounts:TriesPerAccountAndMinute"] = "100" };
        _bed = await BrowserBed.StartAsync(chromium, TestContext.Current.CancellationToken, settings);
        await _bed.Hub.AddUserAsync("halyna", Password);
    }

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task LogIn_RightPassword_OpensThePortal()
    {
        var page = await _bed.OpenAsync();

        await LogInAsync(page, Password);

        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("^https?://[^/]+/$"));
    }

    [Fact]
    public async Task LogIn_FiveWrongPasswords_LocksEvenForTheRightOne()
    {
        var page = await _bed.OpenAsync();
        for (var i = 0; i < 4; i++)
        {
            await LogInAsync(page, "хибний пароль");
            await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        }

        var refusal = await page.GetByRole(AriaRole.Alert).TextContentAsync();
        await LogInAsync(page, "хибний пароль");
        await LogInAsync(page, Password);

        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync(refusal!);
    }

    [Theory]
    [InlineData(false, ColorScheme.Light)]
    [InlineData(true, ColorScheme.Dark)]
    public async Task LogIn_Page_IsAccessible(bool phone, ColorScheme theme)
    {
        var page = await _bed.OpenAsync(phone, theme: theme);

        await page.GotoAsync("/account/login");

        await BrowserBed.AssertAccessibleAsync(page);
    }

    private static async Task LogInAsync(IPage page, string password)
    {
        await page.GotoAsync("/account/login");
        await page.Locator("input[name='Form.Name']").FillAsync("halyna");
        await page.Locator("input[name='Form.Password']").FillAsync(password);
        // The next step opens the page anew, which would break off a try that has not been answered.
        await page.RunAndWaitForResponseAsync(
            () => page.Locator("input[name='Form.Password']").PressAsync("Enter"),
            response => response.Request.Method == "POST"
        );
    }
}
