using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.Leads.Listing;
using Xunit;

namespace ProPartHub.Tests.Components.Leads;

/// <summary>Cells are edited in place, by the rules of the form.</summary>
public sealed class LeadListEditingTests : LeadComponentTest
{
    [Fact]
    public async Task Cell_IsSavedLikeTheForm_AndTheRowSaysIt()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        var list = Open(Bed.Olena);
        var cell = await EditAsync(list, lead.Id, "Country");

        await CommitAsync(list, cell, 0, ("Country", "Оман"));

        list.WaitForAssertion(() => Assert.Empty(list.FindAll(".cell-editor")));
        Assert.Equal("Оман", list.Find("td[data-cell=Country]").TextContent.Trim());
        Assert.Equal("Оман", (await Bed.LoadAsync(lead.Id)).Country);
        Assert.Equal("Клієнт 1", (await Bed.LoadAsync(lead.Id)).ClientName);
    }

    [Fact]
    public async Task Budget_IsThreeInputs_AndItsEndsAreJudgedTogether()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        var list = Open(Bed.Olena);
        var cell = await EditAsync(list, lead.Id, "Budget");

        await CommitAsync(list, cell, 0, ("BudgetFrom", "500000"), ("BudgetTo", "200000"), ("Currency", "EUR"));

        list.WaitForAssertion(() => Assert.Equal("true", list.Find("[name=BudgetTo]").GetAttribute("aria-invalid")));
        Assert.Equal("500000", list.Find("[name=BudgetFrom]").GetAttribute("value"));
        Assert.Contains("Менше за нижню межу", list.Find(".cell-editor [role=alert]").TextContent);
        Assert.Null((await Bed.LoadAsync(lead.Id)).BudgetFrom);

        await CommitAsync(list, cell, 0, ("BudgetTo", "x"));
        list.WaitForAssertion(() => Assert.NotEmpty(list.FindAll(".cell-editor [role=alert]")));
        await CommitAsync(list, cell, 0, ("BudgetTo", "700000"));

        list.WaitForAssertion(() => Assert.Empty(list.FindAll(".cell-editor")));
        var stored = await Bed.LoadAsync(lead.Id);
        Assert.Equal((500000m, 700000m, "EUR"), (stored.BudgetFrom, stored.BudgetTo, stored.Currency));
    }

    [Theory]
    [InlineData("[data-mine]", "Моя Назва")]
    [InlineData("[data-theirs]", "Чужа Назва")]
    public async Task SameFieldByAnother_ShowsBoth_AndNothingIsStoredBeforeTheChoice(string choice, string stored)
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        var list = Open(Bed.Olena);
        var cell = await EditAsync(list, lead.Id, "Client");
        await RenameAsync(Bed.Nina, lead.Id, 1, "Чужа Назва");

        await CommitAsync(list, cell, 0, ("ClientName", "Моя Назва"));

        list.WaitForElement("[data-theirs]");
        Assert.Contains("Ніна Коваль", list.Find(".cell-conflict").TextContent);
        // Leaving the cell is no choice.
        await CommitAsync(list, cell, 0, ("ClientName", "Моя Назва"));
        Assert.Equal("Чужа Назва", (await Bed.LoadAsync(lead.Id)).ClientName);
        await list.OnAsync(choice, button => button.ClickAsync(new MouseEventArgs()));

        list.WaitForAssertion(() => Assert.Empty(list.FindAll(".cell-editor")));
        Assert.Equal(stored, (await Bed.LoadAsync(lead.Id)).ClientName);
        Assert.Contains(stored, list.Find("td.cell-client").TextContent);
    }

    [Fact]
    public async Task Tab_GoesOn_AndAFaultStaysAtTheCellThatWasLeft()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        var list = Open(Bed.Olena);
        var cell = await EditAsync(list, lead.Id, "Client");

        await CommitAsync(list, cell, 1, ("ClientName", ""));

        list.WaitForAssertion(() => Assert.Equal(2, list.FindAll(".cell-editor").Count));
        Assert.NotEmpty(list.FindAll("td.cell-client .cell-editor [role=alert]"));
        Assert.NotEmpty(list.FindAll("td.cell-stage .cell-editor"));
        Assert.Equal("Клієнт 1", (await Bed.LoadAsync(lead.Id)).ClientName);
    }

    [Fact]
    public async Task Stage_ThatMeansLost_AsksForTheReason()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        var lost = await Bed.StageAsync(LeadStatus.Lost);
        var list = Open(Bed.Olena);
        var cell = await EditAsync(list, lead.Id, "Stage");

        await CommitAsync(list, cell, 0, ("Stage", lost.ToString()));
        list.WaitForElement("[name=RefusalReason][aria-invalid=true]");
        Assert.Equal(LeadStatus.New, (await Bed.LoadAsync(lead.Id)).Status);
        await CommitAsync(list, cell, 0, ("RefusalReason", LeadOptions.For(LeadField.RefusalReason)![1]));

        list.WaitForAssertion(() => Assert.Empty(list.FindAll(".cell-editor")));
        Assert.Equal(LeadStatus.Lost, (await Bed.LoadAsync(lead.Id)).Status);
    }

    [Fact]
    public async Task Stage_MovedByAnotherMeanwhile_IsAConflictToo()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        var (contacted, qualified) = (
            await Bed.StageAsync(LeadStatus.Contacted),
            await Bed.StageAsync(LeadStatus.Qualified)
        );
        var list = Open(Bed.Olena);
        var cell = await EditAsync(list, lead.Id, "Stage");
        await Bed.Get<LeadService>().MoveAsync(Bed.Nina, lead.Id, contacted, null, Token);

        await CommitAsync(list, cell, 0, ("Stage", qualified.ToString()));

        list.WaitForAssertion(() => Assert.Contains("На зв'язку", list.Find("[data-theirs]").TextContent));
        await list.OnAsync("[data-mine]", button => button.ClickAsync(new MouseEventArgs()));
        list.WaitForAssertion(() => Assert.Empty(list.FindAll(".cell-editor")));
        Assert.Equal(qualified, (await Bed.LoadAsync(lead.Id)).StageId);
    }

    [Fact]
    public async Task Agent_IsHandedOverByManagersAlone()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        var list = Open(Bed.Olena);
        await list.InvokeAsync(() => Table(list).Edit(lead.Id, "Agent"));
        Assert.Empty(list.FindAll(".cell-editor"));

        list = Open(Bed.Nina);
        var cell = await EditAsync(list, lead.Id, "Agent");
        await CommitAsync(list, cell, 0, ("Agent", Bed.Taras.UserId.ToString()));

        list.WaitForAssertion(() => Assert.Empty(list.FindAll(".cell-editor")));
        Assert.Equal(Bed.Taras.UserId, (await Bed.LoadAsync(lead.Id)).AgentId);
    }

    [Fact]
    public async Task WhatIsNoCell_OrGivenUp_ChangesNothing()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        var list = Open(Bed.Olena);
        await list.InvokeAsync(() => Table(list).Edit(lead.Id, "Updated"));
        await list.InvokeAsync(() => Table(list).Edit(Guid.CreateVersion7(), "Client"));
        Assert.Empty(list.FindAll(".cell-editor"));

        var cell = await EditAsync(list, lead.Id, "Client");
        await list.InvokeAsync(() => list.Find("[name=ClientName]").Change("Не збережене"));
        await list.InvokeAsync(cell.CancelAsync);

        list.WaitForAssertion(() => Assert.Empty(list.FindAll(".cell-editor")));
        Assert.Equal("Клієнт 1", (await Bed.LoadAsync(lead.Id)).ClientName);
    }

    [Fact]
    public async Task LeadTakenAwayMeanwhile_ClosesTheCell_AndStoresNothing()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        await Bed.LeadAsync(Bed.Olena, 2);
        var list = Open(Bed.Olena);
        var cell = await EditAsync(list, lead.Id, "Client");
        await Bed.Get<LeadService>().TransferAsync(Bed.Nina, lead.Id, Bed.Taras.UserId, null, Token);

        await CommitAsync(list, cell, 0, ("ClientName", "Вже не моє"));

        list.WaitForAssertion(() => Assert.Empty(list.FindAll(".cell-editor")));
        Assert.Equal("Клієнт 1", (await Bed.LoadAsync(lead.Id)).ClientName);
    }

    private static LeadTable Table(IRenderedComponent<LeadListPage> list) => list.FindComponent<LeadTable>().Instance;

    private static async Task<CellEditor> EditAsync(IRenderedComponent<LeadListPage> list, Guid leadId, string column)
    {
        await list.InvokeAsync(() => Table(list).Edit(leadId, column));
        await list.WaitForElementAsync($"td[data-cell={column}] .cell-editor .input");
        return list.FindComponents<CellEditor>().Single(cell => cell.Instance.Column.ToString() == column).Instance;
    }

    private static Task CommitAsync(
        IRenderedComponent<LeadListPage> list,
        CellEditor cell,
        int step,
        params (string Name, string? Value)[] values
    ) => list.InvokeAsync(() => cell.CommitAsync(values.ToDictionary(value => value.Name, value => value.Value), step));

    private IRenderedComponent<LeadListPage> Open(Actor actor)
    {
        SignIn(actor);
        Services.GetRequiredService<NavigationManager>().NavigateTo("/leads");
        var list = Render<LeadListPage>();
        list.WaitForElement("tr.row");
        return list;
    }
}
