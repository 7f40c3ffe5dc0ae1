using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using ProPartHub.Domain.HubSpot.Contacts;
using ProPartHub.Tests.HubSpot.Contacts;
using Xunit;

namespace ProPartHub.Tests.Browser;

/// <summary>HubSpot's contacts in a real browser.</summary>
public sealed class ContactsBrowserTests(ChromiumFixture chromium) : IAsyncLifetime
{
    private BrowserBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bed = await BrowserBed.StartAsync(chromium, Token);
        await using var db = await _bed.Hub.Database.ReadAsync(Token);
        await ContactBed.FillAsync(db, 120, DateTimeOffset.UtcNow);
    }

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Theory]
    [InlineData(false, ColorScheme.Light, "uk")]
    [InlineData(false, ColorScheme.Dark, "en")]
    [InlineData(true, ColorScheme.Light, "en")]
    [InlineData(true, ColorScheme.Dark, "uk")]
    public async Task List_IsAccessible_FindsByPhone_AndFollowsHubSpot(bool phone, ColorScheme theme, string language)
    {
        var page = await _bed.OpenAsAsync("admin.demo", "/admin/contacts", phone, language, theme);
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(ContactQuery.StandardPageSize);
        await BrowserBed.ShootAsync(page, $"contacts-{(phone ? 390 : 1440)}-{theme}-{language}");

        await BrowserBed.AssertAccessibleAsync(page);
        Assert.False(
            await page.EvaluateAsync<bool>(
                "[document.documentElement, document.querySelector('.shell-main')].some(e => e.scrollWidth > e.clientWidth)"
            )
        );
        await page.Locator("input[type=search][data-command]").FillAsync("050 100 0042");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        Assert.Contains("q=050", page.Url, StringComparison.Ordinal);
        var requests = BrowserBed.Requests(page);

        await using var db = await _bed.Hub.Database.ReadAsync(Token);
        await db
            .MirroredContacts.Where(row => row.Id == "42")
            .ExecuteUpdateAsync(row => row.SetProperty(contact => contact.Name, "Щойно Змінена"), Token);

        await Assertions.Expect(page.Locator("tbody .name")).ToHaveTextAsync("Щойно Змінена");
        Assert.Empty(requests);
        await BrowserBed.ShootAsync(page, $"contacts-found-{(phone ? 390 : 1440)}-{theme}-{language}");
    }
}
