using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using ProPartHub.Domain.Transfer.Import;
using Xunit;

namespace ProPartHub.Tests.Browser;

/// <summary>A manager brings a file in, step by step, sees it live in another browser, and takes it back.</summary>
public sealed class ImportBrowserTests(ChromiumFixture chromium) : IAsyncLifetime
{
    private const string Csv =
        "Клієнт;Телефон;Пошта;Країна;Бюджет;Дата народження;Примітка агента\r\n"
        + "Ірина Сад;050 777 11 01;iryna@example.com;Дубай;150–300k;31.12.1985;Дзвонити після 18:00\r\n"
        + "\"Петро \"\"Степ\"\" Гай\";0507771102;;Балі;до 200 тис;1990-01-15;\"Два\r\nрядки\"\r\n"
        + "Без телефону;;;Марс;багато;;\r\n"
        + "Ірина С.;+380507771101;;;;;\r\n";

    private BrowserBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bed = await BrowserBed.StartAsync(chromium, Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Theory]
    [InlineData(false, ColorScheme.Light, "uk")]
    [InlineData(true, ColorScheme.Dark, "uk")]
    [InlineData(true, ColorScheme.Light, "en")]
    [InlineData(false, ColorScheme.Dark, "en")]
    public async Task File_IsUnderstood_Checked_BroughtIn_AndTakenBack(bool phone, ColorScheme theme, string language)
    {
        var look = $"{(phone ? "phone" : "desk")}-{theme}-{language}".ToLowerInvariant();
        var page = await _bed.OpenAsAsync("taras", "/leads", phone, language, theme);
        await page.GotoAsync($"/culture?c={language}&returnUrl=/leads/imports");
        await LookAsync(page, $"import-empty-{look}");
        await page.Locator("main .empty-state a[href='/leads/import']").ClickAsync();
        await Expect(page.Locator("#import-file")).ToBeEnabledAsync();
        await LookAsync(page, $"import-file-{look}");

        await page.Locator("#import-file")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "звичайна.xls",
                    MimeType = "text/csv",
                    Buffer = [0xD0, 0xCF, 0x11, 0xE0, 1],
                }
            );
        await Expect(page.Locator("main [role=alert]")).ToContainTextAsync(".xls");
        await page.Locator("#import-file").SetInputFilesAsync(Payload());
        await Expect(page).ToHaveURLAsync(new Regex("id=[0-9a-f-]+&step=columns"));
        var fields = page.Locator("main .column-field select");
        await Expect(fields).ToHaveCountAsync(7);
        await Expect(fields.Nth(0)).ToHaveValueAsync(nameof(ImportField.ClientName));
        await Expect(fields.Nth(4)).ToHaveValueAsync(nameof(ImportField.Budget));
        await Expect(fields.Nth(6)).ToHaveValueAsync(nameof(ImportField.None));
        await Expect(page.Locator("main .column-understood").Nth(1)).ToContainTextAsync("+380 50 777 1101");

        // Wrongly read, it can be put right; what was chosen outlives a reload.
        var coding = page.Locator("main .choices select").First;
        await coding.SelectOptionAsync(nameof(TextCoding.Windows1251));
        await Expect(page.Locator("#column-0")).Not.ToHaveTextAsync("Клієнт");
        await coding.SelectOptionAsync(nameof(TextCoding.Utf8));
        await Expect(page.Locator("#column-0")).ToHaveTextAsync("Клієнт");
        await fields.Nth(6).SelectOptionAsync(nameof(ImportField.Notes));
        await Expect(page.Locator("main .column-understood").Nth(6)).ToContainTextAsync("18:00");
        await page.ReloadAsync();
        await Expect(fields.Nth(6)).ToHaveValueAsync(nameof(ImportField.Notes));
        await LookAsync(page, $"import-columns-{look}");

        await page.Locator("main .import-actions .button-primary").ClickAsync();
        await Expect(page.Locator("main .count dd")).ToHaveTextAsync(["2", "0", "1", "1"]);
        await Expect(page).ToHaveURLAsync(new Regex("step=check"));
        Assert.Equal(0, await CountAsync());
        await LookAsync(page, $"import-check-{look}");
        // Another browser of the same person sees it come.
        var other = await _bed.OpenAsAsync("taras", "/leads/imports", phone, language, theme);
        await Expect(other.Locator("main tbody tr")).ToHaveCountAsync(1);
        await page.Locator("main .import-actions .button-primary").ClickAsync();

        await Expect(page).ToHaveURLAsync(new Regex("step=result"));
        await Expect(page.Locator("main .count dd")).ToHaveTextAsync(["2", "0", "1", "1"]);
        Assert.Equal(2, await CountAsync());
        await Expect(page.Locator("main .problems li")).ToHaveCountAsync(2);
        await LookAsync(page, $"import-result-{look}");
        await Expect(other.Locator("main .import-state")).ToHaveTextAsync(new Regex("Завершено|Done"));
        await LookAsync(other, $"import-list-{look}");
        var file = await page.RunAndWaitForDownloadAsync(() => page.Locator("main .problems-head a").ClickAsync());
        Assert.Contains("Марс", await File.ReadAllTextAsync(await file.PathAsync(), Token), StringComparison.Ordinal);

        await page.Locator("main .import-actions button").ClickAsync();
        await page.Locator(".mud-dialog .mud-button-filled").ClickAsync();
        await Expect(page.Locator("main .result-lead")).ToContainTextAsync(new Regex("Скасовано|Undone"));
        Assert.Equal(0, await CountAsync());
        await LookAsync(page, $"import-undone-{look}");
    }

    [Fact]
    public async Task List_LeadsManagersToTheImport_AndAgentsNot()
    {
        var manager = await _bed.OpenAsAsync("taras", "/leads");
        await manager.Locator("#export-button").ClickAsync();
        await manager.Locator("#export-menu a[href='/leads/import']").ClickAsync();
        await Expect(manager.Locator("#import-file")).ToBeAttachedAsync();

        var agent = await _bed.OpenAsAsync("olena", "/leads");
        await agent.Locator("#export-button").ClickAsync();
        await Expect(agent.Locator("#export-menu a")).ToHaveCountAsync(2);
    }

    private static FilePayload Payload() =>
        new()
        {
            Name = "клієнти весна.csv",
            MimeType = "text/csv",
            Buffer = Encoding.UTF8.GetBytes(Csv),
        };

    private async Task<int> CountAsync()
    {
        await using var db = await _bed.Hub.Database.ReadAsync(Token);
        return await db.Leads.CountAsync(
            lead => lead.ArchivedAt == null && lead.Phone!.StartsWith("+38050777110"),
            Token
        );
    }

    private static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);

    private static IPageAssertions Expect(IPage page) => Assertions.Expect(page);

    private static async Task LookAsync(IPage page, string name)
    {
        await Expect(page.Locator("main .skeleton-rows")).ToHaveCountAsync(0);
        await BrowserBed.AssertAccessibleAsync(page);
        Assert.Equal(
            await page.EvaluateAsync<int>("innerWidth"),
            await page.EvaluateAsync<int>("document.documentElement.scrollWidth")
        );
        await BrowserBed.ShootAsync(page, name, whole: true);
    }
}
