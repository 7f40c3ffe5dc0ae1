using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;
using Xunit;

namespace ProPartHub.Tests.Browser;

/// <summary>Several people go to another manager, in a real browser: by keyboard, on a phone, in both themes.</summary>
public sealed class TeamMoveBrowserTests(ChromiumFixture chromium) : IAsyncLifetime
{
    private BrowserBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bed = await BrowserBed.StartAsync(chromium, Token);
        await _bed.Hub.AddUserAsync(
            "petryk",
            "кінь батарея скріпка",
            change: user => (user.DisplayName, user.TeamId) = ("Мар’яна Перебийніс-Найдовша", null)
        );
        var admin = await _bed.PersonAsync("admin.demo");
        // A second team, so that there is somewhere to move to.
        await _bed.UseAsync<PeopleInvitation, object?>(async people =>
        {
            var input = new PersonInput(
                "west",
                "Остап Західний",
                "west@example.com",
                Role.Manager,
                null,
                "Захід і узбережжя",
                "uk"
            );
            var (_, _, faults) = await people.InviteAsync(admin, input, Token);
            Assert.True(faults.IsValid);
            return null;
        });
        for (var number = 1; number <= 3; number++)
        {
            await _bed.AddLeadAsync("olena", number);
        }
    }

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task ByKeyboardAlone_PeopleAreChosenMovedAndPutBack()
    {
        var olena = await _bed.PersonAsync("olena");
        var page = await _bed.OpenAsAsync("admin.demo", "/admin/people");
        await page.GetByLabel($"Вибрати: {olena.Name}").FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await Assertions.Expect(page.Locator(".selection-count")).ToHaveTextAsync("Вибрано: 1");
        await page.Locator(".selection-acts .button-primary").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        // The dialog takes the focus when it is there; before that a key would go astray.
        await Assertions.Expect(page.Locator(".mud-dialog #move-search")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("остап");
        await Assertions.Expect(page.Locator(".choice")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Space");
        await Assertions.Expect(page.Locator(".move-sum")).ToContainTextAsync("«Захід і узбережжя»");
        await page.Locator(".mud-dialog-actions button").Last.FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Locator(".report-said")).ToContainTextAsync("разом із 3 лідами");
        Assert.NotEqual(olena.TeamId, (await _bed.PersonAsync("olena")).TeamId);
        await page.Locator(".report-acts button").First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".report-said")).ToContainTextAsync("повернено");
        Assert.Equal(olena.TeamId, (await _bed.PersonAsync("olena")).TeamId);
    }

    [Theory]
    [InlineData(false, ColorScheme.Light, "uk")]
    [InlineData(false, ColorScheme.Dark, "en")]
    [InlineData(true, ColorScheme.Light, "en")]
    [InlineData(true, ColorScheme.Dark, "uk")]
    public async Task EveryStep_IsAccessible_AndNeverWiderThanTheScreen(bool phone, ColorScheme theme, string language)
    {
        // Whoever logs in gets the language of the account, whatever the browser asks for.
        await _bed.Hub.Database.InTransactionAsync(
            (db, stop) =>
                db
                    .Users.Where(user => user.UserName == "admin.demo")
                    .ExecuteUpdateAsync(row => row.SetProperty(user => user.Culture, language), stop),
            Token
        );
        var page = await _bed.OpenAsAsync("admin.demo", "/admin/people", phone, language, theme);
        await page.Locator(".selection-page input").CheckAsync();
        await AssertFineAsync(page);

        await page.Locator(".selection-acts .button-primary").ClickAsync();
        await page.Locator(".choice", new() { HasText = "Остап" }).ClickAsync();
        await Assertions.Expect(page.Locator(".move-rows li").First).ToBeVisibleAsync();
        await AssertFineAsync(page);

        await page.Locator(".mud-dialog-actions button").Last.ClickAsync();
        await Assertions.Expect(page.Locator(".report-said li").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".mud-overlay")).ToHaveCountAsync(0);
        await AssertFineAsync(page);
    }

    private static async Task AssertFineAsync(IPage page)
    {
        await BrowserBed.AssertAccessibleAsync(page);
        Assert.False(
            await page.EvaluateAsync<bool>(
                "[document.documentElement, document.querySelector('.shell-main')].some(e => e.scrollWidth > e.clientWidth)"
            )
        );
    }
}
