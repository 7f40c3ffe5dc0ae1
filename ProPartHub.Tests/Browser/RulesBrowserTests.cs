using Microsoft.Playwright;
using ProPartHub.Domain.Assignment;
using ProPartHub.Domain.Claims;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Browser;

/// <summary>An agent asks for a client, the manager decides and both are told; pages about what works by itself fit.</summary>
public sealed class RulesBrowserTests(ChromiumFixture chromium) : IAsyncLifetime
{
    private BrowserBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bed = await BrowserBed.StartAsync(chromium, Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task AgentAsks_ManagerGrants_AndTheAgentWritesToTheClient()
    {
        var lead = await _bed.AddLeadAsync("yurii", 1);
        var agent = await _bed.OpenAsAsync("olena", "/leads/new");
        await agent.Locator("[name=Phone]").FillAsync(HubBed.Input(1).Phone!);
        await agent.Locator("[name=Email]").FocusAsync();
        await agent.Locator("#ask-words").FillAsync("Клієнтка звернулася до мене сама");
        await agent.Locator(".ask button").ClickAsync();
        await Assertions.Expect(agent.Locator(".ask a[href='/claims']")).ToBeVisibleAsync();
        await Assertions.Expect(agent.Locator("main")).Not.ToContainTextAsync("Ґалаґан");

        var manager = await _bed.OpenAsAsync("taras", "/admin/claims");
        await Assertions.Expect(manager.Locator(".claim-words")).ToHaveTextAsync("Клієнтка звернулася до мене сама");
        await Assertions.Expect(manager.Locator(".claim-sides")).ToContainTextAsync("Юрій Ґалаґан");
        await manager.Locator("main .rule-card textarea").FillAsync("Домовилися");
        await manager.Locator("main .rule-card .button-primary").ClickAsync();
        await Assertions.Expect(manager.Locator("main .said")).ToContainTextAsync("Олена Шевчук");
        await Assertions.Expect(agent.Locator(".bell-count")).ToHaveTextAsync("2");

        await agent.GotoAsync("/templates");
        await agent.Locator(".page-header .button-primary").ClickAsync();
        await agent.Locator("main [name=name]").FillAsync("Знайомство");
        await agent.Locator("main [name=body-Uk]").FillAsync("Вітаю, {client}! Це {agent} & друзі.");
        await agent.Locator("main form [type=submit]").ClickAsync();
        await Assertions.Expect(agent.Locator("main .rule-card h2")).ToHaveTextAsync("Знайомство");

        await agent.GotoAsync($"/leads/{lead.Id}");
        await Assertions.Expect(agent.Locator(".protection")).ToBeVisibleAsync();
        await agent.Locator(".messages > button").ClickAsync();
        var link = agent.Locator(".messages a.button-primary");
        await Assertions
            .Expect(link)
            .ToHaveAttributeAsync(
                "href",
                $"https://wa.me/380501000001?text={Uri.EscapeDataString("Вітаю, Клієнт 1! Це Олена Шевчук & друзі.")}"
            );
        // The program is another's: what matters is that it was opened.
        await agent.Context.RouteAsync("https://wa.me/**", route => route.FulfillAsync(new() { Body = "" }));
        await link.ClickAsync();
        await agent.Locator(".messages-acts button").ClickAsync();
        await Assertions.Expect(agent.Locator(".entry").First).ToContainTextAsync("Вітаю, Клієнт 1!");
        await BrowserBed.AssertAccessibleAsync(agent);
    }

    [Theory]
    [InlineData(false, "uk", ColorScheme.Light)]
    [InlineData(true, "uk", ColorScheme.Dark)]
    [InlineData(true, "en", ColorScheme.Light)]
    public async Task Pages_AreAccessible_AndFitTheScreen(bool phone, string language, ColorScheme theme)
    {
        await SeedAsync();
        var page = await _bed.OpenAsAsync("admin.demo", "/admin/rules", phone, language, theme);
        if (language == "en")
        {
            await page.GotoAsync("/culture?c=en&returnUrl=/admin/rules");
        }

        await LookAsync(page, "rules", ".rule-card");
        await page.Locator(".page-header .button-primary").ClickAsync();
        await page.Locator("main form [name=name]").WaitForAsync();
        await LookAsync(page, "rules-form", "main form [name=name]");
        foreach (var (name, address) in Pages)
        {
            await page.GotoAsync(address);
            await LookAsync(page, name, ".rule-card");
            if (name is "assignment" or "templates")
            {
                await page.Locator(".page-header .button-primary").ClickAsync();
                await LookAsync(page, $"{name}-form", "main form [name=name]");
            }
        }
    }

    private static IReadOnlyList<(string Name, string Address)> Pages { get; } =
    [
        ("assignment", "/admin/assignment"),
        ("claims", "/admin/claims"),
        ("availability", "/availability"),
        ("templates", "/templates"),
    ];

    private async Task SeedAsync()
    {
        var (admin, olena) = (await _bed.PersonAsync("admin.demo"), await _bed.PersonAsync("olena"));
        await _bed.AddLeadAsync("yurii", 1);
        await _bed.UseAsync<ClaimRequests, bool>(claims =>
            claims.AskAsync(
                olena,
                Guid.CreateVersion7(),
                HubBed.Input(1).Phone,
                "Клієнтка звернулася до мене сама",
                Token
            )
        );
        await _bed.UseAsync<LeadService, LeadCreated>(leads => leads.CreateAsync(admin, HubBed.Input(2), null, Token));
        await _bed.AddAutomationAsync(admin, olena.TeamId, Token);
        await AwayAsync(admin, olena);
    }

    private Task<bool> AwayAsync(Actor admin, Actor olena) =>
        _bed.UseAsync<Availability, bool>(async availability =>
        {
            var today = DateOnly.FromDateTime(DateTime.UtcNow);
            await availability.AddAbsenceAsync(
                admin,
                olena.UserId,
                Guid.CreateVersion7(),
                today.AddDays(1),
                today.AddDays(9),
                Token
            );
            return true;
        });

    private static async Task LookAsync(IPage page, string name, string loaded)
    {
        await page.Locator(loaded).First.WaitForAsync();
        await BrowserBed.AssertAccessibleAsync(page);
        Assert.Equal(
            await page.EvaluateAsync<int>("window.innerWidth"),
            await page.EvaluateAsync<int>("document.documentElement.scrollWidth")
        );
        if (Environment.GetEnvironmentVariable("RULES_SCREENSHOTS") is { } folder)
        {
            var size = page.ViewportSize!.Width;
            await page.ScreenshotAsync(
                new()
                {
                    Path = Path.Combine(
                        folder,
                        $"{name}-{size}-{await page.Locator("html").GetAttributeAsync("lang")}.png"
                    ),
                    FullPage = true,
                }
            );
        }
    }
}
