using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.Leads;
using ProPartHub.Web.Components.Boards;
using Xunit;

namespace ProPartHub.Tests.Browser;

/// <summary>The board in real browsers: by pointer, keys and finger, live between windows, on any screen and theme.</summary>
public sealed class BoardBrowserTests(ChromiumFixture chromium) : IAsyncLifetime
{
    private BrowserBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bed = await BrowserBed.StartAsync(chromium, Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task DraggedCard_Glides_Glows_AndSaysWhoMovedIt_InAnotherWindow()
    {
        await _bed.AddLeadAsync("olena", 1);
        var agent = await _bed.OpenAsAsync("olena", "/board");
        var admin = await _bed.OpenAsAsync("admin.demo", "/board");
        await ReadyAsync(admin);
        await ReadyAsync(agent);
        await admin.EvaluateAsync(
            """
            () => {
              window.glides = 0;
              new MutationObserver((all) => all.forEach((one) => one.addedNodes.forEach((node) => {
                window.glides += node.classList?.contains("gliding") ? 1 : 0;
              }))).observe(document.body, { childList: true });
            }
            """
        );

        await agent.Locator(".card-foot").DragToAsync(agent.Locator(".column").Nth(1).Locator(".column-cards"));

        await Assertions.Expect(agent.Locator(".column").Nth(1).Locator(".card")).ToHaveCountAsync(1);
        await Assertions.Expect(admin.Locator(".column").Nth(1).Locator(".card.glow")).ToHaveCountAsync(1);
        await Assertions.Expect(admin.Locator(".column .card-by")).ToHaveTextAsync("Олена Шевчук");
        await admin.WaitForFunctionAsync("() => window.glides === 1");
        await Assertions.Expect(admin.Locator(".gliding")).ToHaveCountAsync(0);
        await Assertions.Expect(admin.Locator("main p[role=status]").First).ToContainTextAsync("Олена Шевчук");
        await Assertions.Expect(agent.Locator(".card-by")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Keys_GoBetweenCards_MoveThem_AndOpenThem()
    {
        await _bed.AddLeadAsync("olena", 1);
        var second = await _bed.AddLeadAsync("olena", 2);
        var page = await _bed.OpenAsAsync("olena", "/board");
        await ReadyAsync(page, 2);
        await page.Locator(".card").First.FocusAsync();

        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(page.Locator(".card").Nth(1)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.PressAsync("Shift+ArrowRight");

        var moved = page.Locator(".column").Nth(1).Locator(".card");
        await Assertions.Expect(moved).ToBeFocusedAsync();
        await Assertions.Expect(moved).ToHaveAttributeAsync("data-card", second.Id.ToString());
        await page.Keyboard.PressAsync("ArrowLeft");
        await Assertions.Expect(page.Locator(".column").First.Locator(".card")).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("m");
        await Assertions.Expect(page.Locator(".move-target:enabled").First).ToBeFocusedAsync();
        await BrowserBed.AssertAccessibleAsync(page);
        await page.Locator(".move-target").Nth(2).ClickAsync();
        await Assertions.Expect(page.Locator(".column").Nth(2).Locator(".card")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator(".move-menu")).ToBeHiddenAsync();

        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/leads/[0-9a-f-]{36}\\?from="));
    }

    [Fact]
    public async Task CardDroppedWhereTheFilterHidesIt_IsSaidToBeThere()
    {
        await _bed.AddLeadAsync("olena", 1);
        var page = await _bed.OpenAsAsync("olena", "/board");
        await ReadyAsync(page);
        await page.Locator(".filters-toggles .chip").First.ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("status=new"));
        // The row of what is chosen comes in between and moves the board down: a card grasped before it is dropped beside it.
        await Assertions.Expect(page.Locator(".filters-clear")).ToBeVisibleAsync();

        await page.Locator(".card-foot").DragToAsync(page.Locator(".column").Nth(1).Locator(".column-cards"));

        await Assertions.Expect(page.Locator(".board-notice")).ToContainTextAsync("Клієнт 1");
        await Assertions.Expect(page.Locator(".card")).ToHaveCountAsync(0);
        await BrowserBed.AssertAccessibleAsync(page);
        await page.Locator(".board-notice a").Last.ClickAsync();
        await Assertions.Expect(page.Locator(".column").Nth(1).Locator(".card")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task View_SavedShared_OpensForTheTeam_AndNamesWhatIsShown()
    {
        await _bed.AddLeadAsync("olena", 1);
        var manager = await _bed.OpenAsAsync("taras", "/board?by=agent");
        await ReadyAsync(manager);

        await manager.Locator(".views > button").First.ClickAsync();
        await manager.Locator("#view-name").FillAsync("Команда за агентами");
        await manager.Locator("#view-sharing").SelectOptionAsync("Team");
        await BrowserBed.AssertAccessibleAsync(manager);
        await manager.Locator("#view-name").PressAsync("Enter");
        await Assertions.Expect(manager).ToHaveURLAsync(new Regex("by=agent&v="));
        await Assertions.Expect(manager.Locator(".views-name")).ToHaveTextAsync("Команда за агентами");

        await manager.ReloadAsync();
        await Assertions.Expect(manager.Locator(".views-name")).ToHaveTextAsync("Команда за агентами");
        await manager.Locator("main .segmented a").First.ClickAsync();
        await Assertions.Expect(manager.Locator(".views-changed")).ToBeVisibleAsync();

        var colleague = await _bed.OpenAsAsync("andrii", "/board");
        await Assertions.Expect(colleague.Locator(".board")).ToBeVisibleAsync();
        await colleague.Locator(".views-button").ClickAsync();
        await Assertions.Expect(colleague.Locator(".views-menu")).ToContainTextAsync("Тарас Коваленко");
        await BrowserBed.AssertAccessibleAsync(colleague);
    }

    [Fact]
    public async Task LongColumn_ReadsOnByScrolling_HoldsFewCards_AndKeepsItsPlaceWhenOthersCome()
    {
        const int Leads = 260;
        var first = await _bed.AddLeadAsync("olena", 1);
        await MultiplyAsync(first.Id, Leads - 1);
        var page = await _bed.OpenAsAsync("olena", "/board");
        await ReadyAsync(page, 20);
        var column = page.Locator(".column").First;
        await Assertions.Expect(column.Locator(".column-count")).ToHaveTextAsync(Leads.ToString(Languages));

        // Down to the very last card, then a little up.
        var cards = column.Locator(".column-cards");
        await page.WaitForFunctionAsync(
            """
            () => {
              const list = document.querySelector(".column-cards");
              const ends = list.querySelectorAll("[data-further]");
              list.scrollTop = list.scrollHeight;
              return ends.length === 1 && ends[0] === list.firstElementChild;
            }
            """
        );
        Assert.InRange(await column.Locator(".card").CountAsync(), 20, ColumnWindow.Most);
        await cards.EvaluateAsync("(list) => { list.scrollTop -= 300; }");
        var seen = await SeenAsync(page);

        await _bed.AddLeadAsync("olena", 1000);
        await Assertions.Expect(column.Locator(".column-count")).ToHaveTextAsync((Leads + 1).ToString(Languages));
        Assert.Equal(seen, await SeenAsync(page));

        await page.WaitForFunctionAsync(
            """
            () => {
              const list = document.querySelector(".column-cards");
              list.scrollTop = 0;
              const ends = list.querySelectorAll("[data-further]");
              return ends.length === 1 && ends[0] === list.lastElementChild;
            }
            """
        );
        Assert.InRange(await column.Locator(".card").CountAsync(), 20, ColumnWindow.Most);
        await Assertions.Expect(column.Locator(".card").First).ToContainTextAsync("Клієнт 1000");
    }

    [Fact]
    public async Task Phone_ShowsOneColumnAtATime_ChosenOrSwipedTo_AndMovesByTheMenu()
    {
        await _bed.AddLeadAsync("olena", 1);
        var page = await _bed.OpenAsAsync("olena", "/board", phone: true);
        await ReadyAsync(page);
        var chooser = page.Locator(".board-chooser button");
        await Assertions.Expect(chooser.First).ToHaveAttributeAsync("aria-current", "true");
        await Assertions.Expect(chooser.First).ToContainTextAsync("1");
        await OneInSightAsync(page);

        await page.Locator(".card-move").TapAsync();
        await page.Locator(".move-target").Nth(1).TapAsync();
        await Assertions.Expect(chooser.Nth(1)).ToContainTextAsync("1");
        await chooser.Nth(1).TapAsync();

        await Assertions.Expect(chooser.Nth(1)).ToHaveAttributeAsync("aria-current", "true");
        await Assertions.Expect(page.Locator(".column").Nth(1).Locator(".card")).ToBeInViewportAsync();
        await OneInSightAsync(page);
        await page.EvaluateAsync("() => document.querySelector('.board').scrollTo({ left: 0, behavior: 'instant' })");
        await Assertions.Expect(chooser.First).ToHaveAttributeAsync("aria-current", "true");
        await OneInSightAsync(page);
    }

    [Theory]
    [InlineData("/board", false, ColorScheme.Light, "uk")]
    [InlineData("/board", true, ColorScheme.Dark, "uk")]
    [InlineData("/board?by=agent", false, ColorScheme.Dark, "en")]
    [InlineData("/board?by=followup", true, ColorScheme.Light, "en")]
    [InlineData("/board?by=followup", false, ColorScheme.Light, "uk")]
    public async Task Board_IsAccessible_AndNeverWiderThanTheScreen(
        string address,
        bool phone,
        ColorScheme theme,
        string language
    )
    {
        var lead = await _bed.AddLeadAsync("olena", 1);
        await DressAsync(lead.Id);
        await _bed.AddLeadAsync("andrii", 2);
        var page = await _bed.OpenAsAsync("admin.demo", address, phone, language, theme);
        await ReadyAsync(page, 2);

        await BrowserBed.AssertAccessibleAsync(page);
        Assert.False(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"));
    }

    private static System.Globalization.CultureInfo Languages => System.Globalization.CultureInfo.InvariantCulture;

    // Cards are there and the script listens.
    private static async Task ReadyAsync(IPage page, int cards = 1)
    {
        await Assertions.Expect(page.Locator(".card")).ToHaveCountAsync(cards);
        await page.WaitForFunctionAsync("() => document.querySelector('.board')?.dataset.watched !== undefined");
    }

    // Waits for it: a column glides in.
    private static Task OneInSightAsync(IPage page) =>
        page.WaitForFunctionAsync(
            """
            () => [...document.querySelectorAll(".column")].filter((column) => {
              const box = column.getBoundingClientRect();
              return box.right > 8 && box.left < innerWidth - 8;
            }).length === 1
            """
        );

    // Which card stands at the top of the first column, and how far from its edge.
    private static Task<string> SeenAsync(IPage page) =>
        page.EvaluateAsync<string>(
            """
            () => {
              const list = document.querySelector(".column-cards");
              const card = [...list.querySelectorAll(".card")].find((one) => one.offsetTop + one.offsetHeight > list.scrollTop);
              return `${card.dataset.card} ${Math.round(card.offsetTop - list.scrollTop)}`;
            }
            """
        );

    // Everything that a card can say.
    private async Task DressAsync(Guid leadId)
    {
        var olena = await _bed.PersonAsync("olena");
        var due = DateTimeOffset.UtcNow.AddDays(1);
        await _bed.UseAsync<FollowUpService, bool>(async followUps =>
        {
            await followUps.AddAsync(
                olena,
                Guid.CreateVersion7(),
                leadId,
                new("Показати віллу біля моря", null, due),
                Token
            );
            return true;
        });
        await _bed.Hub.Database.InTransactionAsync(
            (db, token) =>
                db.Database.ExecuteSqlAsync(
                    $"""
                    UPDATE leads SET attention = 5, budget_from = 200000, budget_to = 500000, country = 'Оман',
                        updated_at = now() - interval '30 days', stage_changed_at = now() - interval '40 days'
                    WHERE id = {leadId};
                    UPDATE follow_ups SET due_at = now() - interval '2 days' WHERE lead_id = {leadId};
                    UPDATE outbox SET parked_at = now() WHERE lead_id = {leadId};
                    INSERT INTO comments (id, lead_id, author_name, body, origin, created_at)
                    VALUES (gen_random_uuid(), {leadId}, 'Марія з офісу', 'Передзвоніть', 2, now() - interval '3 hours')
                    """,
                    token
                ),
            Token
        );
    }

    private Task MultiplyAsync(Guid leadId, int times) =>
        _bed.Hub.Database.InTransactionAsync(
            (db, token) =>
                db.Database.ExecuteSqlAsync(
                    $"""
                    INSERT INTO leads (id, agent_id, team_id, stage_id, status, stage_changed_at, client_name, currency,
                        attention, is_demo, search_text, created_at, updated_at)
                    SELECT gen_random_uuid(), agent_id, team_id, stage_id, status, stage_changed_at - n * interval '1 minute',
                        'Клієнт ' || (2000 + n), currency, attention, is_demo, search_text, created_at, updated_at
                    FROM leads, generate_series(1, {times}) AS n WHERE id = {leadId}
                    """,
                    token
                ),
            Token
        );
}
