using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.Outbox;
using ProPartHub.Tests.HubSpot.Sync;
using ProPartHub.Web.Components.HubSpot;
using Xunit;

namespace ProPartHub.Tests.Components.HubSpot;

/// <summary>The sync page over real rows: what it shows follows the feed, and each button does what it says.</summary>
public sealed class SyncPageTests : HubComponentTest
{
    private SyncDesk _desk = null!;

    protected override async Task ArrangeAsync()
    {
        _desk = await SyncDesk.CreateAsync(Token);
        Services.AddSingleton(_desk.Get<SyncMonitor>());
        Services.AddSingleton(new AgencySignal());
        Services.AddSingleton(_desk.Get<SyncStatusQueries>());
        Services.AddSingleton(_desk.Get<SyncTroubleQueries>());
        Services.AddSingleton(_desk.Get<MappingQueries>());
        Services.AddSingleton(_desk.Get<StageMeaning>());
        Services.AddSingleton(_desk.Get<ConflictService>());
        Services.AddSingleton(_desk.Get<SyncAdmin>());
        Services.AddSingleton(_desk.Get<SyncLogQueries>());
        Services.AddSingleton(_desk.Get<ThroughputQueries>());
        Services.AddSingleton(_desk.Get<WaitingQueries>());
        Services.AddSingleton(_desk.Get<SyncSwitches>());
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await _desk.DisposeAsync();
    }

    [Fact]
    public void WithoutTrouble_EachListSaysSo()
    {
        foreach (
            var (view, title) in new[] { ("parked", "приймає все"), ("conflicts", "немає"), ("problems", "розпізнано") }
        )
        {
            var page = Open($"?view={view}");

            page.WaitForAssertion(() =>
                Assert.Contains(title, page.Find(".empty-state h2").TextContent, StringComparison.Ordinal)
            );
        }
    }

    [Fact]
    public async Task Parked_FollowsTheFeed_AndShowsHubSpotsWordsAsText()
    {
        var page = Open();
        page.WaitForElement(".empty-state");
        var lead = await _desk.LeadAsync(1);
        await _desk.ParkAsync(lead.Id, "<script>alert(1)</script>");

        Feed.Publish(FeedMessage.RefreshAll);

        page.WaitForAssertion(() =>
            Assert.Equal("<script>alert(1)</script>", page.Find("blockquote[lang=en]").TextContent)
        );
        Assert.Equal("1", page.Find(".sync-views [aria-current] .sync-count").TextContent);
    }

    [Fact]
    public async Task Log_SaysInPlainWordsWhatWasDone_AndNamesTheLead()
    {
        var page = Open("?view=log");
        page.WaitForElement(".empty-state");
        var lead = await _desk.LeadAsync(1);
        await _desk.LogAsync(lead.Id, SyncJournal.DealUpdated, "ClientName, Budget");
        await _desk.LogAsync(lead.Id, SyncJournal.Parked, "<b>bad</b>");

        Feed.Publish(FeedMessage.RefreshAll);

        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".log li").Count));
        var rows = page.FindAll(".log li");
        Assert.Contains("HubSpot відхилив", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Equal("<b>bad</b>", rows[0].QuerySelector(".log-detail")!.TextContent);
        Assert.Equal("log-failed", rows[0].ClassName);
        Assert.Equal("Ім’я клієнта, Бюджет", rows[1].QuerySelector(".log-detail")!.TextContent);
        Assert.Equal($"/leads/{lead.Id}", rows[1].QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public void State_FollowsTheEngine()
    {
        var page = Open();
        Assert.StartsWith("HubSpot не під’єднано", State(page), StringComparison.Ordinal);

        _desk.Get<SyncMonitor>().Enter(SyncState.Failing, SyncFault.Unreachable, "Connection refused");

        page.WaitForAssertion(() => Assert.StartsWith("HubSpot не відповідає", State(page), StringComparison.Ordinal));
        Assert.Equal("Connection refused", page.Find("q[lang=en]").TextContent);
    }

    [Fact]
    public async Task EngineInAnotherLanguage_LeavesTheReaderTheirs()
    {
        var page = Open();
        Assert.StartsWith("HubSpot не під’єднано", State(page), StringComparison.Ordinal);

        await Task.Run(
            () =>
            {
                Speak("en");
                _desk.Get<SyncMonitor>().Enter(SyncState.Failing, SyncFault.Unreachable, "Connection refused");
            },
            Token
        );

        page.WaitForElement("q[lang=en]");
        Assert.StartsWith("HubSpot не відповідає", State(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pause_IsStored_AndOffersToResume()
    {
        await _desk.ConnectAsync();
        _desk.Get<SyncMonitor>().Enter(SyncState.Running);
        var page = Open();

        await page.OnAsync(".page-header-actions button", element => element.ClickAsync(new()));

        page.WaitForAssertion(() => Assert.StartsWith("Призупинено", State(page), StringComparison.Ordinal));
        Assert.Equal("Відновити", page.Find(".page-header-actions button").TextContent.Trim());
    }

    [Fact]
    public async Task Pages_AreWalkedByTheAddress()
    {
        for (var number = 1; number <= SyncTroubleQueries.PageSize + 1; number++)
        {
            await _desk.ParkAsync((await _desk.LeadAsync(number)).Id, $"No. {number}");
        }

        var page = Open();
        Assert.Equal("Сторінка 1 з 2", page.WaitForElement(".pager-place").TextContent);
        Services.GetRequiredService<NavigationManager>().NavigateTo(page.Find(".pager a").GetAttribute("href")!);

        page.WaitForAssertion(() => Assert.Single(page.FindAll(".item")));
    }

    [Fact]
    public async Task Retry_TakesTheRowAway_AndSaysSo()
    {
        await _desk.ParkAsync((await _desk.LeadAsync(1)).Id, ParkedReason.NoStage);
        var page = Open();
        Assert.Contains(
            "немає етапу",
            page.WaitForElement(".item p:not(.item-head)").TextContent,
            StringComparison.Ordinal
        );

        await page.OnAsync(".item-actions button", element => element.ClickAsync(new()));

        page.WaitForElement(".empty-state");
        Assert.Equal("1 зміну буде надіслано ще раз", page.Find(".said[role=status]").TextContent);
    }

    [Fact]
    public async Task RetryAll_SaysHowMany()
    {
        foreach (var number in Enumerable.Range(1, 3))
        {
            await _desk.ParkAsync((await _desk.LeadAsync(number)).Id, "No.");
        }

        var page = Open();
        page.WaitForElement(".item");
        await page.OnAsync(".list-tools button", element => element.ClickAsync(new()));

        page.WaitForAssertion(() => Assert.Equal("3 зміни буде надіслано ще раз", page.Find(".said").TextContent));
    }

    [Fact]
    public async Task GiveUp_AsksFirst()
    {
        var lead = await _desk.LeadAsync(1);
        await _desk.ParkAsync(lead.Id, "No.");
        var dialogs = RenderDialogs();
        var page = Open();
        page.WaitForElement(".item");

        var asked = page.OnAsync(".item-actions button", element => element.ClickAsync(new()), 1);
        dialogs.WaitForElement(".mud-dialog");
        Assert.NotNull(await _desk.MarkAsync(lead.Id));
        await dialogs.OnAsync(".mud-dialog-actions button", element => element.ClickAsync(new()), 1);
        await asked;

        page.WaitForElement(".empty-state");
        Assert.Null(await _desk.MarkAsync(lead.Id));
    }

    [Fact]
    public async Task Restore_BringsTheLoserBackInOneClick()
    {
        var lead = await _desk.LeadAsync(1);
        await _desk.ConflictAsync(lead.Id, nameof(LeadField.ClientName), "Наше", "Їхнє");
        var page = Open("?view=conflicts");
        Assert.Equal("Наше", page.WaitForElement(".lost dd").TextContent.Trim());

        await page.OnAsync(".item-actions button", element => element.ClickAsync(new()));

        page.WaitForElement(".empty-state");
        Assert.Equal("Наше", (await _desk.Bed.LoadAsync(lead.Id)).ClientName);
    }

    [Fact]
    public async Task ConflictSettledByAColleague_IsTold_AndGone()
    {
        var lead = await _desk.LeadAsync(1);
        var conflict = await _desk.ConflictAsync(lead.Id, nameof(LeadField.ClientName), "Наше", "Їхнє");
        var page = Open("?view=conflicts");
        page.WaitForElement(".item");
        await _desk.Get<ConflictService>().SettleAsync(_desk.Bed.Nina, conflict, Token);

        await page.OnAsync(".item-actions button", element => element.ClickAsync(new()));

        page.WaitForElement(".empty-state");
        Assert.Equal("Хтось уже це вирішив.", page.Find(".said").TextContent);
    }

    [Fact]
    public void Stages_SayWhatTheyMean()
    {
        var page = Open("?view=stages");

        Assert.Equal("Новий", page.WaitForElement("tbody .stage-chip").TextContent);
        Assert.Contains("власні етапи", page.Find(".pipeline h2 small").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StageMeaning_AsksFirst_AndIsKept()
    {
        await _desk.StageAsync("Задаток", LeadStatus.Qualified);
        var dialogs = RenderDialogs();
        var page = Open("?view=stages");
        const string Choice = "select[aria-label='Що означає «Задаток»']";
        Assert.Equal(nameof(LeadStatus.Qualified), page.WaitForElement(Choice).GetAttribute("value"));

        foreach (var (button, value) in new[] { (0, LeadStatus.Qualified), (1, LeadStatus.Won) })
        {
            var choosing = page.OnAsync(
                Choice,
                element => element.ChangeAsync(new() { Value = nameof(LeadStatus.Won) })
            );
            Assert.Contains(
                "Кваліфікований → Виграно",
                dialogs.WaitForElement(".dialog-text").TextContent,
                StringComparison.Ordinal
            );
            await dialogs.OnAsync(".mud-dialog-actions button", element => element.ClickAsync(new()), button);
            await choosing;

            page.WaitForAssertion(() => Assert.Equal(value.ToString(), page.Find(Choice).GetAttribute("value")));
        }

        Assert.Contains("Задаток", page.Find(".said").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("запропоновано", page.Markup, StringComparison.Ordinal);
    }

    private static string State(IRenderedComponent<SyncPage> page) =>
        page.WaitForElement(".overview-state").TextContent.Trim();

    private IRenderedComponent<SyncPage> Open(string query = "")
    {
        SignIn(_desk.Bed.Ada);
        Services.GetRequiredService<NavigationManager>().NavigateTo("/admin/sync" + query);
        return Render<SyncPage>();
    }
}
