using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProPartHub.Domain.Timeline;
using Xunit;

namespace ProPartHub.Tests.Browser;

/// <summary>A colleague's comment rings the bell in another browser at once; the bell works by keyboard and on a phone.</summary>
public sealed class NotificationBrowserTests(ChromiumFixture chromium) : IAsyncLifetime
{
    private const string Bell = ".bell";
    private BrowserBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _bed = await BrowserBed.StartAsync(chromium, Token, isWholeBrowser: true);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task CommentInOneBrowser_RingsTheBellInTheOther_AndOpeningTheLeadSilencesIt()
    {
        var lead = await _bed.AddLeadAsync("olena", 1);
        var agent = await _bed.OpenAsAsync("olena", "/board");
        await Assertions.Expect(agent.Locator("button.bell")).ToBeVisibleAsync();
        var requests = BrowserBed.Requests(agent);
        var manager = await _bed.OpenAsAsync("admin.demo", $"/leads/{lead.Id}");
        await manager.Locator("#comment").FillAsync("Клієнт просить подзвонити");
        await manager.Locator("form.writer button[type=submit]").ClickAsync();
        await Assertions.Expect(manager.Locator(".comment-text").First).ToHaveTextAsync("Клієнт просить подзвонити");

        await Assertions.Expect(agent.Locator(".bell-count")).ToHaveTextAsync("1");
        await Assertions.Expect(agent).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex("^\\(1\\) "));
        Assert.Empty(requests);

        await agent.Locator(Bell).FocusAsync();
        await agent.Keyboard.PressAsync("Enter");
        await Assertions.Expect(agent.Locator(".notice-excerpt")).ToHaveTextAsync("Клієнт просить подзвонити");
        await BrowserBed.AssertAccessibleAsync(agent);
        await agent.Keyboard.PressAsync("Escape");
        await Assertions.Expect(agent.Locator(".bell-panel")).ToBeHiddenAsync();
        await Assertions.Expect(agent.Locator(Bell)).ToBeFocusedAsync();

        await agent.Keyboard.PressAsync("Enter");
        await agent.Locator("a.notice-lead").ClickAsync();
        await Assertions.Expect(agent.Locator(".neighbours-back")).ToContainTextAsync("Сповіщення");
        Assert.EndsWith(
            $"/leads/{lead.Id}?from=%2Fnotifications%3Fleads%3D{lead.Id}",
            agent.Url,
            StringComparison.Ordinal
        );
        await Assertions.Expect(agent.Locator(".bell-count")).ToHaveCountAsync(0);
        await Assertions.Expect(agent.Locator(".bell-panel")).ToBeHiddenAsync();
        await Assertions.Expect(agent).Not.ToHaveTitleAsync(new System.Text.RegularExpressions.Regex("^\\("));
    }

    [Theory]
    [InlineData(false, "uk", ColorScheme.Light)]
    [InlineData(true, "uk", ColorScheme.Dark)]
    [InlineData(true, "en", ColorScheme.Light)]
    public async Task PanelPageAndSettings_AreAccessible_AndFitTheScreen(bool phone, string language, ColorScheme theme)
    {
        var admin = await _bed.PersonAsync("admin.demo");
        for (var number = 1; number <= 3; number++)
        {
            var lead = await _bed.AddLeadAsync("olena", number);
            await _bed.UseAsync<CommentService, bool>(async comments =>
            {
                var text = number == 2 ? new string('ї', 300) : "Клієнт просить подзвонити сьогодні";
                await comments.AddAsync(admin, Guid.CreateVersion7(), lead.Id, text, null, Token);
                return true;
            });
        }

        var page = await _bed.OpenAsAsync("olena", "/board", phone, language, theme);
        // Who signs in reads their own language.
        await page.GotoAsync($"/culture?c={language}&returnUrl=/notifications");
        await Assertions.Expect(page.Locator(".notice-list .notice-row")).ToHaveCountAsync(3);
        await LookAsync(page, $"page-{phone}-{language}-{theme}");
        await page.Locator(Bell).ClickAsync();
        await Assertions.Expect(page.Locator(".bell-panel .notice-row")).ToHaveCountAsync(3);
        await LookAsync(page, $"panel-{phone}-{language}-{theme}");
        await page.Keyboard.PressAsync("Escape");
        await page.GotoAsync("/account/notifications");
        await Assertions.Expect(page.Locator(".wishes tbody tr").First).ToBeVisibleAsync();
        await LookAsync(page, $"settings-{phone}-{language}-{theme}");
    }

    [Fact]
    public async Task BrowserNotification_IsShownOnlyWhileThePageIsHidden()
    {
        var lead = await _bed.AddLeadAsync("olena", 1);
        var page = await _bed.OpenAsAsync("olena", "/account/notifications");
        await page.AddInitScriptAsync(
            """
            window.told = [];
            window.Notification = class extends EventTarget {
              static permission = "granted";
              constructor(title, options) { super(); window.told.push(title + " | " + options.body); }
            };
            Object.defineProperty(document, "hidden", { get: () => window.isAway === true });
            """
        );
        await page.Locator("input[value='CommentAdded.Browser']").CheckAsync();
        await page.Locator("main form").First.Locator("button[type=submit]").ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(@"/account/notifications\?done=saved$"));
        await page.GotoAsync("/board");
        await Assertions.Expect(page.Locator("button.bell")).ToBeVisibleAsync();
        var admin = await _bed.PersonAsync("admin.demo");

        await CommentAsync("Перший");
        await Assertions.Expect(page.Locator(".bell-count")).ToHaveTextAsync("1");
        await page.EvaluateAsync("() => { window.isAway = true; }");
        await CommentAsync("Другий");
        await page.WaitForFunctionAsync("() => window.told.length > 0");

        var told = await page.EvaluateAsync<string[]>("() => window.told");
        Assert.Equal($"Новий коментар · {admin.Name} | L-{(await ReadNumberAsync())}", Assert.Single(told));

        Task CommentAsync(string text) =>
            _bed.UseAsync<CommentService, bool>(async comments =>
            {
                await comments.AddAsync(admin, Guid.CreateVersion7(), lead.Id, text, null, Token);
                return true;
            });

        async Task<long> ReadNumberAsync()
        {
            await using var db = await _bed.Hub.Database.ReadAsync(Token);
            return db.Leads.Single(row => row.Id == lead.Id).Number;
        }
    }

    // A page may not show one itself on Android: there the constructor throws, as it does here.
    [Fact]
    public async Task BrowserNotification_IsShownByTheWorker_AndLeadsToItsLead()
    {
        var lead = await _bed.AddLeadAsync("olena", 1);
        var page = await _bed.OpenAsAsync("olena", "/leads");
        await Assertions.Expect(page.Locator("tr.row")).ToHaveCountAsync(1);
        await page.Context.GrantPermissionsAsync(["notifications"]);
        await page.EvaluateAsync(
            """
            () => {
              window.Notification = class {
                static permission = "granted";
                constructor() { throw new TypeError("Illegal constructor"); }
              };
              Object.defineProperty(document, "hidden", { get: () => true });
            }
            """
        );

        var shown = await page.EvaluateAsync<string[]>(
            """
            async (href) => {
              const { tell } = await import("/Components/Notifications/NotificationCenter.razor.js");
              await tell([{ title: "Новий коментар", body: "L-1", tag: "one", href }]);
              await tell([{ title: "Новий коментар", body: "L-1", tag: "one", href }]);
              const registration = await navigator.serviceWorker.getRegistration("/js/");
              const notices = await registration.getNotifications();
              return [registration.scope, ...notices.map((one) => [one.title, one.body, one.data.href].join(" | "))];
            }
            """,
            $"/leads/{lead.Id}"
        );

        Assert.Equal([$"{_bed.Hub.BaseAddress}js/", $"Новий коментар | L-1 | /leads/{lead.Id}"], shown);
        Assert.False(await page.EvaluateAsync<bool>("() => navigator.serviceWorker.controller !== null"));
    }

    // Wider than the screen is a fault that axe does not see.
    private static async Task LookAsync(IPage page, string name)
    {
        await BrowserBed.AssertAccessibleAsync(page);
        Assert.True(
            await page.EvaluateAsync<bool>(
                "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"
            ),
            name
        );
        await BrowserBed.ShootAsync(page, name, whole: true);
    }
}
