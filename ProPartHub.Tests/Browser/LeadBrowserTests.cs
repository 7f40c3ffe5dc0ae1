using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProPartHub.Domain.Leads;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Browser;

public sealed class LeadBrowserTests(ChromiumFixture chromium) : IAsyncLifetime
{
    private BrowserBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bed = await BrowserBed.StartAsync(chromium, Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task NewLead_TypedInTheForm_ShowsOnItsPage_AndGlowsInAnOpenList()
    {
        var list = await _bed.OpenAsAsync("taras", "/leads");
        await Assertions.Expect(list.Locator(".empty-state")).ToBeVisibleAsync();
        var page = await _bed.OpenAsAsync("olena", "/leads/new");
        await page.Locator("#lead-ClientName").FillAsync("Їжак <b>Остап</b>");
        await page.Locator("#lead-Phone").FillAsync("050 123 45 67");
        await page.Locator("#lead-Phone").BlurAsync();
        await page.Locator("main form button[type=submit]").ClickAsync();

        await Assertions
            .Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 }))
            .ToHaveTextAsync("Їжак <b>Остап</b>");
        await Assertions.Expect(list.Locator("tr.glow")).ToContainTextAsync("Їжак <b>Остап</b>");
    }

    [Fact]
    public async Task NewLead_Faults_StandAtTheirFields_AndKeepWhatWasTyped()
    {
        var page = await _bed.OpenAsAsync("olena", "/leads/new");
        await page.Locator("#lead-ClientName").FillAsync("Олена");
        await page.Locator("#lead-Phone").FillAsync("12");
        await page.Locator("#lead-Email").FillAsync("olena@");
        await page.Locator("#lead-Email").BlurAsync();
        await page.Locator("main form button[type=submit]").ClickAsync();

        await Assertions.Expect(page.Locator("#lead-Phone-error")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#lead-Email-error")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#lead-ClientName")).ToHaveValueAsync("Олена");
        await Assertions.Expect(page.Locator("#lead-Phone")).ToHaveValueAsync("12");
    }

    [Fact]
    public async Task ChangeByAColleague_GlowsInTheOtherWindow_WithoutAnyRequest()
    {
        var olena = await _bed.PersonAsync("olena");
        var lead = await _bed.AddLeadAsync("olena", 1);
        var list = await _bed.OpenAsAsync("taras", "/leads");
        await Assertions.Expect(list.GetByText("Клієнт 1")).ToBeVisibleAsync();
        var requests = BrowserBed.Requests(list);

        await _bed.UseAsync<LeadService, LeadEditResult>(leads =>
            leads.EditAsync(
                olena,
                lead.Id,
                HubBed.Input(1).Normalised(),
                HubBed.Input(1) with
                {
                    ClientName = "Змінений Клієнт",
                },
                new HashSet<LeadField>(),
                Token
            )
        );

        await Assertions.Expect(list.Locator("tr.glow")).ToContainTextAsync("Змінений Клієнт");
        Assert.Empty(requests);
    }

    [Fact]
    public async Task LeadOfAnotherAgent_ByItsAddress_IsNotThere()
    {
        var lead = await _bed.AddLeadAsync("olena", 1);

        var page = await _bed.OpenAsAsync("oliver", $"/leads/{lead.Id}");

        await Assertions.Expect(page.Locator(".notice")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Клієнт 1")).Not.ToBeVisibleAsync();
    }

    [Fact]
    public async Task Comment_Written_StandsInTheTimeline_AsPlainText()
    {
        var lead = await _bed.AddLeadAsync("olena", 1);
        var page = await _bed.OpenAsAsync("olena", $"/leads/{lead.Id}");
        const string Text = "<img src=x onerror=alert(1)> 👋 \u202Eשלום";

        await page.Locator("#comment").FillAsync(Text);
        await page.Locator("form.writer button[type=submit]").ClickAsync();

        await Assertions.Expect(page.Locator(".comment-text").First).ToHaveTextAsync(Text);
        Assert.Equal(0, await page.Locator(".entry img").CountAsync());
    }

    [Theory]
    [InlineData("/leads", false, ColorScheme.Light)]
    [InlineData("/leads", true, ColorScheme.Dark)]
    [InlineData("/leads/new", false, ColorScheme.Dark)]
    [InlineData("/leads/new", true, ColorScheme.Light)]
    [InlineData("lead", false, ColorScheme.Light)]
    [InlineData("lead", true, ColorScheme.Dark)]
    public async Task Page_IsAccessible_AndNeverWiderThanTheScreen(string address, bool phone, ColorScheme theme)
    {
        var lead = await _bed.AddLeadAsync("olena", 1);
        await _bed.AddLeadAsync("olena", 2);
        var page = await _bed.OpenAsAsync(
            "olena",
            address == "lead" ? $"/leads/{lead.Id}" : address,
            phone,
            theme: theme
        );
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".skeleton, .skeleton-rows")).ToHaveCountAsync(0);

        await BrowserBed.AssertAccessibleAsync(page);
        Assert.False(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"));
    }

    [Fact]
    public async Task OnAPhone_WhatReachesTheClient_StaysUnderTheThumb()
    {
        var lead = await _bed.AddLeadAsync("olena", 1);
        var page = await _bed.OpenAsAsync("olena", $"/leads/{lead.Id}", phone: true, theme: ColorScheme.Dark);
        var bar = page.Locator(".action-bar");
        await Assertions.Expect(bar.Locator("a[href='tel:+380501000001']")).ToBeInViewportAsync();
        await Assertions.Expect(bar.Locator("a[href^='https://wa.me/380501000001']")).ToBeInViewportAsync();
        await BrowserBed.ShootAsync(page, "lead-phone-bar");

        await bar.Locator("button").ClickAsync();

        await Assertions.Expect(page.Locator("#comment")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("#comment")).ToBeInViewportAsync();
        await BrowserBed.ShootAsync(page, "lead-phone-comment");
    }

    [Fact]
    public async Task List_FilterSortAndSearch_LiveInTheAddress()
    {
        await _bed.AddLeadAsync("olena", 1);
        await _bed.AddLeadAsync("olena", 2);
        var page = await _bed.OpenAsAsync("olena", "/leads");
        await Assertions.Expect(page.Locator("tr.row")).ToHaveCountAsync(2);

        await page.GetByRole(AriaRole.Searchbox).FillAsync("Клієнт 2");
        await page.GetByRole(AriaRole.Searchbox).PressAsync("Enter");

        await Assertions.Expect(page).ToHaveURLAsync(new Regex("[?&]q="));
        await Assertions.Expect(page.Locator("tr.row")).ToHaveCountAsync(1);
        await page.GoBackAsync();
        await Assertions.Expect(page.Locator("tr.row")).ToHaveCountAsync(2);
    }
}
