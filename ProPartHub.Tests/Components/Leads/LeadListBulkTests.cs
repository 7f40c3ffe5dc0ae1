using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Leads.Bulk;
using ProPartHub.Domain.People;
using ProPartHub.Web.Components.Leads;
using Xunit;

namespace ProPartHub.Tests.Components.Leads;

/// <summary>Rows are chosen, something is done to all of them, and its report stands over the list.</summary>
public sealed class LeadListBulkTests : LeadComponentTest
{
    [Fact]
    public async Task Shift_ChoosesEverythingSinceTheLastOne_AndTheHeadingThePage()
    {
        await SeedAsync(5);
        var list = Open(Bed.Olena);

        await TickAsync(list, 1);
        await TickAsync(list, 3, shift: true);

        list.WaitForAssertion(() => Assert.Equal("Вибрано 3 ліди", CountOf(list)));
        await list.OnAsync("th .select-box", box => box.ClickAsync(new MouseEventArgs()));
        list.WaitForAssertion(() => Assert.Equal("Вибрано 5 лідів", CountOf(list)));
        await list.OnAsync("th .select-box", box => box.ClickAsync(new MouseEventArgs()));
        list.WaitForAssertion(() => Assert.Empty(list.FindAll(".bulk-bar")));
    }

    [Fact]
    public async Task Chosen_StaysChosen_WhenRowsAreReadAgain()
    {
        await SeedAsync(3);
        var list = Open(Bed.Olena);
        await TickAsync(list, 1);
        var chosen = list.Find("tr[aria-selected=true]").GetAttribute("data-lead");

        var arrived = await Bed.LeadAsync(Bed.Olena, 9, "Новий");
        await PublishAsync(arrived.Id, Domain.Timeline.LeadEventKind.Created, Bed.Olena);

        list.WaitForAssertion(() => Assert.Equal(4, list.FindAll("tr.row").Count));
        Assert.Equal(chosen, list.FindAll("tr[aria-selected=true]").Single().GetAttribute("data-lead"));
    }

    [Fact]
    public async Task Move_OfChosenRows_RunsWithoutThePage_AndIsTakenBackByOneClick()
    {
        var leads = await SeedAsync(3);
        var contacted = await Bed.StageAsync(LeadStatus.Contacted);
        var dialogs = RenderDialogs();
        var list = Open(Bed.Olena);
        await list.OnAsync("th .select-box", box => box.ClickAsync(new MouseEventArgs()));
        var asked = list.OnAsync(
            ".bulk-acts button:contains('Етап')",
            button => button.ClickAsync(new MouseEventArgs())
        );
        dialogs.WaitForElement("#bulk-stage");
        await dialogs.OnAsync(
            "#bulk-stage",
            field => field.ChangeAsync(new ChangeEventArgs { Value = contacted.ToString() })
        );
        await dialogs.OnAsync(".mud-button-filled", button => button.ClickAsync(new MouseEventArgs()));
        await asked;

        list.WaitForAssertion(() => Assert.Contains("0 з 3", list.Find(".bulk-report").TextContent));
        Assert.Empty(list.FindAll(".bulk-bar"));
        await RunAsync();
        list.WaitForAssertion(() => Assert.Contains("змінено 3 ліди", list.Find(".bulk-report").TextContent));
        Assert.Equal(contacted, (await Bed.LoadAsync(leads[0])).StageId);

        await list.OnAsync(".bulk-report button:contains('Скасувати')", Click);
        await RunAsync();

        list.WaitForAssertion(() => Assert.Contains("Скасування", list.Find(".bulk-report").TextContent));
        Assert.Equal(LeadStatus.New, (await Bed.LoadAsync(leads[0])).Status);
    }

    [Fact]
    public async Task Report_OfAnActThatEndedWithoutThePage_StandsThere_WithWhoWasRefused()
    {
        var leads = await SeedAsync(2);
        await Bed.Get<BulkActs>()
            .BeginAsync(Bed.Olena, Guid.CreateVersion7(), new(BulkKind.Archive), new(leads, null, null), Token);
        await Bed.Get<LeadService>().TransferAsync(Bed.Nina, leads[0], Bed.Taras.UserId, null, Token);
        await RunAsync();
        await Bed.LeadAsync(Bed.Olena, 7);
        var list = Open(Bed.Olena);

        list.WaitForAssertion(() => Assert.Contains("відмовлено: 1", list.Find(".bulk-report").TextContent));
        await list.OnAsync(".bulk-report button[aria-expanded]", Click);
        list.WaitForAssertion(() =>
            Assert.Contains("Ви його більше не бачите", list.Find(".bulk-remainders").TextContent)
        );
        Assert.Contains("Лід, якого ви вже не бачите", list.Find(".bulk-remainders").TextContent);

        await list.OnAsync("[aria-label='Прибрати звіт']", Click);
        list.WaitForAssertion(() => Assert.Empty(list.FindAll(".bulk-report")));
    }

    [Fact]
    public async Task HandingOver_IsNotOfferedToAgents()
    {
        await SeedAsync(1);
        var list = Open(Bed.Olena);
        await TickAsync(list, 0);

        Assert.DoesNotContain("Агент", list.Find(".bulk-acts").TextContent);
    }

    private static Task Click(AngleSharp.Dom.IElement element) => element.ClickAsync(new MouseEventArgs());

    private static string CountOf(IRenderedComponent<LeadListPage> list) => list.Find(".bulk-count").TextContent;

    private static Task TickAsync(IRenderedComponent<LeadListPage> list, int row, bool shift = false) =>
        list.InvokeAsync(() =>
            list.FindAll("tr.row .select-box")[row].ClickAsync(new MouseEventArgs { ShiftKey = shift })
        );

    private async Task<List<Guid>> SeedAsync(int count)
    {
        var leads = new List<Guid>();
        for (var number = 1; number <= count; number++)
        {
            leads.Add((await Bed.LeadAsync(Bed.Olena, number)).Id);
        }

        return leads;
    }

    private async Task RunAsync()
    {
        while (await Bed.Get<BulkRunner>().RunNextAsync(Token)) { }
    }

    private IRenderedComponent<LeadListPage> Open(Actor actor)
    {
        SignIn(actor);
        Services.GetRequiredService<NavigationManager>().NavigateTo("/leads");
        var list = Render<LeadListPage>();
        list.WaitForElement("tr.row");
        return list;
    }
}
