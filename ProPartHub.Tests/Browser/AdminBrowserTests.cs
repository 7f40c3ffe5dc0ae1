using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Browser;

/// <summary>The pages of those who run the hub, in a real browser.</summary>
public sealed class AdminBrowserTests(ChromiumFixture chromium) : IAsyncLifetime
{
    private const string Words = "Property values were not valid: email";

    private BrowserBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bed = await BrowserBed.StartAsync(chromium, Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Theory]
    [InlineData("/admin/sync", false, ColorScheme.Light, "uk")]
    [InlineData("/admin/sync", true, ColorScheme.Dark, "uk")]
    [InlineData("/admin/sync?view=conflicts", false, ColorScheme.Dark, "en")]
    [InlineData("/admin/sync?view=conflicts", true, ColorScheme.Light, "uk")]
    [InlineData("/admin/sync?view=problems", true, ColorScheme.Light, "en")]
    [InlineData("/admin/sync?view=stages", true, ColorScheme.Dark, "uk")]
    [InlineData("/admin/sync?view=owners", false, ColorScheme.Dark, "uk")]
    [InlineData("/admin/sync?view=switches", true, ColorScheme.Light, "uk")]
    [InlineData("/admin/sync?view=log", true, ColorScheme.Dark, "en")]
    [InlineData("/admin/people", false, ColorScheme.Light, "uk")]
    [InlineData("/admin/people", true, ColorScheme.Dark, "uk")]
    [InlineData("/admin/people/new", true, ColorScheme.Light, "uk")]
    [InlineData("/admin/people/new", false, ColorScheme.Dark, "en")]
    [InlineData("person", false, ColorScheme.Light, "uk")]
    [InlineData("person", true, ColorScheme.Dark, "uk")]
    public async Task Page_IsAccessible_AndNeverWiderThanTheScreen(
        string address,
        bool phone,
        ColorScheme theme,
        string language
    )
    {
        await TroubleAsync();
        var olena = await _bed.PersonAsync("olena");
        var page = await _bed.OpenAsAsync(
            "admin.demo",
            address == "person" ? $"/admin/people/{olena.UserId}" : address,
            phone,
            language,
            theme
        );
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".facts, table.people, main form").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".skeleton-rows")).ToHaveCountAsync(0);

        await BrowserBed.AssertAccessibleAsync(page);
        Assert.False(
            await page.EvaluateAsync<bool>(
                "[document.documentElement, document.querySelector('.shell-main')].some(e => e.scrollWidth > e.clientWidth)"
            )
        );
    }

    [Fact]
    public async Task ParkedPush_ShowsByItself_AndIsGivenUpByKeyboard()
    {
        var page = await _bed.OpenAsAsync("admin.demo", "/admin/sync");
        await Assertions.Expect(page.Locator(".empty-state")).ToBeVisibleAsync();
        var requests = BrowserBed.Requests(page);

        await TroubleAsync();

        await Assertions.Expect(page.Locator("blockquote")).ToHaveTextAsync(Words);
        Assert.Empty(requests);
        await page.GetByRole(AriaRole.Button, new() { Name = "Відмовитися" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        // The dialog takes the focus when it is there; before that a key would go astray.
        await Assertions.Expect(page.Locator(".mud-dialog :focus")).ToHaveCountAsync(1);
        await page.Locator(".mud-dialog-actions button").Last.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".empty-state")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task InvitedPerson_OpensTheLink_SetsAPassword_AndLogsIn()
    {
        const string Password = "кілька не пов’язаних слів";
        var link = await InviteAsync(await _bed.OpenAsAsync("admin.demo", "/admin/people/new"));

        var petro = await _bed.OpenAsync();
        await petro.GotoAsync(link);
        await petro.Locator("input[name='Form.Password']").FillAsync(Password);
        await petro.Locator("input[name='Form.Repeated']").FillAsync(Password);
        await petro.Locator("main form button[type=submit]").ClickAsync();
        await petro.Locator("input[autocomplete=username]").FillAsync("petro");
        await petro.Locator("input[type=password]").FillAsync(Password);
        await petro.Locator("main form button[type=submit]").First.ClickAsync();

        await Assertions.Expect(petro.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Сьогодні");
    }

    [Fact]
    public async Task OneTimeLink_IsCopied_OrSelectedWhereThereIsNoClipboard()
    {
        var admin = await _bed.OpenAsAsync("admin.demo", "/admin/people/new");
        await admin.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        var link = await InviteAsync(admin);
        var copy = admin.Locator("[data-copy]");
        var said = admin.Locator("#link-said");

        await copy.ClickAsync();
        await Assertions.Expect(said).ToHaveTextAsync("Скопійовано");
        Assert.Equal(link, await admin.EvaluateAsync<string>("navigator.clipboard.readText()"));

        await admin.EvaluateAsync("Object.defineProperty(navigator, 'clipboard', { value: undefined })");
        await copy.ClickAsync();
        await Assertions.Expect(said).ToContainTextAsync("Посилання виділено");
        Assert.Equal(link, await admin.EvaluateAsync<string>("getSelection().toString()"));
        await BrowserBed.AssertAccessibleAsync(admin);
    }

    [Fact]
    public async Task Agent_FindsTheDoorClosed()
    {
        foreach (var address in new[] { "/admin/sync", "/admin/people" })
        {
            var page = await _bed.OpenAsAsync("olena", address);

            await Assertions
                .Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 }))
                .ToHaveTextAsync("Тут вам закрито");
        }
    }

    // Gives the one-time link.
    private static async Task<string> InviteAsync(IPage admin)
    {
        await admin.Locator("#person-DisplayName").FillAsync("Петро Їжак");
        await admin.Locator("#person-UserName").FillAsync("petro");
        await admin.Locator("#person-Email").FillAsync("petro@example.com");
        await admin.Locator("#person-TeamId").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await admin.Locator("main form button[type=submit]").ClickAsync();
        return await admin.Locator("input[readonly]").InputValueAsync();
    }

    // One lead that HubSpot refuses, with an open conflict and an unknown owner; told to open pages as the sync tells.
    private async Task TroubleAsync()
    {
        var olena = await _bed.PersonAsync("olena");
        var lead = await _bed.UseAsync<LeadService, LeadCreated>(leads =>
            leads.CreateAsync(olena, HubBed.Input(1, "Найдовша-Клієнтка Перебийносенко"), olena.UserId, Token)
        );
        await _bed.Hub.Database.InTransactionAsync(
            async (db, stop) =>
            {
                var mark = await db.Outbox.SingleAsync(row => row.SubjectId == lead.Id, stop);
                (mark.ParkedAt, mark.LastError) = (DateTimeOffset.UtcNow, Words);
                (await db.Leads.SingleAsync(row => row.Id == lead.Id, stop)).Attention = Attention.UnknownAgent;
                db.HubSpotOwners.Add(new HubSpotOwner { Id = "901", Name = "Невідома Власниця" });
                db.SyncConflicts.Add(
                    new SyncConflict
                    {
                        LeadId = lead.Id,
                        Field = "Budget",
                        Ours = "200000..500000",
                        Theirs = "750000..",
                        TheirsWon = true,
                        At = DateTimeOffset.UtcNow,
                    }
                );
                await db.Database.ExecuteSqlAsync(
                    $"SELECT pg_notify({FeedMessage.Channel}, {FeedMessage.RefreshAll.ToPayload()})",
                    stop
                );
            },
            Token
        );
    }
}
