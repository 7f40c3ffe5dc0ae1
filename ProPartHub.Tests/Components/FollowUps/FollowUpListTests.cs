using AngleSharp.Dom;
using Bunit;
using Microsoft.EntityFrameworkCore;
using MudBlazor;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Components.Leads;
using ProPartHub.Web.Components.FollowUps;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.Timeline;
using Xunit;

namespace ProPartHub.Tests.Components.FollowUps;

/// <summary>What a person does about a lead's follow-ups on its page.</summary>
public sealed class FollowUpListTests : LeadComponentTest
{
    private Guid _lead;

    [Fact]
    public async Task NothingOpen_IsSaid_AndOneIsAddedByAPreset()
    {
        var (list, _) = await OpenAsync();
        Assert.Contains("Відкритих справ немає", list.Markup, StringComparison.Ordinal);

        await ClickAsync(list, "Додати справу");
        await list.InvokeAsync(() => list.WaitForElement("[name=title]").Change("Показати віллу"));
        await ClickAsync(list, "Завтра о 10:00");
        await list.InvokeAsync(() => list.Find("form").Submit());

        var item = list.WaitForElement(".item");
        Assert.Contains("Показати віллу", item.TextContent, StringComparison.Ordinal);
        Assert.Empty(list.FindAll("form"));

        // The component's clock says Monday noon in Kyiv; ten in the morning there is eight in winter's UTC.
        var stored = await Bed.ReadAsync(db => db.FollowUps.SingleAsync(Token));
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero), stored.DueAt);
    }

    [Fact]
    public async Task Rhythm_IsChosenShownAndChanged()
    {
        var (list, _) = await OpenAsync();
        await ClickAsync(list, "Додати справу");
        await list.InvokeAsync(() => list.WaitForElement("[name=title]").Change("Нагадати про внесок"));
        await ClickAsync(list, "Завтра о 10:00");
        await list.InvokeAsync(() => list.Find("[name=repeat]").Change(nameof(FollowUpRepeat.Monthly)));
        await list.InvokeAsync(() => list.Find("form").Submit());

        Assert.Equal("Щомісяця", list.WaitForElement(".item-repeat").TextContent.Trim());
        await list.InvokeAsync(() => list.Find(".item-actions button").Click());
        var choice = list.WaitForElement("[name=repeat]");
        Assert.Equal(nameof(FollowUpRepeat.Monthly), choice.GetAttribute("value"));
        await list.InvokeAsync(() => list.Find("[name=repeat]").Change(nameof(FollowUpRepeat.None)));
        await list.InvokeAsync(() => list.Find("form").Submit());

        list.WaitForAssertion(() => Assert.Empty(list.FindAll("form, .item-repeat")));
        Assert.Equal(FollowUpRepeat.None, (await Bed.ReadAsync(db => db.FollowUps.SingleAsync(Token))).Repeat);
    }

    [Fact]
    public async Task WhatIsMissing_IsToldAtItsField_AndWhatWasTypedStays()
    {
        var (list, _) = await OpenAsync();
        await ClickAsync(list, "Додати справу");
        await list.InvokeAsync(() => list.WaitForElement("[name=details]").Change("Подробиці"));
        await list.InvokeAsync(() => list.Find("[name=due]").Change("2020-01-01T10:00"));
        await list.InvokeAsync(() => list.Find("form").Submit());

        list.WaitForElement(".field-error");
        Assert.Equal(["Заповніть це поле.", "Цей час уже минув."], list.FindAll(".field-error").Select(Text));
        foreach (var name in new[] { "title", "due" })
        {
            var input = list.Find($"[name={name}]");
            Assert.Equal("true", input.GetAttribute("aria-invalid"));
            Assert.NotNull(list.Find($"#{input.GetAttribute("aria-describedby")}"));
        }

        Assert.Equal("Подробиці", list.Find("[name=details]").GetAttribute("value"));
    }

    [Fact]
    public async Task Done_IsTakenBackByUndo()
    {
        await AddAsync("Зателефонувати");
        var (list, snackbar) = await OpenAsync();

        await list.InvokeAsync(() => list.WaitForElement(".item-done").Click());
        list.WaitForAssertion(() => Assert.Empty(list.FindAll(".item")));
        await list.InvokeAsync(() => snackbar.WaitForElement(".mud-snackbar button").Click());

        list.WaitForElement(".item");
        Assert.Null((await Bed.ReadAsync(db => db.FollowUps.SingleAsync(Token))).DoneAt);
    }

    [Fact]
    public async Task Deleted_IsTakenBackByUndo()
    {
        await AddAsync("Зателефонувати");
        var (list, snackbar) = await OpenAsync();

        await list.InvokeAsync(() => list.WaitForElement("[aria-label^='Видалити']").Click());
        list.WaitForAssertion(() => Assert.Empty(list.FindAll(".item")));
        await list.InvokeAsync(() => snackbar.WaitForElement(".mud-snackbar button").Click());

        Assert.Contains("Зателефонувати", list.WaitForElement(".item").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Зберегти моє", "Моє")]
    [InlineData("Взяти змінене", "Чуже")]
    public async Task SomebodyElsesChangeOfTheSameField_IsShown_AndThePersonDecides(string choice, string expected)
    {
        var id = await AddAsync("Спочатку");
        var (list, _) = await OpenAsync();
        await list.InvokeAsync(() => list.WaitForElement("[aria-label^='Змінити']").Click());
        await list.InvokeAsync(() => list.WaitForElement("[name=title]").Change("Моє"));
        var view = (await Bed.Get<FollowUpQueries>().OpenAsync(Bed.Nina, _lead, Token))[0];
        var opened = FollowUpInput.From(view);
        await Bed.Get<FollowUpService>().EditAsync(Bed.Nina, id, opened, opened with { Title = "Чуже" }, false, Token);

        await list.InvokeAsync(() => list.Find("form").Submit());
        Assert.Contains("Чуже", list.WaitForElement(".meanwhile").TextContent, StringComparison.Ordinal);
        Assert.Equal("Чуже", await TitleAsync());

        await ClickAsync(list, choice);
        if (choice == "Взяти змінене")
        {
            list.WaitForAssertion(() => Assert.Equal("Чуже", list.Find("[name=title]").GetAttribute("value")));
            await list.InvokeAsync(() => list.Find("form").Submit());
        }

        list.WaitForAssertion(() => Assert.Empty(list.FindAll("form")));
        Assert.Equal(expected, await TitleAsync());
    }

    [Fact]
    public async Task ColleaguesFollowUp_AppearsOnTheOpenPage_AndMarkup_IsText()
    {
        _lead = (await Bed.LeadAsync(Bed.Olena, 1)).Id;
        SignIn(Bed.Olena);
        Render<MudSnackbarProvider>();
        var page = Render<LeadDetailPage>(parameters => parameters.Add(detail => detail.Id, _lead));
        page.WaitForElement(".follow-ups-none");

        await AddAsync("<b>жирно</b>");
        await PublishAsync(_lead, LeadEventKind.FollowUpAdded, Bed.Nina);

        page.WaitForAssertion(() => Assert.Equal("<b>жирно</b>", Text(page.Find(".item-title"))));
        Assert.Empty(page.FindAll(".item-title b"));
    }

    [Fact]
    public async Task Late_IsSaidInWords()
    {
        await AddAsync("Прострочена", Bed.Time.GetUtcNow().AddDays(1));
        var (list, _) = await OpenAsync();

        Assert.Contains("Прострочено", list.WaitForElement(".item-late").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DoneOne_StandsInTheTimeline_AndIsOpenedAgainThere()
    {
        var id = await AddAsync("Зателефонувати");
        await Bed.Get<FollowUpService>().SetDoneAsync(Bed.Olena, id, isDone: true, Token);
        SignIn(Bed.Olena);
        var timeline = Render<LeadTimeline>(parameters =>
            parameters.Add(view => view.LeadId, _lead).Add(view => view.Actor, Bed.Olena).Add(view => view.Stages, [])
        );

        Assert.Contains("Зателефонувати", timeline.WaitForElement(".done-text").TextContent, StringComparison.Ordinal);
        await timeline.InvokeAsync(() => timeline.Find(".done-reopen").Click());

        timeline.WaitForAssertion(() => Assert.Empty(timeline.FindAll(".done-text")));
        Assert.Single(await Bed.Get<FollowUpQueries>().OpenAsync(Bed.Olena, _lead, Token));
    }

    private static string Text(IElement element) => element.TextContent.Trim();

    private static Task ClickAsync(IRenderedComponent<FollowUpList> list, string label) =>
        list.InvokeAsync(() => list.FindAll("button").First(button => Text(button) == label).Click());

    private async Task<(
        IRenderedComponent<FollowUpList> List,
        IRenderedComponent<MudSnackbarProvider> Snackbar
    )> OpenAsync()
    {
        if (_lead == Guid.Empty)
        {
            _lead = (await Bed.LeadAsync(Bed.Olena, 1)).Id;
        }

        SignIn(Bed.Olena);
        var snackbar = Render<MudSnackbarProvider>();
        var list = Render<FollowUpList>(parameters =>
            parameters.Add(view => view.LeadId, _lead).Add(view => view.Actor, Bed.Olena)
        );
        list.WaitForElement(".follow-ups-none, .item");
        return (list, snackbar);
    }

    private async Task<Guid> AddAsync(string title, DateTimeOffset? due = null)
    {
        if (_lead == Guid.Empty)
        {
            _lead = (await Bed.LeadAsync(Bed.Olena, 1)).Id;
        }

        var id = Guid.CreateVersion7();
        var input = new FollowUpInput(title, null, due ?? Clock.GetUtcNow().AddDays(1));
        await Bed.Get<FollowUpService>().AddAsync(Bed.Olena, id, _lead, input, Token);
        return id;
    }

    private async Task<string> TitleAsync() => (await Bed.ReadAsync(db => db.FollowUps.SingleAsync(Token))).Title;
}
