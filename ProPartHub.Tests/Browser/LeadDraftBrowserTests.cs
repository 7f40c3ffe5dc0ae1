using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProPartHub.Domain.Leads;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Live;
using Xunit;

namespace ProPartHub.Tests.Browser;

/// <summary>What is being typed outlives the page, and only for the person who typed it.</summary>
public sealed class LeadDraftBrowserTests(ChromiumFixture chromium) : IAsyncLifetime
{
    private const string Name = "#lead-ClientName";
    private const string Notice = ".draft-notice";
    private BrowserBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bed = await BrowserBed.StartAsync(chromium, Token);

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task NewLead_Typed_IsBackAfterAReload_AndGoneWhenSaved()
    {
        var page = await _bed.OpenAsAsync("olena", "/leads/new");
        await page.Locator(Name).FillAsync("Їжак 👋");
        await page.Locator("#lead-Phone").FillAsync("050 123 45 67");
        await page.Locator("#lead-Notes").FillAsync("перший\nдругий");
        await page.Locator(".chip").Nth(1).ClickAsync();
        await StoredAsync(page, "500000");
        await page.Locator("#lead-Country").SelectOptionAsync("Оман");
        await StoredAsync(page, "Оман");

        await page.ReloadAsync();

        await Assertions.Expect(page.Locator(Notice)).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(Name)).ToHaveValueAsync("Їжак 👋");
        await Assertions.Expect(page.Locator("#lead-Notes")).ToHaveValueAsync("перший\nдругий");
        await Assertions.Expect(page.Locator("#lead-BudgetTo")).ToHaveValueAsync("500000");
        await Assertions.Expect(page.Locator("#lead-Country")).ToHaveValueAsync("Оман");

        await page.Locator("main form button[type=submit]").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Їжак 👋");
        await page.GotoAsync("/leads/new");
        await Assertions.Expect(page.Locator(Name)).ToHaveValueAsync("");
        await NoDraftAsync(page);
    }

    [Fact]
    public async Task NewLead_DraftDiscarded_LeavesAnEmptyForm()
    {
        var page = await _bed.OpenAsAsync("olena", "/leads/new");
        await page.Locator(Name).FillAsync("Непотрібний");
        await StoredAsync(page, "Непотрібний");
        await page.ReloadAsync();

        await page.Locator(".draft-discard").ClickAsync();

        await Assertions.Expect(page.Locator(Name)).ToHaveValueAsync("");
        await Assertions.Expect(page.Locator(Notice)).ToHaveCountAsync(0);
        await NoDraftAsync(page);
    }

    [Fact]
    public async Task Edit_PageKilled_OpensTheFormAgain_AndStillNoticesAColleaguesChange()
    {
        var olena = await _bed.PersonAsync("olena");
        var lead = await _bed.AddLeadAsync("olena", 1);
        var killed = await _bed.OpenAsAsync("olena", $"/leads/{lead.Id}");
        await killed.Locator(".page-header button").First.ClickAsync();
        await killed.Locator("#lead-Company").FillAsync("Моя назва");
        await killed.Locator("#lead-Notes").FillAsync("Мої примітки");
        await StoredAsync(killed, "Моя назва");
        await StoredAsync(killed, "Мої примітки");
        await killed.CloseAsync();
        await _bed.UseAsync<LeadService, LeadEditResult>(leads =>
            leads.EditAsync(
                olena,
                lead.Id,
                HubBed.Input(1),
                HubBed.Input(1) with
                {
                    Company = "Чужа назва",
                },
                new HashSet<LeadField>(),
                Token
            )
        );

        var page = await killed.Context.NewPageAsync();
        await page.GotoAsync($"/leads/{lead.Id}");

        await Assertions.Expect(page.Locator("#lead-Company")).ToHaveValueAsync("Моя назва");
        await page.Locator("main form button[type=submit]").First.ClickAsync();
        await Assertions.Expect(page.Locator("fieldset.conflict")).ToContainTextAsync("Чужа назва");
        await page.Locator("fieldset.conflict input").First.CheckAsync();
        await page.Locator("main form button[type=submit]").First.ClickAsync();
        await Assertions.Expect(page.Locator(".facts").GetByText("Моя назва")).ToBeVisibleAsync();
        await NoDraftAsync(page);
    }

    [Fact]
    public async Task Comment_Typed_IsBackAfterAReload_AndGoneOnSignOut()
    {
        var lead = await _bed.AddLeadAsync("olena", 1);
        var page = await _bed.OpenAsAsync("olena", $"/leads/{lead.Id}");
        await page.Locator("#comment").FillAsync("Передзвонити завтра");
        await StoredAsync(page, "Передзвонити");
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("#comment")).ToHaveValueAsync("Передзвонити завтра");

        await page.Locator("button.avatar").ClickAsync();
        await page.Locator("form[data-signs-out] button").ClickAsync();
        await SignedOutAsync(page);

        await NoDraftAsync(page);
    }

    [Fact]
    public async Task AnotherPersonOnTheSameBrowser_NeverSeesTheDraft_AndDoesNotTakeItAway()
    {
        var page = await _bed.OpenAsAsync("olena", "/leads/new");
        await page.Locator(Name).FillAsync("Таємний клієнт");
        await StoredAsync(page, "Таємний");

        await _bed.SignInAsync(page, "taras", "/leads/new");
        await page.Locator("#lead-Company").FillAsync("Справа Тараса");
        await StoredAsync(page, "Справа Тараса");
        await Assertions.Expect(page.Locator(Name)).ToHaveValueAsync("");
        await page.Locator("button.avatar").ClickAsync();
        await page.Locator("form[data-signs-out] button").ClickAsync();
        await SignedOutAsync(page);

        await _bed.SignInAsync(page, "olena", "/leads/new");
        await Assertions.Expect(page.Locator(Name)).ToHaveValueAsync("Таємний клієнт");
        await Assertions.Expect(page.Locator("#lead-Company")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task Draft_OlderThanSevenDays_IsGone()
    {
        var page = await _bed.OpenAsAsync("olena", "/leads/new");
        await page.Locator(Name).FillAsync("Торішній");
        await StoredAsync(page, "Торішній");
        // As if it had been typed a week and a minute ago.
        await page.EvaluateAsync(
            """
            () => {
              const key = Object.keys(localStorage).find((name) => name.startsWith("hub-draft:"));
              const draft = JSON.parse(localStorage.getItem(key));
              localStorage.setItem(key, JSON.stringify({ ...draft, at: draft.at - (7 * 24 * 60 + 1) * 60 * 1000 }));
            }
            """
        );

        await page.ReloadAsync();

        await Assertions.Expect(page.Locator(Name)).ToBeVisibleAsync();
        await NoDraftAsync(page);
        await Assertions.Expect(page.Locator(Name)).ToHaveValueAsync("");
    }

    private static Task SignedOutAsync(IPage page) =>
        Assertions.Expect(page).ToHaveURLAsync(new Regex("/account/login"));

    private static Task StoredAsync(IPage page, string text) =>
        Eventually.IsAsync(
            () =>
                page.EvaluateAsync<bool>(
                    "text => Object.keys(localStorage).some(key => key.startsWith('hub-draft:') && localStorage[key].includes(text))",
                    text
                ),
            Token
        );

    private static Task NoDraftAsync(IPage page) =>
        Eventually.IsAsync(
            () => page.EvaluateAsync<bool>("!Object.keys(localStorage).some(key => key.startsWith('hub-draft:'))"),
            Token
        );
}
