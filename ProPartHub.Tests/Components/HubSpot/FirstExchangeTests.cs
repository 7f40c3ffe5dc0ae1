using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Live;
using ProPartHub.Tests.HubSpot.Sync;
using ProPartHub.Web.Components.HubSpot;
using Xunit;

namespace ProPartHub.Tests.Components.HubSpot;

/// <summary>The preview as an admin meets it: counts, items in plain words, and the button with its question.</summary>
public sealed class FirstExchangeTests : HubComponentTest
{
    private SyncDesk _desk = null!;

    protected override async Task ArrangeAsync()
    {
        _desk = await SyncDesk.CreateAsync(Token);
        Services.AddSingleton(_desk.Get<SyncMonitor>());
        Services.AddSingleton(new ProPartHub.Domain.Agency.AgencySignal());
        Services.AddSingleton(_desk.Get<SyncStatusQueries>());
        Services.AddSingleton(_desk.Get<SyncAdmin>());
        Services.AddSingleton(_desk.Get<SyncSwitches>());
        Services.AddSingleton(_desk.Get<WaitingQueries>());
        Services.AddSingleton(_desk.Get<PreviewQueries>());
        await _desk.ConnectAsync();
        await _desk.ImportedAsync();
        await _desk.Get<SyncSwitches>().SetAsync(_desk.Bed.Ada, SyncPart.Outbound, false, Token);
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await _desk.DisposeAsync();
    }

    [Fact]
    public async Task Differences_StandAsOursThenHubSpots_AndCanBeShownAlone()
    {
        var differing = await _desk.LeadAsync(1);
        var plain = await _desk.LeadAsync(2);
        await _desk.PreviewAsync(
            differing.Id,
            PreviewOutcome.TiedToContact,
            new PreviewField(nameof(LeadField.Company), PreviewFate.OverwrittenHere, "Наша", "Їхня"),
            new PreviewField(nameof(LeadField.Telegram), PreviewFate.FilledThere, "ours", null)
        );
        await _desk.PreviewAsync(plain.Id, PreviewOutcome.ContactMade);

        var page = Open();

        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".item").Count));
        var lost = page.Find(".fate-lost");
        Assert.Equal("Наша → Їхня", Flat(lost.QuerySelector("dd")!.TextContent));
        Assert.Contains("портал → HubSpot", Flat(lost.TextContent), StringComparison.Ordinal);
        Assert.Contains("знайдено за поштою", page.Markup, StringComparison.Ordinal);
        Assert.Contains("Новий контакт і нова угода.", page.Markup, StringComparison.Ordinal);
        Assert.Equal(
            ["2", "1", "1", "1", "0", "1", "0", "0", "0"],
            page.FindAll(".counts dd").Select(count => count.TextContent)
        );

        var only = Open("&only=differing");
        only.WaitForAssertion(() => Assert.Single(only.FindAll(".item")));
        Assert.Equal($"/leads/{differing.Id}", only.Find(".item a").GetAttribute("href"));
    }

    [Fact]
    public async Task WhileItIsWorkedOut_ItSaysHowManyAreLeft_AndFollowsTheFeed()
    {
        var lead = await _desk.LeadAsync(1);
        var page = Open();
        Assert.Equal("Переглядаємо: лишився 1 лід", page.WaitForElement("#preview-left").TextContent);
        Assert.Contains("Ще шукаємо контакт", page.WaitForElement(".item").TextContent, StringComparison.Ordinal);

        await _desk.PreviewAsync(lead.Id, PreviewOutcome.ContactMade);
        Feed.Publish(FeedMessage.RefreshAll);

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("#preview-left")));
        page.WaitForAssertion(() =>
            Assert.Contains("Новий контакт", page.Find(".item").TextContent, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Writing_IsTurnedOnOnlyAfterAQuestionThatRepeatsTheCounts()
    {
        var lead = await _desk.LeadAsync(1);
        await _desk.LeadAsync(2);
        await _desk.PreviewAsync(
            lead.Id,
            PreviewOutcome.TiedToContact,
            new PreviewField(nameof(LeadField.Company), PreviewFate.OverwrittenHere, "Наша", "Їхня")
        );
        var dialogs = RenderDialogs();
        var page = Open();

        foreach (var (button, off) in new[] { (0, SyncPart.Outbound), (1, SyncPart.None) })
        {
            var asked = page.OnAsync(".preview-head button", element => element.ClickAsync(new()));
            dialogs.WaitForElement(".lines");
            Assert.Equal(
                [
                    "Буде створено 1 угоду",
                    "1 угоду буде пов’язано з наявним контактом",
                    "1 значення в лідах замінить значення з HubSpot",
                ],
                dialogs.FindAll(".lines li").Select(line => line.TextContent)
            );
            Assert.Contains("Ще 1 лід не переглянуто", dialogs.Find(".left").TextContent, StringComparison.Ordinal);
            await dialogs.OnAsync(".mud-dialog-actions button", element => element.ClickAsync(new()), button);
            await asked;
            Assert.Equal(
                off,
                await _desk.Bed.ReadAsync(db => db.HubSpotAccounts.Select(row => row.SwitchedOff).SingleAsync())
            );
        }

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".preview")));
        Assert.Equal(2, page.WaitForElements(".item").Count);
    }

    [Fact]
    public async Task English_HasItsOwnPlurals()
    {
        Speak("en");
        await _desk.LeadAsync(1);
        await _desk.LeadAsync(2);

        var page = Open();

        Assert.Equal("Looking: 2 leads left", page.WaitForElement("#preview-left").TextContent);
        Assert.Equal("Write to HubSpot from now on", page.Find(".preview-head button").TextContent);
    }

    private static string Flat(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private IRenderedComponent<SyncPage> Open(string more = "")
    {
        SignIn(_desk.Bed.Ada);
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/admin/sync?view=waiting{more}");
        return Render<SyncPage>();
    }
}
