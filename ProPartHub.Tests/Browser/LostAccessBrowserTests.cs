using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace ProPartHub.Tests.Browser;

/// <summary>Ways into an account that are lost and found again, or taken away, in real browsers.</summary>
public sealed class LostAccessBrowserTests(ChromiumFixture chromium) : IAsyncLifetime
{
    private const string Address = "halyna@people.example.com";
    private const string Password = "кінь батарея скріпка";
    private const string Next = "парасолька вокзал гречка";
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
    public async Task ForgottenPassword_IsSetAnewByMail_AndALockout_TellsNobodyButTheAdmin_WhoEndsIt()
    {
        var page = await OpenInEnglishAsync();
        Assert.Equal(await AskForLinkAsync(page, "nobody@people.example.com"), await AskForLinkAsync(page, Address));
        await BrowserMail.FollowAsync(page, Address, "A new password");
        await page.Locator("[name='Form.Password']").FillAsync(Next);
        await page.Locator("[name='Form.Repeated']").FillAsync(Next);
        await page.Locator("main form button[type=submit]").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("The account is ready");
        await LogInAsync(page, "halyna", Next);
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("^https?://[^/]+/$"));

        var thief = await OpenInEnglishAsync();
        for (var wrong = 0; wrong < 5; wrong++)
        {
            await LogInAsync(thief, "halyna", Password);
        }

        // The right password, a wrong one and a name that nobody has: one and the same words.
        var refusals = new List<string>
        {
            await RefusalAsync(thief, "halyna", Next),
            await RefusalAsync(thief, "halyna", Password),
            await RefusalAsync(thief, "nobody", Password),
        };
        Assert.Single(refusals.Distinct());

        var admin = await _bed.OpenAsAsync("admin.demo", "/admin/people/access");
        var locked = admin.Locator("ul.health li", new() { HasText = "Name of halyna" });
        await Assertions.Expect(locked).ToContainTextAsync("Заблоковано до");
        await Assertions.Expect(locked).ToContainTextAsync("запис заблоковано");
        await BrowserBed.AssertAccessibleAsync(admin);
        await locked.GetByRole(AriaRole.Checkbox).CheckAsync();
        await admin.GetByRole(AriaRole.Button, new() { Name = "Розблокувати 1 запис" }).ClickAsync();
        await Assertions.Expect(admin.Locator("main .health-said")).ToHaveTextAsync("Розблоковано 1 запис.");
        await Assertions.Expect(admin.Locator("main .empty-state")).ToBeVisibleAsync();

        await LogInAsync(thief, "halyna", Next);
        await Assertions.Expect(thief).ToHaveURLAsync(new Regex("^https?://[^/]+/$"));
    }

    [Fact]
    public async Task SwitchedOff_EndsTheOpenPageAtOnce_AndNoWayLeadsBack()
    {
        var olena = await _bed.PersonAsync("olena");
        var lead = await _bed.AddLeadAsync("olena", 1);
        var page = await _bed.OpenAsAsync("olena", "/leads", phone: true);
        await page.Locator("tr.row a").First.ClickAsync();
        await Assertions
            .Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 }))
            .ToHaveTextAsync(new Regex("^Клієнт"));
        var admin = await _bed.OpenAsAsync("admin.demo", $"/admin/people/{olena.UserId}");

        await admin.Locator(".access-actions .danger").ClickAsync();
        // The dialog takes the focus when it is there; before that a key would go astray.
        await Assertions.Expect(admin.Locator(".mud-dialog :focus")).ToHaveCountAsync(1);
        await admin.Locator(".mud-dialog-actions button").Last.ClickAsync();

        await Assertions
            .Expect(page)
            .ToHaveURLAsync(new Regex($"/account/login\\?returnUrl=%2Fleads%2F{lead.Id}(%3F|$)"));
        await Assertions.Expect(page.Locator("[name='Form.Password']")).ToBeVisibleAsync();
        await Assertions.Expect(admin.Locator("main .said")).ToHaveTextAsync("Обліковий запис вимкнено.");
        await page.GoBackAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/account/login\\?"));
        await Assertions.Expect(page.GetByText("Клієнт 1")).ToHaveCountAsync(0);
        foreach (var address in new[] { "/leads", $"/leads/{lead.Id}", "/account/manage" })
        {
            await page.GotoAsync(address);
            await Assertions.Expect(page).ToHaveURLAsync(new Regex("/account/login\\?", RegexOptions.IgnoreCase));
        }

        await Assertions.Expect(page.Locator($"button[name=person][value='{olena.UserId}']")).ToHaveCountAsync(0);
    }

    private async Task<IPage> OpenInEnglishAsync()
    {
        var page = await _bed.OpenAsync();
        await page.GotoAsync("/culture?c=en&returnUrl=/account/login");
        return page;
    }

    // The words that follow: the same for every address.
    private static async Task<string> AskForLinkAsync(IPage page, string address)
    {
        await page.GotoAsync("/account/login");
        await page.GetByRole(AriaRole.Link, new() { Name = "Forgotten the password?" }).ClickAsync();
        await page.Locator("[name='Form.Email']").FillAsync(address);
        await page.Locator("main form button[type=submit]").ClickAsync();
        return await page.GetByRole(AriaRole.Status).InnerTextAsync();
    }

    private static async Task<string> RefusalAsync(IPage page, string name, string password)
    {
        await LogInAsync(page, name, password);
        return await page.GetByRole(AriaRole.Alert).InnerTextAsync();
    }

    private static async Task LogInAsync(IPage page, string name, string password)
    {
        await page.GotoAsync("/account/login");
        await page.Locator("[name='Form.Name']").FillAsync(name);
        await page.Locator("[name='Form.Password']").FillAsync(password);
        // The next step opens the page anew, which would break off a try that has not been answered.
        await page.RunAndWaitForResponseAsync(
            () => page.Locator("[name='Form.Password']").PressAsync("Enter"),
            response => response.Request.Method == "POST"
        );
    }
}
