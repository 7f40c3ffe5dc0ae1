using Bunit;
using Microsoft.EntityFrameworkCore;
using MudBlazor;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Live;
using ProPartHub.Web.Components.Leads;
using Xunit;

namespace ProPartHub.Tests.Components.Leads;

public sealed class LeadDetailPageTests : LeadComponentTest
{
    private static readonly string NameField = $"[name={nameof(LeadField.ClientName)}]";

    [Fact]
    public async Task StageMoved_CanBeUndone()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        var (page, snackbar) = Open(Bed.Olena, lead.Id);

        await page.InvokeAsync(() => Stage(page, LeadStatus.Contacted).Click());
        snackbar.WaitForElement(".mud-snackbar button");
        page.WaitForAssertion(() =>
            Assert.Equal("step", Stage(page, LeadStatus.Contacted).GetAttribute("aria-current"))
        );
        await snackbar.InvokeAsync(() => snackbar.Find(".mud-snackbar button").Click());

        page.WaitForAssertion(() => Assert.Equal("step", Stage(page, LeadStatus.New).GetAttribute("aria-current")));
        Assert.Equal(LeadStatus.New, (await Bed.LoadAsync(lead.Id)).Status);
    }

    [Fact]
    public async Task LostByMistake_Undone_ForgetsTheReasonToo()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        var (page, snackbar) = Open(Bed.Olena, lead.Id);

        await page.InvokeAsync(() => Stage(page, LeadStatus.Lost).Click());
        page.WaitForElement("form.reason");
        await page.InvokeAsync(() => page.Find("form.reason").Submit());
        snackbar.WaitForElement(".mud-snackbar button");
        await snackbar.InvokeAsync(() => snackbar.Find(".mud-snackbar button").Click());

        page.WaitForAssertion(() => Assert.Equal("step", Stage(page, LeadStatus.New).GetAttribute("aria-current")));
        await Eventually.IsAsync(async () => (await Bed.LoadAsync(lead.Id)).RefusalReason is null, Token);
    }

    [Fact]
    public async Task StageMovedOnBySomebodyElse_IsNotUndone()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        var (page, snackbar) = Open(Bed.Olena, lead.Id);
        await page.InvokeAsync(() => Stage(page, LeadStatus.Contacted).Click());
        var undo = snackbar.WaitForElement(".mud-snackbar button");
        var won = await Bed.StageAsync(LeadStatus.Won);
        await Bed.Get<LeadService>().MoveAsync(Bed.Nina, lead.Id, won, null, Token);

        await snackbar.InvokeAsync(() => undo.Click());

        snackbar.WaitForAssertion(() =>
            Assert.Contains("нічого не скасовано", snackbar.Markup, StringComparison.Ordinal)
        );
        Assert.Equal(LeadStatus.Won, (await Bed.LoadAsync(lead.Id)).Status);
    }

    [Fact]
    public async Task Archived_CanBeUndone()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        var (page, snackbar) = Open(Bed.Olena, lead.Id);

        await page.InvokeAsync(() => Button(page, "В архів").Click());
        page.WaitForAssertion(() => Assert.Contains("Цей лід в архіві", page.Markup, StringComparison.Ordinal));
        snackbar.WaitForElement(".mud-snackbar button");
        await snackbar.InvokeAsync(() => snackbar.Find(".mud-snackbar button").Click());

        page.WaitForAssertion(() => Assert.DoesNotContain("Цей лід в архіві", page.Markup, StringComparison.Ordinal));
        Assert.Null((await Bed.LoadAsync(lead.Id)).ArchivedAt);
    }

    [Fact]
    public async Task Transfer_ByAManager_FindsThePersonByName_AndTellsWhyInTheHistory()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        var (page, _) = Open(Bed.Nina, lead.Id);
        var dialogs = RenderDialogs();

        await page.InvokeAsync(() => Button(page, "Передати").Click());
        dialogs.WaitForElement(".choice");
        await dialogs.InvokeAsync(() => dialogs.Find("#transfer-search").Input("вовк тар"));
        dialogs.WaitForAssertion(() =>
            Assert.Equal("Тарас Вовк", Assert.Single(dialogs.FindAll(".choice-name")).TextContent)
        );
        await dialogs.InvokeAsync(() => dialogs.Find(".choice input").Change("on"));
        await dialogs.InvokeAsync(() => dialogs.Find("#transfer-reason").Input("говорить <b>турецькою</b>"));
        await dialogs.InvokeAsync(() =>
            dialogs.FindAll("button").Single(button => button.TextContent.Trim() == "Передати").Click()
        );

        page.WaitForAssertion(() =>
            Assert.Contains("Тарас Вовк", page.Find(".page-header p").TextContent, StringComparison.Ordinal)
        );
        await PublishAsync(lead.Id, LeadEventKind.Transferred, Bed.Nina);
        page.WaitForAssertion(() =>
            Assert.Contains(
                "Причина: говорить <b>турецькою</b>",
                page.Find(".entries").TextContent,
                StringComparison.Ordinal
            )
        );
        var history = await Bed.ReadAsync(db =>
            db.LeadEvents.SingleAsync(entry => entry.Kind == LeadEventKind.Transferred)
        );
        Assert.Contains(history.Changes, change => change.Field == FieldChange.Reason);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Transfer_IsTakenBackByOneClick_UnlessSomebodyHasHandedItOn(bool isHandedOn)
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        var (page, _) = Open(Bed.Nina, lead.Id);
        var (dialogs, messages) = (RenderDialogs(), Render<MudSnackbarProvider>());
        await page.InvokeAsync(() => Button(page, "Передати").Click());
        dialogs.WaitForElement(".choice");
        await dialogs.InvokeAsync(() => dialogs.Find("#transfer-search").Input("вовк тар"));
        dialogs.WaitForAssertion(() => Assert.Single(dialogs.FindAll(".choice-name")));
        await dialogs.InvokeAsync(() => dialogs.Find(".choice input").Change("on"));
        await dialogs.InvokeAsync(() =>
            dialogs.FindAll("button").Single(button => button.TextContent.Trim() == "Передати").Click()
        );
        Assert.Contains("Тарас Вовк", messages.WaitForElement(".mud-snackbar").TextContent, StringComparison.Ordinal);
        if (isHandedOn)
        {
            await Bed.Get<LeadService>().TransferAsync(Bed.Ada, lead.Id, null, null, Token);
        }

        await messages.InvokeAsync(() => messages.Find(".mud-snackbar button").Click());

        page.WaitForAssertion(() =>
            Assert.Contains(
                isHandedOn ? "Без агента" : "Олена Гнатюк",
                page.Find(".page-header p").TextContent,
                StringComparison.Ordinal
            )
        );
        messages.WaitForAssertion(() =>
            Assert.Equal(isHandedOn, messages.Markup.Contains("нічого не скасовано", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task Transfer_IsNotOfferedToAgents()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);

        var (page, _) = Open(Bed.Olena, lead.Id);

        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent.Trim() == "Передати");
    }

    [Fact]
    public async Task ColleaguesChange_ShowsWithoutReloading_AndLeavingLeavesTheFeed()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        var (page, _) = Open(Bed.Olena, lead.Id);
        await RenameAsync(Bed.Nina, lead.Id, 1, "Перейменований");

        await PublishAsync(lead.Id, LeadEventKind.Edited, Bed.Nina);

        page.WaitForAssertion(() => Assert.Equal("Перейменований", page.Find("h1").TextContent));
        await DisposeComponentsAsync();
        Assert.Equal(0, Feed.Subscribers);
    }

    [Fact]
    public async Task SyncNow_MarksTheLead_AndSaysSo()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        await Bed.Get<HubDatabase>().InTransactionAsync((db, _) => db.Outbox.ExecuteDeleteAsync(Token), Token);
        var (page, _) = Open(Bed.Olena, lead.Id);

        await page.InvokeAsync(() => page.FindAll(".exchange button")[0].Click());
        page.WaitForAssertion(() =>
            Assert.StartsWith("Порівнюємо", page.Find(".exchange-message").TextContent, StringComparison.Ordinal)
        );
        await page.InvokeAsync(() => page.FindAll(".exchange button")[1].Click());

        page.WaitForAssertion(() =>
            Assert.Contains(
                page.FindAll(".exchange-message"),
                words => words.TextContent.StartsWith("Обміну з HubSpot ще", StringComparison.Ordinal)
            )
        );
        Assert.Equal(1, await Bed.ReadAsync(db => db.Outbox.CountAsync(mark => mark.SubjectId == lead.Id)));
    }

    [Fact]
    public async Task ChangeToldWhileTheDatabaseIsAway_IsReadLater()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        var (page, _) = Open(Bed.Olena, lead.Id);
        await RenameAsync(Bed.Nina, lead.Id, 1, "Перейменований");
        await Bed.Database.ShutAsync();
        Feed.Publish(FeedMessage.RefreshAll);
        // Long enough for the reading to fail; were it not, the test would pass without having proved anything.
        await Task.Delay(TimeSpan.FromMilliseconds(500), Token);
        await Bed.Database.ReopenAsync();

        page.WaitForAssertion(
            () =>
            {
                // The pump's pause before it asks again.
                Clock.Advance(TimeSpan.FromSeconds(1));
                Assert.Equal("Перейменований", page.Find("h1").TextContent);
            },
            TimeSpan.FromSeconds(30)
        );
    }

    [Fact]
    public async Task DatabaseAway_IsSaid_AndTryingAgainReads()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        SignIn(Bed.Olena);
        await Bed.Database.ShutAsync();

        var page = Render<LeadDetailPage>(parameters => parameters.Add(shown => shown.Id, lead.Id));
        Assert.Equal("Не вдалося прочитати лід", page.WaitForElement(".empty-state h2").TextContent);
        await Bed.Database.ReopenAsync();
        await page.InvokeAsync(() => page.Find(".empty-state button").Click());

        page.WaitForElement(".facts");
        Assert.NotEmpty(page.FindAll(".stage"));
    }

    [Fact]
    public async Task DatabaseAwayAtAnUndo_IsSaid_AndWhatIsTypedStays()
    {
        var lead = await Bed.LeadAsync(Bed.Olena, 1);
        var (page, snackbar) = Open(Bed.Olena, lead.Id);
        await page.InvokeAsync(() => Stage(page, LeadStatus.Contacted).Click());
        snackbar.WaitForElement(".mud-snackbar button");
        await page.InvokeAsync(() => Button(page, "Редагувати").Click());
        await page.InvokeAsync(() => page.WaitForElement(NameField).Change("Недописане"));
        await Bed.Database.ShutAsync();

        await snackbar.InvokeAsync(() => snackbar.Find(".mud-snackbar button").Click());

        snackbar.WaitForAssertion(() =>
            Assert.Contains("зараз цього не приймає", snackbar.Markup, StringComparison.Ordinal)
        );
        Assert.Equal("Недописане", page.Find(NameField).GetAttribute("value"));
        await Bed.Database.ReopenAsync();
    }

    private (IRenderedComponent<LeadDetailPage> Page, IRenderedComponent<MudSnackbarProvider> Snackbar) Open(
        Actor actor,
        Guid leadId
    )
    {
        SignIn(actor);
        var snackbar = Render<MudSnackbarProvider>();
        var page = Render<LeadDetailPage>(parameters => parameters.Add(lead => lead.Id, leadId));
        page.WaitForElement(".facts");
        return (page, snackbar);
    }

    private static AngleSharp.Dom.IElement Stage(IRenderedComponent<LeadDetailPage> page, LeadStatus status) =>
        page.Find($".stage[data-status={status.ToString().ToLowerInvariant()}]");

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<LeadDetailPage> page, string text) =>
        page.FindAll(".page-header button").Single(button => button.TextContent.Trim() == text);
}
