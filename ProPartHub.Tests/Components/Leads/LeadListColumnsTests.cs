using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Leads.Columns;
using ProPartHub.Domain.Leads.Tags;
using ProPartHub.Domain.People.Settings;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Live;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.Leads.Listing;
using Xunit;

namespace ProPartHub.Tests.Components.Leads;

/// <summary>Each reader's own columns.</summary>
public sealed class LeadListColumnsTests : LeadComponentTest
{
    [Fact]
    public async Task ColumnThatIsTicked_IsShown_AndThereAtTheNextVisit()
    {
        await Bed.LeadAsync(Bed.Olena, 1);
        var list = Open();

        await list.OnAsync(Box("Джерело"), box => box.ChangeAsync(new ChangeEventArgs { Value = true }));
        list.WaitForAssertion(() => Assert.Equal("Джерело", Headings(list)[^1]));
        await KeptAsync(layout => layout.Shows(LeadColumn.Source));

        Assert.Equal("Джерело", Headings(Open())[^1]);
    }

    [Fact]
    public async Task Column_IsMovedByItsButtons_AndResetBringsTheUsualOnes()
    {
        await Bed.LeadAsync(Bed.Olena, 1);
        var list = Open();
        var usual = Headings(list);

        await list.OnAsync(
            "[aria-label='Пересунути «Етап» раніше']",
            button => button.ClickAsync(new MouseEventArgs())
        );
        list.WaitForAssertion(() => Assert.Equal("Етап", Headings(list)[1]));
        await list.OnAsync(".columns-reset", button => button.ClickAsync(new MouseEventArgs()));

        list.WaitForAssertion(() => Assert.Equal(usual, Headings(list)));
        await KeptAsync(layout => layout.Columns[1].Column is LeadColumn.Number);
    }

    [Fact]
    public async Task Width_FromTheScript_IsKeptWithinBounds_AndNonsenseChangesNothing()
    {
        await Bed.LeadAsync(Bed.Olena, 1);
        var list = Open();
        var table = list.FindComponent<LeadTable>();

        await list.InvokeAsync(() => table.Instance.ResizeAsync("Stage", 5));
        await list.InvokeAsync(() => table.Instance.ResizeAsync("Nothing", 300));
        await list.InvokeAsync(() => table.Instance.MoveAsync("Client", 4));

        Assert.Equal("width: 72px", list.Find("col[data-col=Stage]").GetAttribute("style"));
        Assert.Equal("Клієнт", Headings(list)[0]);
    }

    [Fact]
    public async Task WhatAColumnSays_FollowsTheFeed()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        var tag = Guid.CreateVersion7();
        await Bed.Get<TagService>().SaveAsync(Bed.Nina, tag, "ВІП", TagColour.Teal, Token);
        var list = Open();
        Assert.Empty(list.FindAll(".tag-chip"));

        await Bed.Get<TagService>().SetAsync(Bed.Olena, lead.Id, tag, isOn: true, Token);
        await PublishAsync(lead.Id, LeadEventKind.TagsChanged, Bed.Olena);

        list.WaitForAssertion(() => Assert.Equal("ВІП", list.Find("tr.row .tag-chip").TextContent));
    }

    private static string Box(string title) => $".columns-item:contains('{title}') input";

    private IRenderedComponent<LeadListPage> Open()
    {
        SignIn(Bed.Olena);
        Services.GetRequiredService<NavigationManager>().NavigateTo("/leads");
        var list = Render<LeadListPage>();
        list.WaitForElement("tr.row");
        return list;
    }

    private static List<string> Headings(IRenderedComponent<LeadListPage> list) =>
        [.. list.FindAll("th[data-column]").Select(heading => heading.TextContent.Trim(' ', '\n', '↓', '↑'))];

    private Task KeptAsync(Func<LeadColumnLayout, bool> isSo) =>
        Eventually.IsAsync(
            async () => isSo(await Bed.Get<PersonSettings>().ReadAsync(Bed.Olena, LeadColumnLayout.Key, Token)),
            Token
        );
}
