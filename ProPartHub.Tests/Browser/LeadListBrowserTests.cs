using Microsoft.Playwright;
using ProPartHub.Domain.Leads;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Browser;

/// <summary>The list by hand: columns that stay as they were put, and acts on many rows.</summary>
public sealed class LeadListBrowserTests(ChromiumFixture chromium) : IAsyncLifetime
{
    private BrowserBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bed = await BrowserBed.StartAsync(chromium, Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task Columns_DraggedSizedAndChosen_AreSoAfterAReload()
    {
        await _bed.AddLeadAsync("olena", 1);
        var page = await _bed.OpenAsAsync("olena", "/leads");
        await Assertions.Expect(page.Locator("[data-scroller][data-watched]")).ToBeVisibleAsync();
        var headings = page.Locator("th[data-column]");

        await page.Locator("th[data-column=Agent]").DragToAsync(page.Locator("th[data-column=Number]"));
        await Assertions.Expect(headings.Nth(1)).ToHaveAttributeAsync("data-column", "Agent");
        var edge = page.Locator("[data-edge=Stage]");
        var shown = await page.Locator("th[data-column=Stage]")
            .EvaluateAsync<double>("heading => heading.getBoundingClientRect().width");
        var wider = $"{Math.Round(shown + 16)}";
        await edge.FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(edge).ToHaveAttributeAsync("aria-valuenow", wider);
        await page.Locator("#columns-button").ClickAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Джерело", Exact = true }).CheckAsync();
        await Assertions.Expect(headings.Last).ToHaveAttributeAsync("data-column", "Source");
        await BrowserBed.AssertAccessibleAsync(page);

        await page.ReloadAsync();

        await Assertions.Expect(headings.Last).ToHaveAttributeAsync("data-column", "Source");
        await Assertions.Expect(headings.Nth(1)).ToHaveAttributeAsync("data-column", "Agent");
        await Assertions.Expect(edge).ToHaveAttributeAsync("aria-valuenow", wider);
        Assert.False(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"));
    }

    [Theory]
    [InlineData(false, ColorScheme.Light)]
    [InlineData(true, ColorScheme.Dark)]
    public async Task ChosenRows_MoveTogether_AndGoBackByOneClick(bool phone, ColorScheme theme)
    {
        for (var number = 1; number <= 3; number++)
        {
            await _bed.AddLeadAsync("olena", number);
        }

        var page = await _bed.OpenAsAsync("olena", "/leads?sort=number", phone, "uk", theme);
        await Assertions.Expect(page.Locator("tr.row")).ToHaveCountAsync(3);
        await page.Locator("tr.row .select-box").Nth(0).ClickAsync();
        await page.Locator("tr.row .select-box").Nth(2).ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await Assertions.Expect(page.Locator(".bulk-count")).ToHaveTextAsync("Вибрано 3 ліди");
        await BrowserBed.AssertAccessibleAsync(page);

        await page.Locator(".bulk-acts").GetByRole(AriaRole.Button, new() { Name = "Етап" }).ClickAsync();
        await page.Locator("#bulk-stage").SelectOptionAsync(new SelectOptionValue { Label = "На зв'язку" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Перемістити" }).ClickAsync();

        await Assertions.Expect(page.Locator(".bulk-report")).ToContainTextAsync("змінено 3 ліди");
        await Assertions.Expect(page.Locator("tr.row .stage-chip.contacted")).ToHaveCountAsync(3);
        await BrowserBed.AssertAccessibleAsync(page);
        Assert.False(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"));
        await page.Locator(".bulk-report").GetByRole(AriaRole.Button, new() { Name = "Скасувати" }).ClickAsync();

        await Assertions.Expect(page.Locator(".bulk-report")).ToContainTextAsync("Скасування");
        await Assertions.Expect(page.Locator(".bulk-report")).ToContainTextAsync("змінено 3 ліди");
        await Assertions.Expect(page.Locator("tr.row .stage-chip.new")).ToHaveCountAsync(3);
    }

    [Fact]
    public async Task Cells_EditedByKeys_MeetAColleague_AndKeepWhatWasTyped()
    {
        var lead = await _bed.AddLeadAsync("olena", 1);
        var page = await _bed.OpenAsAsync("olena", "/leads");
        var colleague = await _bed.OpenAsAsync("taras", "/leads");
        await Assertions.Expect(page.Locator("[data-scroller][data-watched]")).ToBeVisibleAsync();
        await Assertions.Expect(colleague.Locator("[data-scroller][data-watched]")).ToBeVisibleAsync();

        // From the row's link to the budget by arrows; typed, and on to the next cell.
        await page.Locator("tr.row td.cell-client a").First.FocusAsync();
        for (var step = 0; step < 4; step++)
        {
            await page.Keyboard.PressAsync("ArrowRight");
        }

        await Assertions.Expect(page.Locator("td[data-cell=Budget]")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("F2");
        await Assertions.Expect(page.Locator("[name=BudgetFrom]")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("300000");
        await BrowserBed.AssertAccessibleAsync(page);
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Locator("[name=BudgetTo]")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Locator("[name=Country]")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(colleague.Locator("td[data-cell=Budget]")).ToContainTextAsync("300");
        await Assertions.Expect(colleague.Locator("tr.glow")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("td[data-cell=Country]")).ToBeFocusedAsync();

        // Both edit the name; what is typed outlives a reload, and so does what it began with.
        await EditNameAsync(page);
        await page.Locator("[name=ClientName]").FillAsync("Наша назва");
        await page.WaitForFunctionAsync("() => Object.keys(localStorage).some((key) => key.includes('lead-cell'))");
        await EditNameAsync(colleague);
        await colleague.Locator("[name=ClientName]").FillAsync("Назва Тараса");
        await colleague.Keyboard.PressAsync("Enter");
        await Assertions.Expect(colleague.Locator(".cell-editor")).ToHaveCountAsync(0);
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("[data-scroller][data-watched]")).ToBeVisibleAsync();
        await EditNameAsync(page);
        await Assertions.Expect(page.Locator("[name=ClientName]")).ToHaveValueAsync("Наша назва");
        await page.Locator("[name=ClientName]").PressAsync("Enter");

        await Assertions.Expect(page.Locator("[data-theirs]")).ToContainTextAsync("Назва Тараса");
        await Assertions.Expect(page.Locator("[data-conflict]")).ToBeFocusedAsync();
        await BrowserBed.AssertAccessibleAsync(page);
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Locator(".cell-editor")).ToHaveCountAsync(0);
        await Assertions.Expect(colleague.Locator("td.cell-client a").First).ToHaveTextAsync("Наша назва");
        var olena = await _bed.PersonAsync("olena");
        var stored = await _bed.UseAsync<LeadQueries, LeadDetails>(leads => leads.DetailsAsync(olena, lead.Id, Token));
        Assert.Equal(("Наша назва", 300000m), (stored.Values.ClientName, stored.Values.BudgetFrom));
    }

    private static async Task EditNameAsync(IPage page)
    {
        await page.Locator("tr.row td.cell-client a").First.FocusAsync();
        await page.Keyboard.PressAsync("F2");
        await Assertions.Expect(page.Locator("[name=ClientName]")).ToBeFocusedAsync();
    }
}
