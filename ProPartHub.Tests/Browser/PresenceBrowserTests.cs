using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProPartHub.Domain.Leads;
using Xunit;

namespace ProPartHub.Tests.Browser;

/// <summary>Two people on one lead see each other come, type and go; a wall shows what they do.</summary>
public sealed class PresenceBrowserTests(ChromiumFixture chromium) : IAsyncLifetime
{
    private BrowserBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bed = await BrowserBed.StartAsync(chromium, Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task Colleague_IsSeen_TypingEditingAndLeaving_OnTheLeadAndOnTheBoard()
    {
        var lead = await _bed.AddLeadAsync("olena", 1);
        var board = await _bed.OpenAsAsync("admin.demo", "/board");
        await Assertions.Expect(board.Locator(".board[data-watched] .card")).ToHaveCountAsync(1);
        var agent = await _bed.OpenAsAsync("olena", $"/leads/{lead.Id}");
        await Assertions.Expect(agent.Locator("#comment")).ToBeVisibleAsync();
        await Assertions
            .Expect(board.Locator(".card-present"))
            .ToHaveAttributeAsync("title", "Зараз переглядають: Олена Шевчук");

        var manager = await _bed.OpenAsAsync("taras", $"/leads/{lead.Id}");
        await Assertions.Expect(manager.Locator(".presence-name")).ToHaveTextAsync("Олена Шевчук");
        await Assertions.Expect(agent.Locator(".presence-name")).ToHaveCountAsync(1);
        await Assertions.Expect(agent.Locator("[data-presence]")).ToContainTextAsync("переглядає цей лід");

        await agent.Locator("#comment").PressSequentiallyAsync("Добрий день");
        await Assertions.Expect(manager.Locator(".presence-doing")).ToHaveTextAsync("пише коментар");
        await Assertions.Expect(board.Locator(".card-face-busy")).ToHaveCountAsync(1);
        await Assertions
            .Expect(board.Locator(".card-present"))
            .ToHaveAttributeAsync("title", new Regex("^Пише коментар: Олена Шевчук. Зараз переглядають: "));
        await BrowserBed.AssertAccessibleAsync(board);
        await BrowserBed.ShootAsync(board, "presence-board-1440-light");
        await BrowserBed.AssertAccessibleAsync(manager);
        await BrowserBed.ShootAsync(manager, "presence-lead-1440-light");
        await agent.Locator("#comment").FillAsync("");
        await Assertions.Expect(manager.Locator(".presence-doing")).ToHaveCountAsync(0);
        await Assertions.Expect(board.Locator(".card-face-busy")).ToHaveCountAsync(0);

        await agent.Locator("main [data-command=Edit]").ClickAsync();
        await Assertions.Expect(manager.Locator(".presence-doing")).ToHaveTextAsync("редагує лід");
        await ShootEverywhereAsync(manager, "presence-lead");

        await agent.CloseAsync();
        await Assertions.Expect(manager.Locator(".presence")).ToHaveCountAsync(0);
        await Assertions.Expect(board.Locator(".card-present")).ToHaveCountAsync(1);
        await manager.CloseAsync();
        await Assertions.Expect(board.Locator(".card-present")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Wall_ShowsAMoveAndANewLead_AndIsLeftByEsc()
    {
        await _bed.AddLeadAsync("olena", 1);
        var agent = await _bed.OpenAsAsync("olena", "/board");
        var wall = await _bed.OpenAsAsync("admin.demo", "/board");
        await wall.SetViewportSizeAsync(1920, 1080);
        await Assertions.Expect(wall.Locator(".board[data-watched]")).ToBeVisibleAsync();
        await wall.Locator(".board-wall").ClickAsync();
        await Assertions.Expect(wall.Locator("[data-wall][data-hung]")).ToBeVisibleAsync();
        await Assertions.Expect(wall.Locator(".shell-bar")).ToHaveCountAsync(0);
        await Assertions.Expect(wall.Locator(".wall-card")).ToHaveCountAsync(1);
        await Assertions.Expect(wall.GetByText("Клієнт 1")).ToHaveCountAsync(0);

        await Assertions.Expect(agent.Locator(".board[data-watched] .card")).ToHaveCountAsync(1);
        await agent.Locator(".card-foot").DragToAsync(agent.Locator(".column").Nth(1).Locator(".column-cards"));
        await Assertions
            .Expect(wall.Locator(".wall-column").Nth(1).Locator(".wall-by"))
            .ToHaveTextAsync("Олена Шевчук");
        await Assertions.Expect(wall.Locator(".gliding")).ToHaveCountAsync(0);

        var second = await _bed.AddLeadAsync("olena", 2);
        await Assertions.Expect(wall.Locator(".wall-moment strong")).ToHaveTextAsync($"L-{second.Number}");
        await Assertions.Expect(wall.Locator("[data-figure=new]")).ToHaveTextAsync("2");
        await BrowserBed.AssertAccessibleAsync(wall);
        await FillAsync();
        await Assertions.Expect(wall.Locator("[data-figure=new]")).ToHaveTextAsync("26");
        await BrowserBed.ShootAsync(wall, "wall-light");
        await wall.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await BrowserBed.AssertAccessibleAsync(wall);
        await BrowserBed.ShootAsync(wall, "wall-dark");

        await wall.Keyboard.PressAsync("Escape");
        await Assertions.Expect(wall.Locator(".board[data-watched]")).ToBeVisibleAsync();
        await Assertions.Expect(wall.Locator("[data-wall]")).ToHaveCountAsync(0);
    }

    // A working day's leads, so that the picture shows a wall in use.
    private async Task FillAsync()
    {
        string[] agents = ["olena", "taras", "admin.demo"];
        var stages = await _bed.UseAsync<StageDirectory, IReadOnlyList<StageItem>>(directory =>
            directory.AllAsync(Token)
        );
        for (var number = 3; number <= 26; number++)
        {
            var actor = await _bed.PersonAsync(agents[number % agents.Length]);
            var lead = await _bed.UseAsync<LeadService, LeadCreated>(leads =>
                leads.CreateAsync(
                    actor,
                    Infrastructure.HubBed.Input(number) with
                    {
                        Country = number % 2 == 0 ? "Оман" : "Іспанія",
                        BudgetFrom = 100_000 + (number * 7_000),
                        BudgetTo = 160_000 + (number * 9_000),
                    },
                    null,
                    Token
                )
            );
            var stage = stages[number % stages.Count];
            if (stage.Status is not LeadStatus.Lost && stage.Id != stages[0].Id)
            {
                await _bed.UseAsync<LeadService, bool>(async leads =>
                {
                    await leads.MoveAsync(actor, lead.Id, stage.Id, null, Token);
                    return true;
                });
            }
        }
    }

    private static async Task ShootEverywhereAsync(IPage page, string name)
    {
        await BrowserBed.ShootAsync(page, $"{name}-1440-edit");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await BrowserBed.ShootAsync(page, $"{name}-1440-dark");
        await page.SetViewportSizeAsync(390, 844);
        await BrowserBed.AssertAccessibleAsync(page);
        await BrowserBed.ShootAsync(page, $"{name}-390-dark");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await BrowserBed.ShootAsync(page, $"{name}-390-light");
    }
}
