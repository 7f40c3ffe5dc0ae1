using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Tags;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Browser;

/// <summary>Acts on many leads one after another, the list as a file, and views that people name and share.</summary>
public sealed class LeadBulkBrowserTests(ChromiumFixture chromium) : IAsyncLifetime
{
    private BrowserBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bed = await BrowserBed.StartAsync(chromium, Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Theory]
    [InlineData(false, ColorScheme.Dark)]
    [InlineData(true, ColorScheme.Light)]
    public async Task ChosenRows_AreHandedOver_Tagged_AndArchived_AndEachIsTakenBack(bool phone, ColorScheme theme)
    {
        for (var number = 1; number <= 3; number++)
        {
            await _bed.AddLeadAsync("olena", number);
        }

        var admin = await _bed.PersonAsync("admin.demo");
        await _bed.UseAsync<TagService, bool>(async tags =>
        {
            await tags.SaveAsync(admin, Guid.CreateVersion7(), "Готівка", TagColour.Green, Token);
            return true;
        });
        var page = await _bed.OpenAsAsync("admin.demo", "/leads", phone, "uk", theme);
        await Assertions.Expect(page.Locator("tr.row")).ToHaveCountAsync(3);
        var rows = page.Locator("tr.row");

        await ActAsync(page, "Агент");
        await page.Locator("#transfer-search").FillAsync("hartl");
        await Assertions.Expect(page.Locator(".choice")).ToHaveCountAsync(1);
        await page.Locator(".choice").ClickAsync();
        await page.Locator(".mud-dialog").GetByRole(AriaRole.Button, new() { Name = "Передати" }).ClickAsync();
        await Assertions.Expect(rows.Filter(new() { HasText = "Hartley" })).ToHaveCountAsync(3);
        await TakeBackAsync(page, "Передавання");
        await Assertions.Expect(rows.Filter(new() { HasText = "Олена Шевчук" })).ToHaveCountAsync(3);

        await ActAsync(page, "Мітка");
        await page.Locator(".tag-option").ClickAsync();
        await page.Locator(".mud-dialog").GetByRole(AriaRole.Button, new() { Name = "Додати" }).ClickAsync();
        await Assertions.Expect(page.Locator("tr.row .tag-chip")).ToHaveCountAsync(3);
        await BrowserBed.AssertAccessibleAsync(page);
        await TakeBackAsync(page, "Додавання мітки «Готівка»");
        await Assertions.Expect(page.Locator("tr.row .tag-chip")).ToHaveCountAsync(0);

        await ActAsync(page, "Архівувати");
        await page.Locator(".mud-dialog").GetByRole(AriaRole.Button, new() { Name = "Архівувати" }).ClickAsync();
        await Assertions.Expect(rows).ToHaveCountAsync(0);
        await TakeBackAsync(page, "Архівування");
        await Assertions.Expect(rows).ToHaveCountAsync(3);
        Assert.False(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task File_HasWhatTheListShows_ItsColumnsItsFilterAndItsOrder(bool phone)
    {
        var olena = await _bed.PersonAsync("olena");
        foreach (var (number, country) in new[] { "Оман", "Балі", "Дубай" }.Index())
        {
            var input = HubBed.Input(number + 1) with { Country = country, Source = "сайт" };
            await _bed.UseAsync<LeadService, LeadCreated>(leads => leads.CreateAsync(olena, input, null, Token));
        }

        var page = await _bed.OpenAsAsync("olena", "/leads?country=Оман&country=Балі&sort=country", phone);
        await Assertions.Expect(page.Locator("tr.row")).ToHaveCountAsync(2);
        // A column more and one less, by the menu that a phone has too; both are so after a reload.
        await page.Locator("#columns-button").ClickAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Джерело", Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Бюджет", Exact = true }).UncheckAsync();
        await Assertions.Expect(page.Locator("tr.row td.cell-source")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator("tr.row td.cell-budget")).ToHaveCountAsync(0);
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("tr.row td.cell-source")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator("tr.row td.cell-budget")).ToHaveCountAsync(0);

        await page.Locator("#export-button").ClickAsync();
        var file = await page.RunAndWaitForDownloadAsync(() => page.Locator(".export-item").First.ClickAsync());
        var lines = (await File.ReadAllTextAsync(await file.PathAsync(), Token)).Trim().Split('\n');

        Assert.Equal(3, lines.Length);
        Assert.Contains("Джерело", lines[0], StringComparison.Ordinal);
        Assert.DoesNotContain("Бюджет", lines[0], StringComparison.Ordinal);
        Assert.Contains("Балі", lines[1], StringComparison.Ordinal);
        Assert.Contains("Оман", lines[2], StringComparison.Ordinal);
        Assert.Contains("Сайт", lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task View_IsSaved_Shared_Renamed_Deleted_AndBroughtBack(bool phone)
    {
        await _bed.AddLeadAsync("olena", 1);
        var page = await _bed.OpenAsAsync("admin.demo", "/leads?status=new&status=lost", phone);
        await Assertions.Expect(page.Locator("tr.row")).ToHaveCountAsync(1);

        await page.GetByRole(AriaRole.Button, new() { Name = "Зберегти як вигляд" }).ClickAsync();
        await page.Locator("#view-name").FillAsync("Свіжі");
        await page.Locator("#view-sharing").SelectOptionAsync("All");
        await page.Locator(".mud-dialog button[type=submit]").ClickAsync();
        await Assertions.Expect(page.Locator(".views-name")).ToHaveTextAsync("Свіжі");
        var address = new Uri(page.Url).PathAndQuery;

        // Its address shows a colleague the same, by its name.
        var colleague = await _bed.OpenAsAsync("olena", address);
        await Assertions.Expect(colleague.Locator(".views-name")).ToHaveTextAsync("Свіжі");
        await Assertions.Expect(colleague.Locator(".chip[aria-pressed=true]")).ToHaveCountAsync(2);

        await page.Locator("#views-button").ClickAsync();
        await page.Locator("#views-menu").GetByRole(AriaRole.Button, new() { Name = "Назва і доступ" }).ClickAsync();
        await page.Locator("#view-name").FillAsync("Нові й втрачені");
        await page.Locator(".mud-dialog button[type=submit]").ClickAsync();
        await Assertions.Expect(page.Locator(".views-name")).ToHaveTextAsync("Нові й втрачені");

        await page.Locator("#views-button").ClickAsync();
        await page.Locator("#views-menu .views-delete").ClickAsync();
        await Assertions.Expect(page.Locator(".views-name")).Not.ToHaveTextAsync("Нові й втрачені");
        await page.Locator(".mud-snackbar").GetByText("Скасувати").ClickAsync();
        await Assertions
            .Expect(page.Locator("#views-menu .views-item", new() { HasTextRegex = new Regex("Нові й втрачені") }))
            .ToHaveCountAsync(1);
        await colleague.ReloadAsync();
        await Assertions.Expect(colleague.Locator(".views-name")).ToHaveTextAsync("Нові й втрачені");
    }

    private static async Task ActAsync(IPage page, string act)
    {
        var boxes = page.Locator("tr.row .select-box");
        for (var row = 0; row < 3; row++)
        {
            await boxes.Nth(row).CheckAsync();
        }

        await Assertions.Expect(page.Locator(".bulk-count")).ToHaveTextAsync("Вибрано 3 ліди");
        await page.Locator(".bulk-acts").GetByRole(AriaRole.Button, new() { Name = act }).ClickAsync();
    }

    // The report tells how far it is; then what was done is taken back, and both reports are put away.
    private static async Task TakeBackAsync(IPage page, string title)
    {
        var report = page.Locator(".bulk-report", new() { HasText = title }).First;
        await Assertions.Expect(report).ToContainTextAsync("змінено 3 ліди");
        await report.GetByRole(AriaRole.Button, new() { Name = "Скасувати" }).ClickAsync();
        await Assertions
            .Expect(page.Locator(".bulk-report", new() { HasText = "Скасування" }))
            .ToContainTextAsync("змінено 3 ліди");
        while (await page.Locator(".bulk-report").CountAsync() is var reports and > 0)
        {
            await page.Locator(".bulk-report")
                .First.GetByRole(AriaRole.Button, new() { Name = "Прибрати звіт" })
                .ClickAsync();
            await Assertions.Expect(page.Locator(".bulk-report")).ToHaveCountAsync(reports - 1);
        }
    }
}
