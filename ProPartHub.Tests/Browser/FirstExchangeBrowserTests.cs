using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;
using Xunit;

namespace ProPartHub.Tests.Browser;

/// <summary>The preview of the first exchange in a real browser: fit for all, and applied by keyboard alone.</summary>
public sealed class FirstExchangeBrowserTests(ChromiumFixture chromium) : IAsyncLifetime
{
    private BrowserBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bed = await BrowserBed.StartAsync(chromium, Token);
        var tied = await _bed.AddLeadAsync("olena", 1);
        var made = await _bed.AddLeadAsync("olena", 2);
        await _bed.AddLeadAsync("olena", 3);
        await _bed.Hub.Database.InTransactionAsync(
            (db, _) =>
            {
                db.HubSpotAccounts.Add(
                    new HubSpotAccount
                    {
                        PortalId = 1,
                        TimeZone = "UTC",
                        UiDomain = "app-eu1.hubspot.com",
                        SwitchedOff = SyncPart.Outbound,
                    }
                );
                db.SyncCursors.Add(new SyncCursor { ObjectType = "deals", ImportedAt = DateTimeOffset.UtcNow });
                db.LeadPreviews.Add(
                    new LeadPreview
                    {
                        LeadId = tied.Id,
                        Revision = 1,
                        Outcome = PreviewOutcome.TiedToContact,
                        ContactId = "77",
                        ContactName = "Найдовша-Клієнтка Перебийносенко",
                        FoundBy = ContactFoundBy.Phone,
                        OtherContacts = 2,
                        Fields =
                        [
                            new(
                                nameof(LeadField.Email),
                                PreviewFate.OverwrittenHere,
                                "a.very.long.address@example.com",
                                "another.very.long.address@example.com"
                            ),
                            new(nameof(LeadField.Telegram), PreviewFate.FilledHere, null, "hvylia"),
                            new(nameof(LeadField.Company), PreviewFate.FilledThere, "Хвиля", null),
                        ],
                        FilledThere = 1,
                        FilledHere = 1,
                        Overwritten = 1,
                    }
                );
                return Task.FromResult(
                    db.LeadPreviews.Add(
                        new LeadPreview
                        {
                            LeadId = made.Id,
                            Revision = 1,
                            Outcome = PreviewOutcome.ContactMade,
                        }
                    )
                );
            },
            Token
        );
    }

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Theory]
    [InlineData(false, ColorScheme.Light, "uk")]
    [InlineData(true, ColorScheme.Dark, "uk")]
    [InlineData(true, ColorScheme.Light, "en")]
    public async Task Preview_AndItsQuestion_AreAccessible_AndNeverWiderThanTheScreen(
        bool phone,
        ColorScheme theme,
        string language
    )
    {
        var page = await _bed.OpenAsAsync("admin.demo", "/admin/sync?view=waiting", phone, language, theme);
        await Assertions.Expect(page.Locator(".fate-lost")).ToBeVisibleAsync();
        await Assertions
            .Expect(page.Locator(".verdict a"))
            .ToHaveAttributeAsync("href", "https://app-eu1.hubspot.com/contacts/1/record/0-1/77");

        await BrowserBed.AssertAccessibleAsync(page);
        Assert.False(
            await page.EvaluateAsync<bool>(
                "[document.documentElement, document.querySelector('.shell-main')].some(e => e.scrollWidth > e.clientWidth)"
            )
        );
        await page.Locator(".preview-head button").ClickAsync();
        await Assertions.Expect(page.Locator(".mud-dialog :focus")).ToHaveCountAsync(1);
        await BrowserBed.AssertAccessibleAsync(page);
    }

    [Fact]
    public async Task Preview_IsFilteredAndApplied_ByKeyboard()
    {
        var page = await _bed.OpenAsAsync("admin.demo", "/admin/sync?view=waiting");
        await Assertions.Expect(page.Locator(".item")).ToHaveCountAsync(3);
        await page.Locator(".preview-filter a").Last.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".item")).ToHaveCountAsync(1);

        await page.Locator(".preview-head button").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".mud-dialog :focus")).ToHaveCountAsync(1);
        await page.Locator(".mud-dialog-actions button").Last.FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Locator(".preview")).ToHaveCountAsync(0);
        await using var db = await _bed.Hub.Database.ReadAsync(Token);
        Assert.Equal(SyncPart.None, await db.HubSpotAccounts.Select(account => account.SwitchedOff).SingleAsync(Token));
    }
}
