using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Views;
using ProPartHub.Tests.Components.Leads;
using ProPartHub.Web.Components.Boards;
using ProPartHub.Web.Components.Leads;
using Xunit;

namespace ProPartHub.Tests.Components.Views;

/// <summary>A view is a name for an address: it opens, tells when it was changed, is saved, shared, begun with and deleted.</summary>
public sealed class ViewPickerTests : LeadComponentTest
{
    private string Address => new Uri(Services.GetRequiredService<NavigationManager>().Uri).PathAndQuery;

    [Fact]
    public async Task FilteredList_IsSavedUnderAName_AndOpenedByIt()
    {
        await Bed.LeadAsync(Bed.Nina, 1);
        var dialogs = RenderDialogs();
        var list = Open<LeadListPage>(Bed.Nina, "/leads?status=new");

        var saving = list.OnAsync(".views > button", element => element.ClickAsync(new()));
        await dialogs.OnAsync("#view-name", element => element.InputAsync(new() { Value = "Нові" }));
        await dialogs.OnAsync(
            "#view-sharing",
            element => element.ChangeAsync(new() { Value = nameof(ViewSharing.Team) })
        );
        await dialogs.OnAsync("#view-form", element => element.SubmitAsync());
        await saving;

        var view = Assert.Single(await Bed.Get<SavedViews>().ListAsync(Bed.Olena, ViewPage.List, Token));
        Assert.Equal(("Нові", "?status=new"), (view.Name, view.Address));
        list.WaitForAssertion(() => Assert.Equal("Нові", list.Find(".views-name").TextContent));
        Assert.Equal($"/leads?status=new&v={view.Id}", Address);
        Assert.Empty(list.FindAll(".views-changed"));
    }

    [Fact]
    public async Task NameThatIsTaken_IsSaidInTheDialog_WhichStaysOpen()
    {
        await SaveAsync(Bed.Olena, ViewPage.List, "Нові", "?status=new");
        var dialogs = RenderDialogs();
        var list = Open<LeadListPage>(Bed.Olena, "/leads?status=lost");

        var saving = list.OnAsync(".views > button", element => element.ClickAsync(new()));
        await dialogs.OnAsync("#view-name", element => element.InputAsync(new() { Value = "Нові" }));
        await dialogs.OnAsync("#view-form", element => element.SubmitAsync());
        dialogs.WaitForElement(".field-error");
        Assert.Empty(dialogs.FindAll("#view-sharing"));

        await dialogs.OnAsync("#view-name", element => element.InputAsync(new() { Value = "Відмови" }));
        await dialogs.OnAsync("#view-form", element => element.SubmitAsync());
        await saving;

        Assert.Equal(2, (await Bed.Get<SavedViews>().ListAsync(Bed.Olena, ViewPage.List, Token)).Count);
    }

    [Fact]
    public async Task ChangedView_SaysSo_AndIsSaved()
    {
        var id = await SaveAsync(Bed.Olena, ViewPage.Board, "Дошка", "?status=new");
        var board = Open<BoardPage>(Bed.Olena, $"/board?status=new&by=followup&v={id}");
        board.WaitForElement(".views-changed");

        await board.OnAsync(".views > button", element => element.ClickAsync(new()));

        board.WaitForAssertion(() => Assert.Empty(board.FindAll(".views-changed")));
        var view = Assert.Single(await Bed.Get<SavedViews>().ListAsync(Bed.Olena, ViewPage.Board, Token));
        Assert.Equal("?status=new&by=followup", view.Address);
    }

    [Fact]
    public async Task ViewOfSomebodyElse_IsSavedAsOnesOwn_OrNotAtAll()
    {
        var id = await SaveAsync(Bed.Nina, ViewPage.Board, "Командна", "?status=new", ViewSharing.Team);
        var board = Open<BoardPage>(Bed.Olena, $"/board?status=lost&v={id}");

        board.WaitForElement(".views-changed");
        Assert.Single(board.FindAll(".views > button:not(.views-button)"));
        Assert.Single(board.FindAll(".views-acts button"));
    }

    [Fact]
    public async Task BareAddress_OpensTheViewThatOneBeginsWith_AndAllLeadsStayReachable()
    {
        await Bed.LeadAsync(Bed.Olena, 1);
        var id = await SaveAsync(Bed.Olena, ViewPage.List, "Виграні", "?status=won");
        var list = Open<LeadListPage>(Bed.Olena, $"/leads?status=won&v={id}");
        list.WaitForElement(".views-acts button");
        await list.OnAsync(".views-acts button", element => element.ClickAsync(new()));
        list.WaitForElement(".views-item svg");

        var navigation = Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo("/leads");
        list.WaitForAssertion(() => Assert.Equal($"/leads?status=won&v={id}", Address));
        list.WaitForElement(".empty-state");

        var all = list.FindAll(".views-menu a")[0].GetAttribute("href")!;
        navigation.NavigateTo(all);
        list.WaitForElement("tr.row");
        Assert.Equal("/leads?v=all", Address);
    }

    [Fact]
    public async Task DeletedView_IsTakenBackByOneClick()
    {
        var id = await SaveAsync(Bed.Olena, ViewPage.List, "Виграні", "?status=won");
        var snackbar = Render<MudSnackbarProvider>();
        var list = Open<LeadListPage>(Bed.Olena, $"/leads?status=won&v={id}");

        await list.OnAsync(".views-delete", element => element.ClickAsync(new()));
        list.WaitForAssertion(() => Assert.Equal("Усі ліди", list.Find(".views-name").TextContent));
        snackbar.WaitForElement(".mud-snackbar button");
        await snackbar.InvokeAsync(() => snackbar.Find(".mud-snackbar button").Click());

        list.WaitForAssertion(() => Assert.Equal("Виграні", list.Find(".views-name").TextContent));
    }

    private IRenderedComponent<TPage> Open<TPage>(Actor actor, string address)
        where TPage : IComponent
    {
        SignIn(actor);
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        return Render<TPage>();
    }

    private async Task<Guid> SaveAsync(
        Actor actor,
        ViewPage page,
        string name,
        string address,
        ViewSharing sharing = ViewSharing.Nobody
    )
    {
        var id = Guid.CreateVersion7();
        await Bed.Get<SavedViews>().SaveAsync(actor, id, page, name, address, sharing, Token);
        return id;
    }
}
