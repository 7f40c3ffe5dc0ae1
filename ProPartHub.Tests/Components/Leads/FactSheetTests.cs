using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using MudBlazor;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Web.Components.Leads;
using Xunit;

namespace ProPartHub.Tests.Components.Leads;

/// <summary>Facts edited in their place, by the rules and with the conflicts of the whole form.</summary>
public sealed class FactSheetTests : LeadComponentTest
{
    private const string Company = "#lead-Company";

    private readonly TaskCompletionSource _savedTwice = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _saved;

    [Fact]
    public async Task Saved_StoresThisFactAlone_AndGivesTheFocusBack()
    {
        var lead = (await Bed.LeadAsync(Bed.Olena, 1)).Id;
        var sheet = await ShowAsync(lead);
        await OpenAsync(sheet, LeadField.Company);
        await ByAnotherAsync(lead, input => input.Country = "Оман");

        await WriteAsync(sheet, Company, "Моя компанія");
        await SubmitAsync(sheet);

        sheet.WaitForAssertion(() => Assert.Empty(sheet.FindAll("form")));
        var stored = await Bed.LoadAsync(lead);
        Assert.Equal(("Моя компанія", "Оман"), (stored.Company, stored.Country));
        Assert.Equal(2, JSInterop.Invocations["Blazor._internal.domWrapper.focus"].Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Saved_IsTakenBackByOneClick_ButNotWhatSomebodyHasChangedSince(bool isChangedSince)
    {
        var lead = (await Bed.LeadAsync(Bed.Olena, 1)).Id;
        await ByAnotherAsync(lead, input => input.Company = "Давня компанія");
        var sheet = await ShowAsync(lead);
        var messages = Render<MudSnackbarProvider>();
        await OpenAsync(sheet, LeadField.Company);
        await WriteAsync(sheet, Company, "Моя компанія");
        await SubmitAsync(sheet);
        Assert.Contains(
            "Змінено: Компанія",
            messages.WaitForElement(".mud-snackbar").TextContent,
            StringComparison.Ordinal
        );
        // Another field is nobody's hindrance.
        await ByAnotherAsync(lead, input => input.Country = "Оман");
        if (isChangedSince)
        {
            await ByAnotherAsync(lead, input => input.Company = "Чужа компанія");
        }

        await messages.InvokeAsync(() => messages.Find(".mud-snackbar button").Click());

        var expected = isChangedSince ? "Чужа компанія" : "Давня компанія";
        await _savedTwice.Task.WaitAsync(TimeSpan.FromMinutes(1), Token);
        var stored = await Bed.LoadAsync(lead);
        Assert.Equal((expected, "Оман"), (stored.Company, stored.Country));
        messages.WaitForAssertion(() =>
            Assert.Equal(isChangedSince, messages.Markup.Contains("нічого не скасовано", StringComparison.Ordinal))
        );
        var edits = await Bed.ReadAsync(db =>
            db.LeadEvents.Where(entry => entry.LeadId == lead && entry.ActorId == Bed.Olena.UserId)
                .CountAsync(entry => entry.Kind == LeadEventKind.Edited, Token)
        );
        // Taking back is a change of its own in the history.
        Assert.Equal(isChangedSince ? 1 : 2, edits);
    }

    [Fact]
    public async Task Cancelled_StoresNothing()
    {
        var lead = (await Bed.LeadAsync(Bed.Olena, 1)).Id;
        var sheet = await ShowAsync(lead);
        await OpenAsync(sheet, LeadField.Company);
        await WriteAsync(sheet, Company, "Непотрібне");

        await sheet.InvokeAsync(() => sheet.Find("[data-cancel]").Click());

        Assert.Empty(sheet.FindAll("form"));
        Assert.Null((await Bed.LoadAsync(lead)).Company);
    }

    [Fact]
    public async Task Tab_StoresAndGoesOn_ButNotPastAFault()
    {
        var lead = (await Bed.LeadAsync(Bed.Olena, 1)).Id;
        var sheet = await ShowAsync(lead);
        await OpenAsync(sheet, LeadField.ClientName);
        await WriteAsync(sheet, "#lead-ClientName", "Нова назва");

        await sheet.InvokeAsync(() => sheet.Instance.StepAsync(1));
        await WriteAsync(sheet, "#lead-Phone", "12");
        await sheet.InvokeAsync(() => sheet.Instance.StepAsync(1));

        Assert.Equal("Нова назва", (await Bed.LoadAsync(lead)).ClientName);
        Assert.NotEmpty(sheet.FindAll("#lead-Phone-error"));
        await WriteAsync(sheet, "#lead-Phone", "067 123 45 67");
        await sheet.InvokeAsync(() => sheet.Instance.StepAsync(-1));
        Assert.NotEmpty(sheet.FindAll("#lead-ClientName"));
        Assert.Equal("+380671234567", (await Bed.LoadAsync(lead)).Phone);
    }

    [Fact]
    public async Task AnotherFactOpened_StoresTheOneUnderEdit()
    {
        var lead = (await Bed.LeadAsync(Bed.Olena, 1)).Id;
        var sheet = await ShowAsync(lead);
        await OpenAsync(sheet, LeadField.Company);
        await WriteAsync(sheet, Company, "Моя компанія");

        await OpenAsync(sheet, LeadField.Telegram);

        Assert.Equal("Моя компанія", (await Bed.LoadAsync(lead)).Company);
    }

    [Fact]
    public async Task Budget_IsOneFact_WithItsPresets()
    {
        var lead = (await Bed.LeadAsync(Bed.Olena, 1)).Id;
        var sheet = await ShowAsync(lead);
        await sheet.InvokeAsync(() => sheet.Find($"#{FactValue.NameId(Fact.Budget)}-value").Click());

        await sheet.InvokeAsync(() => sheet.FindAll(".chip")[1].Click());
        await SubmitAsync(sheet);

        sheet.WaitForAssertion(() => Assert.Empty(sheet.FindAll("form")));
        var stored = await Bed.LoadAsync(lead);
        Assert.Equal(LeadOptions.BudgetBands[1], (stored.BudgetFrom, stored.BudgetTo));
    }

    [Fact]
    public async Task FaultOfAPartnerField_IsSaidByItsName()
    {
        var lead = (await Bed.LeadAsync(Bed.Olena, 1)).Id;
        var sheet = await ShowAsync(lead);
        await OpenAsync(sheet, LeadField.SecondPhone);

        await WriteAsync(sheet, "#lead-SecondPhone", "нема");
        await SubmitAsync(sheet);

        Assert.NotEmpty(sheet.FindAll("#lead-SecondPhone-error"));
        Assert.Null((await Bed.LoadAsync(lead)).SecondPhone);
    }

    [Theory]
    [InlineData(0, "Чужа компанія")]
    [InlineData(1, "Моя компанія")]
    public async Task AnothersChange_StandsBesideWhileTyping_ToTakeOrToKeepMine(int choice, string stored)
    {
        var lead = (await Bed.LeadAsync(Bed.Olena, 1)).Id;
        var sheet = await ShowAsync(lead);
        await OpenAsync(sheet, LeadField.Company);
        await WriteAsync(sheet, Company, "Моя компанія");

        await ByAnotherAsync(lead, input => input.Company = "Чужа компанія");
        await ReadAgainAsync(sheet, lead);

        var notice = sheet.WaitForElement(".meanwhile");
        Assert.Contains("Ніна Коваль", notice.TextContent, StringComparison.Ordinal);
        Assert.Contains("Чужа компанія", notice.TextContent, StringComparison.Ordinal);
        Assert.Equal("Моя компанія", sheet.Find(Company).GetAttribute("value"));
        // Undecided it is not stored.
        await SubmitAsync(sheet);
        Assert.Equal("Чужа компанія", (await Bed.LoadAsync(lead)).Company);

        await sheet.InvokeAsync(() => sheet.FindAll(".meanwhile button")[choice].Click());
        if (choice == 1)
        {
            await SubmitAsync(sheet);
        }

        sheet.WaitForAssertion(() => Assert.Empty(sheet.FindAll("form")));
        Assert.Equal(stored, (await Bed.LoadAsync(lead)).Company);
    }

    [Fact]
    public async Task AnothersChangeOfAnotherField_IsNoConflict()
    {
        var lead = (await Bed.LeadAsync(Bed.Olena, 1)).Id;
        var sheet = await ShowAsync(lead);
        await OpenAsync(sheet, LeadField.Company);

        await ByAnotherAsync(lead, input => input.Country = "Оман");
        await ReadAgainAsync(sheet, lead);

        Assert.Empty(sheet.FindAll(".meanwhile"));
        Assert.Contains("glow", Value(sheet, LeadField.Country).ParentElement!.ClassName, StringComparison.Ordinal);
    }

    private static AngleSharp.Dom.IElement Value(IRenderedComponent<FactSheet> sheet, LeadField field) =>
        sheet.Find($"#{FactValue.NameId(Fact.All.Single(fact => fact.Field == field))}-value");

    private async Task<IRenderedComponent<FactSheet>> ShowAsync(Guid leadId)
    {
        SignIn(Bed.Olena);
        var details = await DetailsAsync(leadId);
        return Render<FactSheet>(parameters =>
            parameters
                .Add(page => page.Lead, details)
                .Add(page => page.Actor, Bed.Olena)
                .Add(page => page.OnSaved, OnSaved)
                .Add(page => page.OnGone, EventCallback.Empty)
        );
    }

    private void OnSaved()
    {
        if (++_saved == 2)
        {
            _savedTwice.TrySetResult();
        }
    }

    private async Task ReadAgainAsync(IRenderedComponent<FactSheet> sheet, Guid leadId)
    {
        var details = await DetailsAsync(leadId);
        sheet.Render(parameters => parameters.Add(page => page.Lead, details));
    }

    private Task<LeadDetails> DetailsAsync(Guid leadId) =>
        Bed.Get<LeadQueries>().DetailsAsync(Bed.Olena, leadId, Token);

    private static Task OpenAsync(IRenderedComponent<FactSheet> sheet, LeadField field) =>
        sheet.InvokeAsync(() => Value(sheet, field).ClickAsync(new()));

    private static Task WriteAsync(IRenderedComponent<FactSheet> sheet, string input, string value) =>
        sheet.InvokeAsync(() => sheet.Find(input).Change(value));

    private static Task SubmitAsync(IRenderedComponent<FactSheet> sheet) =>
        sheet.InvokeAsync(() => sheet.Find("form").SubmitAsync());

    private async Task ByAnotherAsync(Guid leadId, Action<LeadInput> change)
    {
        var opened = LeadInput.From(await Bed.LoadAsync(leadId));
        var typed = opened with { };
        change(typed);
        await Bed.Get<LeadService>().EditAsync(Bed.Nina, leadId, opened, typed, new HashSet<LeadField>(), Token);
    }
}
