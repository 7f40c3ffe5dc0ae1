using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.Timeline;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.Shared;
using Xunit;

namespace ProPartHub.Tests.Components.Leads;

/// <summary>The list follows the change feed row by row.</summary>
public sealed class LeadListFeedTests : LeadComponentTest
{
    [Fact]
    public async Task ChangeOfAShownLead_ReadsOnlyThatRow_WhichGlows()
    {
        var first = await Bed.LeadAsync(Bed.Olena, 1);
        var second = await Bed.LeadAsync(Bed.Olena, 2);
        var list = Open();
        await RenameAsync(Bed.Olena, first.Id, 1, "Нове Ім’я");
        await RenameAsync(Bed.Olena, second.Id, 2, "Ще Не Видно");

        await PublishAsync(first.Id, LeadEventKind.Edited, Bed.Olena);

        list.WaitForAssertion(() => Assert.Contains("Нове Ім’я", Row(list, "tr.glow"), StringComparison.Ordinal));
        Assert.DoesNotContain("Ще Не Видно", list.Markup, StringComparison.Ordinal);
        Assert.Single(list.FindAll("tr.glow"));
    }

    [Fact]
    public async Task RefreshAll_ReadsTheWholeList_AndWhatChangedGlows()
    {
        var first = await Bed.LeadAsync(Bed.Olena, 1);
        var second = await Bed.LeadAsync(Bed.Olena, 2);
        await Bed.LeadAsync(Bed.Olena, 3);
        var list = Open();
        await RenameAsync(Bed.Olena, first.Id, 1, "Перший Змінений");
        await RenameAsync(Bed.Olena, second.Id, 2, "Другий Змінений");

        Feed.Publish(FeedMessage.RefreshAll);

        list.WaitForAssertion(() => Assert.Contains("Перший Змінений", list.Markup, StringComparison.Ordinal));
        Assert.Equal(3, list.FindAll("tr.row").Count);
        Assert.Equal(
            2,
            list.FindAll("tr.glow").Count(row => row.TextContent.Contains("Змінений", StringComparison.Ordinal))
        );
        Assert.Equal(2, list.FindAll("tr.glow").Count);
    }

    [Fact]
    public async Task NewLead_NewestFirst_StandsAtTheTop_AndIsCounted()
    {
        await Bed.LeadAsync(Bed.Olena, 1);
        var list = Open();

        var arrived = await Bed.LeadAsync(Bed.Olena, 2, "Новий");
        await PublishAsync(arrived.Id, LeadEventKind.Created, Bed.Olena);

        list.WaitForAssertion(() => Assert.Contains("Новий 2", Row(list, "tr.row"), StringComparison.Ordinal));
        Clock.Advance(LateRefresh.Pause);
        list.WaitForAssertion(() =>
            Assert.Contains("2 ліди", list.Find(".page-header p").TextContent, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task EditOfALeadThatIsNotShown_IsNotEvenRead()
    {
        await Bed.LeadAsync(Bed.Olena, 1);
        var list = Open();
        var unseen = await Bed.LeadAsync(Bed.Olena, 2, "Невідомий");
        Bed.Sql.Reset();

        await PublishAsync(unseen.Id, LeadEventKind.Edited, Bed.Olena);
        var arrived = await Bed.LeadAsync(Bed.Olena, 3, "Новий");
        var written = LeadReads();
        await PublishAsync(arrived.Id, LeadEventKind.Created, Bed.Olena);
        while (!Row(list, "tr.row").Contains("Новий 3", StringComparison.Ordinal))
        {
            // The second message may come in a batch of its own, a window later.
            Clock.Advance(FeedSubscription.Window);
            await Task.Delay(10, Token);
        }

        // The lead to tell of, the newcomer's row, and its tags.
        Assert.Equal(written + 3, LeadReads());
        Assert.DoesNotContain("Невідомий 2", list.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ArchivedElsewhere_LeavesListAndCount()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        await Bed.LeadAsync(Bed.Olena, 2);
        var list = Open();
        await Bed.Get<LeadService>().ArchiveAsync(Bed.Olena, lead.Id, Token);

        await PublishAsync(lead.Id, LeadEventKind.Archived, Bed.Olena);

        list.WaitForAssertion(() => Assert.Single(list.FindAll("tr.row")));
        Clock.Advance(LateRefresh.Pause);
        list.WaitForAssertion(() =>
            Assert.Contains("1 лід", list.Find(".page-header p").TextContent, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task NewLead_OtherOrder_IsOfferedAndDoesNotMoveWhatIsRead()
    {
        await Bed.LeadAsync(Bed.Olena, 1);
        var list = Open("/leads?sort=name");

        var arrived = await Bed.LeadAsync(Bed.Olena, 2, "Новий");
        await PublishAsync(arrived.Id, LeadEventKind.Created, Bed.Olena);

        list.WaitForAssertion(() =>
            Assert.Equal("1 новий лід – показати", list.Find(".list-arrivals").TextContent.Trim())
        );
        Assert.DoesNotContain("Новий 2", list.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ChangeThatLeavesTheFilter_TakesTheRowAway()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        await Bed.LeadAsync(Bed.Olena, 2);
        var list = Open("/leads?status=new");
        await Bed.Get<LeadService>()
            .MoveAsync(Bed.Olena, lead.Id, await Bed.StageAsync(LeadStatus.Contacted), null, Token);

        await PublishAsync(lead.Id, LeadEventKind.StageChanged, Bed.Olena);

        list.WaitForAssertion(() => Assert.Single(list.FindAll("tr.row")));
        Assert.DoesNotContain("Клієнт 1", list.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LeftPage_LeavesTheFeed()
    {
        await Bed.LeadAsync(Bed.Olena, 1);
        Open();
        Assert.Equal(1, Feed.Subscribers);

        await DisposeComponentsAsync();

        Assert.Equal(0, Feed.Subscribers);
    }

    private IRenderedComponent<LeadListPage> Open(string address = "/leads")
    {
        SignIn(Bed.Olena);
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        var list = Render<LeadListPage>();
        list.WaitForElement("tr.row");
        return list;
    }

    // Figures and the filters' choices are read beside the rows, at a time of their own.
    private int LeadReads() =>
        Bed.Sql.Commands.Count(command => command.Contains("FROM leads AS", StringComparison.Ordinal));

    private static string Row(IRenderedComponent<LeadListPage> list, string selector) =>
        list.FindAll(selector) is [var first, ..] ? first.TextContent : "";
}
