using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProPartHub.Domain.Dashboards;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Browser;

/// <summary>The start page in real browsers: live between two people, seen only when looked at, on a phone as well.</summary>
public sealed class DashboardBrowserTests(ChromiumFixture chromium) : IAsyncLifetime
{
    private BrowserBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bed = await BrowserBed.StartAsync(chromium, Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task WhatTheManagerDoes_ShowsOnTheAgentsPage_AndCountsAsSeenOnceLookedAt()
    {
        var lead = await SeedAsync();
        var agent = await _bed.OpenAsAsync("olena", "/");
        await Assertions.Expect(agent.Locator(".agenda li")).ToHaveCountAsync(3);
        await Assertions.Expect(agent.Locator(".ranking tbody tr")).ToHaveCountAsync(1);

        var manager = await _bed.PersonAsync("taras");
        var won = await _bed.UseAsync<StageDirectory, Guid>(async stages =>
            (await stages.AllAsync(Token)).First(stage => stage.Status is LeadStatus.Won).Id
        );
        await _bed.UseAsync<LeadService, LeadPlace>(leads => leads.MoveAsync(manager, lead, won, null, Token));

        await Assertions.Expect(agent.Locator(".news li").First).ToContainTextAsync("Клієнт 1");
        await Assertions.Expect(agent.Locator("a.figure[href$='status=won'] .figure-value")).ToHaveTextAsync("1");
        await Assertions
            .Expect(agent.Locator(".level-points"))
            .ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^1.300 "));
        await agent.Locator(".news-end").ScrollIntoViewIfNeededAsync();
        await Live.Eventually.IsAsync(async () => await MarksAsync() == 1, Token);

        var second = await _bed.OpenAsAsync("taras", "/");
        await Assertions.Expect(second.Locator(".team tbody tr").First).ToBeVisibleAsync();
        await second.Locator(".agenda button").First.ClickAsync();
        await Assertions.Expect(agent.Locator(".agenda li")).ToHaveCountAsync(2);
    }

    [Theory]
    [InlineData("olena", true, "uk", ColorScheme.Light)]
    [InlineData("olena", true, "en", ColorScheme.Dark)]
    [InlineData("admin.demo", false, "uk", ColorScheme.Dark)]
    [InlineData("taras", true, "uk", ColorScheme.Light)]
    public async Task Page_IsAccessible_AndFitsTheScreen(string person, bool phone, string language, ColorScheme theme)
    {
        await SeedAsync();
        var page = await _bed.OpenAsAsync(person, "/", phone, language, theme);
        await Assertions.Expect(page.Locator(".ranking tbody tr").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".trend-table")).ToBeVisibleAsync();
        await BrowserBed.AssertAccessibleAsync(page);
        Assert.Equal(
            await page.EvaluateAsync<int>("window.innerWidth"),
            await page.EvaluateAsync<int>("document.documentElement.scrollWidth")
        );
        await ShootAsync(page, $"{person}-{(phone ? "phone" : "desk")}-{language}-{theme}");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task LeadsOfAList_AreWalkedOneByOne_AndBackLeadsToTheStartPage(bool phone)
    {
        await SeedAsync();
        var page = await _bed.OpenAsAsync("olena", "/", phone);
        var leads = page.Locator("[data-leads=agenda] a[href^='/leads/']");
        await Assertions.Expect(leads).ToHaveCountAsync(3);
        var ids = new List<string>();
        foreach (var link in await leads.AllAsync())
        {
            ids.Add((await link.GetAttributeAsync("href"))!);
        }

        await leads.Nth(1).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(Regex.Escape(ids[1])));
        await StepAsync("NextLead", 2);
        await Assertions.Expect(page.Locator("main [data-command=NextLead]")).ToBeDisabledAsync();
        await StepAsync("PreviousLead", 1);
        await StepAsync("PreviousLead", 0);
        await Assertions.Expect(page.Locator("main [data-command=PreviousLead]")).ToBeDisabledAsync();
        await Assertions.Expect(page.Locator(".neighbours-back")).ToContainTextAsync("Сьогодні");
        await BrowserBed.AssertAccessibleAsync(page);
        await page.Locator(".neighbours-back").ClickAsync();

        await Assertions.Expect(leads).ToHaveCountAsync(3);
        return;

        // Once the button means that lead: the address is ahead of what the page shows.
        async Task StepAsync(string command, int to)
        {
            var path = new Uri(new Uri(page.Url), ids[to]).AbsolutePath;
            await page.Locator($"main [data-command={command}][data-row='{path}']").ClickAsync();
            await Assertions.Expect(page).ToHaveURLAsync(new Regex(Regex.Escape(path)));
        }
    }

    private async Task<int> MarksAsync()
    {
        await using var db = await _bed.Hub.Database.ReadAsync(Token);
        return db.SeenMarks.Count();
    }

    private static async Task ShootAsync(IPage page, string name)
    {
        await BrowserBed.ShootAsync(page, name);
        await page.EvaluateAsync("document.getElementById('main').scrollTo(0, 99999)");
        await BrowserBed.ShootAsync(page, name + "-end");
    }

    // Leads in several stages, follow-ups late and to come, and a word from HubSpot's side.
    private async Task<Guid> SeedAsync()
    {
        var (olena, taras) = (await _bed.PersonAsync("olena"), await _bed.PersonAsync("taras"));
        var stages = await _bed.UseAsync<StageDirectory, IReadOnlyList<StageItem>>(all => all.AllAsync(Token));
        var first = Guid.Empty;
        for (var number = 1; number <= 3; number++)
        {
            var lead = await _bed.UseAsync<LeadService, LeadCreated>(leads =>
                leads.CreateAsync(
                    olena,
                    HubBed.Input(number) with
                    {
                        BudgetFrom = 200_000,
                        BudgetTo = 400_000,
                        Currency = "USD",
                    },
                    olena.UserId,
                    Token
                )
            );
            first = number == 1 ? lead.Id : first;
            var stage = stages.Where(stage => stage.Status < LeadStatus.Won).ElementAt(number % 3).Id;
            await _bed.UseAsync<LeadService, LeadPlace>(leads => leads.MoveAsync(olena, lead.Id, stage, null, Token));
            await _bed.UseAsync<FollowUpService, bool>(async followUps =>
            {
                var input = new FollowUpInput($"Показати віллу {number}", null, DateTimeOffset.UtcNow.AddDays(number));
                await followUps.AddAsync(olena, Guid.CreateVersion7(), lead.Id, input, Token);
                return true;
            });
        }

        await _bed.UseAsync<CommentService, bool>(async comments =>
        {
            await comments.AddAsync(
                taras,
                Guid.CreateVersion7(),
                first,
                "Клієнт просить показати ще два об’єкти",
                null,
                Token
            );
            return true;
        });
        return first;
    }
}
