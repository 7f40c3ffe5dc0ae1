using Microsoft.Playwright;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Browser;

/// <summary>An agent finds the own double, compares, merges and takes it back, while the manager has the double open.</summary>
public sealed class MergingBrowserTests(ChromiumFixture chromium) : IAsyncLifetime
{
    private BrowserBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bed = await BrowserBed.StartAsync(chromium, Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task Double_IsComparedMergedAndTakenBack_AndOpenPagesGoOn()
    {
        var older = await AddAsync(1, "Марія Коваленко", input => input with { Company = "Хвиля" });
        var newer = await AddAsync(2, "Марія Коваленко-Бондар", input => input with { Country = "Балі" });
        var olena = await _bed.PersonAsync("olena");
        await _bed.UseAsync<CommentService, bool>(async comments =>
        {
            await comments.AddAsync(olena, Guid.CreateVersion7(), newer.Id, "Хоче віллу біля моря", null, Token);
            return true;
        });
        var watching = await _bed.OpenAsAsync("taras", $"/leads/{newer.Id}");
        await watching.Locator(".same-client").WaitForAsync();
        var page = await _bed.OpenAsAsync("olena", $"/leads/{older.Id}");
        await Assertions.Expect(page.Locator(".same-client li")).ToContainTextAsync($"L-{newer.Number}");
        await LookAsync(page, "merge-card");

        await page.Locator(".same-client-acts a").ClickAsync();
        await Assertions.Expect(page.Locator(".merge-row h3").First).ToBeVisibleAsync();
        await LookAsync(page, "merge-page");
        await page.Locator("input[name=ClientName]").First.CheckAsync();
        await page.Locator(".merge-acts .button-primary").ClickAsync();
        var confirm = page.Locator(".mud-dialog-actions .mud-button-filled");
        await confirm.WaitForAsync();
        await BrowserBed.ShootAsync(page, "merge-confirm");
        await confirm.ClickAsync();

        await Assertions.Expect(page.Locator(".merged-note")).ToContainTextAsync($"L-{newer.Number}");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Марія Коваленко");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Хоче віллу біля моря");
        await Assertions
            .Expect(watching)
            .ToHaveURLAsync(new System.Text.RegularExpressions.Regex($"/leads/{older.Id}\\?merged={newer.Number}$"));
        await LookAsync(page, "merge-done");
        await watching.GotoAsync($"/leads/{newer.Id}?own=1");
        await Assertions.Expect(watching.Locator(".lead-note a")).ToHaveTextAsync($"L-{older.Number}");
        await Assertions.Expect(watching.Locator(".facts")).ToContainTextAsync("maria@example.com");
        await LookAsync(watching, "merge-archived");

        await page.Locator(".merged-acts button").ClickAsync();
        await Assertions.Expect(page.Locator(".same-client li")).ToContainTextAsync($"L-{newer.Number}");
        await Assertions.Expect(watching.Locator("[data-command=Edit]")).ToBeVisibleAsync();
    }

    private async Task<LeadCreated> AddAsync(int number, string name, Func<LeadInput, LeadInput> change)
    {
        var agent = await _bed.PersonAsync("olena");
        var input = change(HubBed.Input(number) with { ClientName = name, Email = "maria@example.com" });
        return await _bed.UseAsync<LeadService, LeadCreated>(leads =>
            leads.CreateAsync(agent, input, agent.UserId, Token)
        );
    }

    // Both themes on both screens: accessible, and nothing sticks out.
    private static async Task LookAsync(IPage page, string name)
    {
        foreach (var (width, height) in new[] { (1440, 900), (390, 844) })
        {
            await page.SetViewportSizeAsync(width, height);
            foreach (var theme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await page.EmulateMediaAsync(new() { ColorScheme = theme });
                await BrowserBed.ShootAsync(page, $"{name}-{width}-{theme}", whole: true);
                await BrowserBed.AssertAccessibleAsync(page);
            }

            Assert.True(
                await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"),
                $"{name} is wider than {width}"
            );
        }

        await page.SetViewportSizeAsync(1440, 900);
    }
}
