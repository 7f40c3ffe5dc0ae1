using System.IO.Compression;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProPartHub.Domain.Leads;
using Xunit;

namespace ProPartHub.Tests.Browser;

/// <summary>A manager reads reports, and each number leads to its leads.</summary>
public sealed class ReportsBrowserTests(ChromiumFixture chromium) : IAsyncLifetime
{
    private BrowserBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bed = await BrowserBed.StartAsync(chromium, Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task NumbersLeadToTheirLeads_FilesHoldThem_AndPhonesShowThem()
    {
        await WorkAsync();
        var page = await _bed.OpenAsAsync("taras", "/reports");
        var olena = page.Locator("main .report-table").First.Locator("tbody tr").First;
        await Assertions.Expect(olena.Locator("td").First).ToHaveTextAsync("6");
        await Assertions.Expect(page.Locator("main .skeleton-rows")).ToHaveCountAsync(0);
        await BrowserBed.AssertAccessibleAsync(page);
        await BrowserBed.ShootAsync(page, "reports-light", whole: true);

        var file = await page.RunAndWaitForDownloadAsync(() =>
            page.Locator("main a[href='/reports/export/funnel']").ClickAsync()
        );
        using (var reader = new StreamReader(await file.CreateReadStreamAsync()))
        {
            var lines = (await reader.ReadToEndAsync(Token)).Split("\r\n");
            Assert.Contains("Олена Шевчук,6,2,1,1,1,1,16.7,300000,0", lines);
        }

        var workbook = await page.RunAndWaitForDownloadAsync(() =>
            page.Locator("main a[href='/reports/export/stages?format=xlsx']").ClickAsync()
        );
        Assert.EndsWith(".xlsx", workbook.SuggestedFilename, StringComparison.Ordinal);
        using var bytes = new MemoryStream();
        await using (var stream = await workbook.CreateReadStreamAsync())
        {
            await stream.CopyToAsync(bytes, Token);
        }

        await using (var sheet = new ZipArchive(bytes))
        {
            using var cells = new StreamReader(await sheet.GetEntry("xl/worksheets/sheet1.xml")!.OpenAsync(Token));
            Assert.Contains("<v>4</v>", await cells.ReadToEndAsync(Token), StringComparison.Ordinal);
        }

        await page.Locator("main .segmented a", new() { HasText = "Країна" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("by=country"));
        await Assertions
            .Expect(page.Locator("main .report-table").First.Locator("tbody th").First)
            .Not.ToHaveTextAsync("Олена Шевчук");
        await page.GoBackAsync();
        await olena.Locator("td").Nth(4).Locator("a").ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(@"/leads\?status=won&agent="));
        await Assertions.Expect(page.Locator("main tr.row")).ToHaveCountAsync(1);

        // A number that only a report knows is a chip of the list, and going without it shows them all.
        await page.GoBackAsync();
        await page.Locator("main .bars a[href*='cell=answer-inhour']").ClickAsync();
        await Assertions.Expect(page.Locator("main tr.row")).ToHaveCountAsync(4);
        var chip = page.Locator("main .chip-active", new() { HasText = "Перша відповідь: до 1 год" });
        await BrowserBed.ShootAsync(page, "reports-list-light");
        await chip.ClickAsync();
        await Assertions.Expect(page.Locator("main tr.row")).ToHaveCountAsync(6);

        var phone = await _bed.OpenAsAsync(
            "admin.demo",
            "/reports?from=2020-01-01",
            phone: true,
            "en",
            ColorScheme.Dark
        );
        await Assertions.Expect(phone.Locator("main .bars-value").First).ToBeVisibleAsync();
        await Assertions.Expect(phone.Locator("main .skeleton-rows")).ToHaveCountAsync(0);
        await BrowserBed.AssertAccessibleAsync(phone);
        Assert.Equal(390, await phone.EvaluateAsync<int>("innerWidth"));
        Assert.Equal(390, await phone.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await BrowserBed.ShootAsync(phone, "reports-phone-dark", whole: true);

        // The rest of the menu opens upwards and goes away with the page it leads to.
        await phone.Locator("[popovertarget=bottom-more]").ClickAsync();
        await BrowserBed.ShootAsync(phone, "more-phone-dark");
        await phone.Locator("#bottom-more a[href='/admin/people']").ClickAsync();
        await Assertions.Expect(phone).ToHaveURLAsync(new Regex("/admin/people$"));
        await Assertions.Expect(phone.Locator("#bottom-more")).ToBeHiddenAsync();

        await _bed.SignInAsync(phone, "olena", "/reports");
        await Assertions.Expect(phone.Locator("main .report")).ToHaveCountAsync(0);
    }

    private async Task WorkAsync()
    {
        var (olena, taras) = (await _bed.PersonAsync("olena"), await _bed.PersonAsync("taras"));
        LeadStatus?[] ends = [null, LeadStatus.Contacted, LeadStatus.Qualified, LeadStatus.Won, LeadStatus.Lost, null];
        for (var number = 1; number <= ends.Length; number++)
        {
            var lead = await _bed.AddLeadAsync("olena", number);
            if (ends[number - 1] is not { } end)
            {
                continue;
            }

            await _bed.UseAsync<LeadService, bool>(async leads =>
            {
                var opened = LeadInput.From(await LoadAsync(lead.Id));
                var typed = opened with
                {
                    BudgetTo = 100_000 * (number - 1),
                    Currency = "USD",
                    Country = LeadOptions.For(LeadField.Country)![number % 3],
                };
                await leads.EditAsync(olena, lead.Id, opened, typed, new HashSet<LeadField>(), Token);
                await MoveAsync(leads, lead.Id, LeadStatus.Contacted);
                await MoveAsync(leads, lead.Id, end);
                return true;
            });
        }

        async Task MoveAsync(LeadService leads, Guid lead, LeadStatus status)
        {
            var reason = status is LeadStatus.Lost ? LeadOptions.For(LeadField.RefusalReason)![0] : null;
            await leads.MoveAsync(taras, lead, await StageAsync(status), reason, Token);
        }
    }

    private async Task<Lead> LoadAsync(Guid lead)
    {
        await using var db = await _bed.Hub.Database.ReadAsync(Token);
        return db.Leads.Single(row => row.Id == lead);
    }

    private async Task<Guid> StageAsync(LeadStatus status)
    {
        await using var db = await _bed.Hub.Database.ReadAsync(Token);
        return db.Stages.First(stage => stage.Status == status).Id;
    }
}
