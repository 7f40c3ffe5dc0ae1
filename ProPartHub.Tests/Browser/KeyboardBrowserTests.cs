using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProPartHub.Domain.Leads;
using Xunit;

namespace ProPartHub.Tests.Browser;

/// <summary>Keys for commands, on either keyboard layout, and the way back to where one was.</summary>
public sealed class KeyboardBrowserTests(ChromiumFixture chromium) : IAsyncLifetime
{
    private BrowserBed _bed = null!;

    public async ValueTask InitializeAsync() =>
        _bed = await BrowserBed.StartAsync(chromium, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task Keys_GoFromPageToPage()
    {
        var page = await OpenAsync("taras", "/leads");

        // As one word, since a sequence is forgotten after a while, however busy the machine is.
        await page.Keyboard.TypeAsync("gb");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/board$"));
        await ListensAsync(page, "Дошка");
        await page.Keyboard.TypeAsync("gp");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/admin/people$"));
        await ListensAsync(page, "Ваша команда");
        await PressAsync(page, "n");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/leads/new$"));
    }

    [Fact]
    public async Task UkrainianLayout_WorksByTheKeysPlaces()
    {
        var page = await OpenAsync("olena", "/leads");
        await TypeAsync(page, ("п", "KeyG"), ("и", "KeyB"));
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/board$"));
        await ListensAsync(page, "Дошка");

        await TypeAsync(page, [(",", "Slash")], shift: true);
        await Assertions.Expect(page.Locator("#keyboard-help")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await TypeAsync(page, [("л", "KeyK")], control: true);
        await Assertions.Expect(page.Locator("#palette")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task WhileTyping_InADialog_OrWithAModifier_KeysAreLetters()
    {
        var page = await OpenAsync("olena", "/leads/new");
        await page.Locator("#lead-ClientName").FillAsync("");
        await page.Locator("#lead-ClientName").PressSequentiallyAsync("gb?n/");
        await Assertions.Expect(page.Locator("#lead-ClientName")).ToHaveValueAsync("gb?n/");

        await page.Locator("h1").FocusAsync();
        await page.Keyboard.PressAsync("Shift+?");
        await PressAsync(page, "g", "b");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Alt+n");
        await Assertions.Expect(page.Locator("#keyboard-help")).ToBeHiddenAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/leads/new$"));
    }

    [Fact]
    public async Task SwitchedOff_NothingButThePaletteAnswers_AndHintsAreGone()
    {
        var page = await OpenAsync("olena", "/leads");
        var create = page.Locator(".shell-new");
        await Assertions.Expect(create).ToHaveAttributeAsync("aria-keyshortcuts", "n");
        await Assertions.Expect(create).ToHaveAttributeAsync("title", "Новий лід (N)");

        await page.Keyboard.PressAsync("Shift+?");
        await page.Locator("#keyboard-on").UncheckAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator(".list-frame, .empty-state").First).ToBeVisibleAsync();
        await page.Locator("h1").FocusAsync();
        await PressAsync(page, "n", "?");
        await page.Keyboard.PressAsync("Control+k");

        await Assertions.Expect(page.Locator("#palette")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#keyboard-help")).ToBeHiddenAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/leads$"));
        Assert.Null(await create.GetAttributeAsync("aria-keyshortcuts"));
    }

    [Fact]
    public async Task RowsAreWalked_TheLeadOpensEditsAndTakesAComment_AndEscComesBack()
    {
        for (var number = 1; number <= 3; number++)
        {
            await _bed.AddLeadAsync("olena", number);
        }

        var page = await OpenAsync("olena", "/leads?sort=name");
        await Assertions.Expect(page.Locator("tr.row")).ToHaveCountAsync(3);
        await PressAsync(page, "j", "j", "k", "ArrowDown");
        await Assertions.Expect(page.Locator("tr.row").Nth(1).Locator("a").First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Клієнт 2");

        await Assertions.Expect(page.Locator("#comment")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("c");
        await Assertions.Expect(page.Locator("#comment")).ToBeFocusedAsync();
        await page.Locator("h1").FocusAsync();
        await page.Keyboard.PressAsync("e");
        await Assertions.Expect(page.Locator("#lead-ClientName")).ToBeVisibleAsync();

        // Esc does not leave what is being edited.
        await page.Locator("h1").FocusAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("#lead-ClientName")).ToBeVisibleAsync();
        await page.Locator(".editor-actions .button-plain").ClickAsync();
        await Assertions.Expect(page.Locator(".lead-columns[data-back]")).ToBeVisibleAsync();
        await page.Locator("h1").FocusAsync();
        await page.Keyboard.PressAsync("Escape");

        await Assertions.Expect(page).ToHaveURLAsync(new Regex(@"/leads\?sort=name$"));
        await Assertions.Expect(page.Locator("tr.row").Nth(1).Locator("a").First).ToBeFocusedAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Back_ShowsTheListAsItWasLeft(bool phone)
    {
        for (var number = 1; number <= 40; number++)
        {
            await _bed.AddLeadAsync("olena", number);
        }

        var page = await _bed.OpenAsAsync("olena", "/leads?status=new&sort=name", phone);
        await Assertions.Expect(page.Locator("tr.row")).ToHaveCountAsync(40);
        var row = page.Locator("tr.row").Nth(25).Locator("a").First;
        await row.ScrollIntoViewIfNeededAsync();
        var top = await TopAsync(page);
        Assert.True(top > 0);
        await row.ClickAsync();
        await Assertions.Expect(page.Locator(".lead-columns")).ToBeVisibleAsync();

        await page.GoBackAsync();

        await Assertions.Expect(page.Locator("tr.row")).ToHaveCountAsync(40);
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(@"/leads\?status=new&sort=name$"));
        await Assertions.Expect(row).ToBeFocusedAsync();
        Assert.Equal(top, await TopAsync(page), 1.0);

        // The same after a page of another kind, which takes the whole document away.
        await page.GotoAsync("/account/manage");
        await page.GoBackAsync();
        await Assertions.Expect(page.Locator("tr.row")).ToHaveCountAsync(40);
        await Assertions.Expect(row).ToBeFocusedAsync();
        Assert.Equal(top, await TopAsync(page), 1.0);
    }

    private static Task<double> TopAsync(IPage page) =>
        page.EvaluateAsync<double>(
            "document.getElementById('main').scrollTop + document.querySelector('[data-scroller]').scrollTop"
        );

    private static async Task PressAsync(IPage page, params string[] keys)
    {
        foreach (var key in keys)
        {
            await page.Keyboard.PressAsync(key);
        }
    }

    // Keys as a browser tells of them on another layout.
    private static Task TypeAsync(IPage page, params (string Key, string Code)[] keys) =>
        TypeAsync(page, keys, shift: false);

    private static Task TypeAsync(
        IPage page,
        (string Key, string Code)[] keys,
        bool shift = false,
        bool control = false
    ) =>
        page.EvaluateAsync(
            """
            (keys) => keys.forEach((key) =>
                document.body.dispatchEvent(new KeyboardEvent("keydown", { ...key, bubbles: true, cancelable: true })))
            """,
            keys.Select(key => new
            {
                key = key.Key,
                code = key.Code,
                shiftKey = shift,
                ctrlKey = control,
            })
        );

    private async Task<IPage> OpenAsync(string userName, string address)
    {
        var page = await _bed.OpenAsAsync(userName, address);
        await Assertions.Expect(page.Locator("main h1")).ToBeVisibleAsync();
        await ListensAsync(page);
        return page;
    }

    // A page that comes whole, because no circuit stood yet, has its keys a moment after its address. Which page it is,
    // is asked first: the hints of the one before it would do as well.
    private static async Task ListensAsync(IPage page, string? heading = null)
    {
        if (heading is not null)
        {
            await Assertions.Expect(page.Locator("main h1")).ToHaveTextAsync(heading);
        }

        await Assertions.Expect(page.Locator("[data-command=NewLead][aria-keyshortcuts]")).ToBeVisibleAsync();
    }
}
