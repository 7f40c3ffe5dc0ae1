using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Tests.Accounts;
using ProPartHub.Web.Components.People;
using Xunit;

namespace ProPartHub.Tests.Components.People;

/// <summary>The move of several people to another manager: chosen, said what will change, done, taken back.</summary>
public sealed class TeamMovePageTests : HubComponentTest
{
    private const string Acts = ".selection-acts button";
    private const string DialogButtons = ".mud-dialog-actions button";

    private PeopleBed _people = null!;

    private Guid Olena => _people.Bed.Olena.UserId;

    protected override async Task ArrangeAsync()
    {
        _people = await PeopleBed.CreateAsync(Token);
        Services.AddSingleton(_people.Get<PeopleDirectory>());
        Services.AddSingleton(_people.Get<TeamMove>());
        Services.AddSingleton(_people.Get<OwnerLinking>());
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await _people.DisposeAsync();
    }

    [Fact]
    public void Managers_HaveNobodyToChoose()
    {
        var page = Open(_people.Bed.Nina);

        Assert.Equal(3, page.WaitForElements("tbody tr").Count);
        Assert.Empty(page.FindAll("input[type=checkbox]"));
    }

    [Fact]
    public async Task Chosen_AreCounted_AndStayChosenOnOtherPages()
    {
        await AddAgentsAsync(PeopleDirectory.PageSize);
        var page = Open(_people.Bed.Ada);
        Assert.Empty(page.WaitForElements("tbody tr.chosen", 0));
        Assert.Empty(page.FindAll(Acts));

        await page.OnAsync(".selection-page input", box => box.ChangeAsync(new() { Value = true }));
        Assert.Equal(PeopleDirectory.PageSize, page.FindAll("tbody tr.chosen").Count);
        Assert.True(page.Find(".selection-page input").HasAttribute("checked"));
        await page.OnAsync("tbody input", box => box.ChangeAsync(new() { Value = false }));
        Assert.Equal("Вибрано: 24", Words(page.Find(".selection-count").TextContent));
        Assert.False(page.Find(".selection-page input").HasAttribute("checked"));

        Services.GetRequiredService<NavigationManager>().NavigateTo("/admin/people?page=2");
        page.WaitForAssertion(() => Assert.Equal(6, page.FindAll("tbody tr").Count));
        Assert.Empty(page.FindAll("tbody tr.chosen"));
        await page.OnAsync("tbody input", box => box.ChangeAsync(new() { Value = true }));
        Assert.Equal("Вибрано: 25 · на інших сторінках: 24", Words(page.Find(".selection-count").TextContent));

        await page.OnAsync(Acts, button => button.ClickAsync(new()));
        Assert.Empty(page.FindAll("tbody tr.chosen"));
        Assert.Empty(page.FindAll(Acts));
    }

    [Theory]
    [InlineData(
        "uk",
        "1 людина перейде в команду «Південь» (менеджер: Mark Stone), разом із 2 лідами. 1 людина лишиться",
        "Олена Гнатюк Північ · 2 ліди",
        "1 людина вже там",
        "Ніна Коваль веде команду",
        "1 людину переведено в команду «Південь» (менеджер: Mark Stone), разом із 2 лідами. Не переведено:",
        "1 людину повернено в попередню команду, разом із 2 лідами."
    )]
    [InlineData(
        "en",
        "1 person moves to team “Південь” (manager: Mark Stone), with 2 leads. 1 person stays.",
        "Олена Гнатюк Північ · 2 leads",
        "1 person is there already",
        "Ніна Коваль leads a team",
        "1 person moved to team “Південь” (manager: Mark Stone), with 2 leads. Not moved:",
        "1 person is back in the former team, with 2 leads."
    )]
    public async Task Move_SaysBeforeWhatItDoes_AndIsTakenBack(
        string language,
        string sum,
        string row,
        string there,
        string stays,
        string done,
        string undone
    )
    {
        Speak(language);
        await _people.Bed.LeadAsync(_people.Bed.Olena, 1);
        await _people.Bed.LeadAsync(_people.Bed.Olena, 2);
        var (page, dialogs, moving) = await AskedAsync("Олена Гнатюк", "Ніна Коваль", "James Reed");
        Assert.True(dialogs.FindAll(DialogButtons)[1].HasAttribute("disabled"));

        await ChooseManagerAsync(dialogs, "Mark Stone");
        dialogs.WaitForAssertion(() =>
            Assert.StartsWith(sum, dialogs.Find(".move-sum").TextContent, StringComparison.Ordinal)
        );
        var rows = Words(dialogs.Find(".move-rows").TextContent);
        Assert.All(new[] { row, there, stays }, text => Assert.Contains(text, rows, StringComparison.Ordinal));
        Assert.Equal(_people.Bed.Nina.TeamId, (await _people.UserAsync(Olena)).TeamId);
        await dialogs.OnAsync(DialogButtons, button => button.ClickAsync(new()), 1);
        await moving;

        Assert.StartsWith(done, Words(page.WaitForElement(".report-said").TextContent), StringComparison.Ordinal);
        Assert.Equal(_people.Bed.Mark.TeamId, (await _people.UserAsync(Olena)).TeamId);
        Assert.Contains("Південь", Row(page, "Олена Гнатюк"), StringComparison.Ordinal);
        Assert.Empty(page.FindAll("tbody tr.chosen"));

        await page.OnAsync(".report-acts button", button => button.ClickAsync(new()));
        page.WaitForAssertion(() => Assert.Equal(undone, Words(page.Find(".report-said").TextContent)));
        Assert.Equal(_people.Bed.Nina.TeamId, (await _people.UserAsync(Olena)).TeamId);
        Assert.Contains("Північ", Row(page, "Олена Гнатюк"), StringComparison.Ordinal);
        await page.OnAsync(".report-acts button", button => button.ClickAsync(new()));
        Assert.Empty(page.FindAll(".report"));
    }

    [Fact]
    public async Task Managers_AreFoundByNameOrTeam_AndThoseGoneMeanwhileAreSaidSo()
    {
        var (_, dialogs, moving) = await AskedAsync("Олена Гнатюк");
        await dialogs.OnAsync("#move-search", field => field.InputAsync(new() { Value = "ПІВД" }));
        Assert.Equal("Mark Stone", dialogs.Find(".choice-name").TextContent);
        await ChooseManagerAsync(dialogs, "Mark Stone");
        dialogs.WaitForElement(".move-sum");
        await _people.ChangeAsync(_people.Bed.Mark.UserId, user => user.IsActive = false);

        await dialogs.OnAsync(DialogButtons, button => button.ClickAsync(new()), 1);

        Assert.Equal(
            "Цей менеджер уже не веде команди. Виберіть іншого.",
            dialogs.WaitForElement(".move-fault").TextContent
        );
        Assert.Equal(_people.Bed.Nina.TeamId, (await _people.UserAsync(Olena)).TeamId);
        await dialogs.OnAsync(DialogButtons, button => button.ClickAsync(new()));
        await moving;
    }

    [Fact]
    public async Task WithoutTheDatabase_TheDialogStays_AndTheMoveIsMadeLater()
    {
        var (page, dialogs, moving) = await AskedAsync("Олена Гнатюк");
        await ChooseManagerAsync(dialogs, "Mark Stone");
        dialogs.WaitForElement(".move-sum");
        await _people.Bed.Database.ShutAsync();

        await dialogs.OnAsync(DialogButtons, button => button.ClickAsync(new()), 1);
        Assert.Contains(
            "база даних зараз цього не приймає",
            dialogs.WaitForElement(".move-fault").TextContent,
            StringComparison.Ordinal
        );

        await _people.Bed.Database.ReopenAsync();
        await dialogs.OnAsync(DialogButtons, button => button.ClickAsync(new()), 1);
        await moving;
        page.WaitForElement(".report");
        Assert.Equal(_people.Bed.Mark.TeamId, (await _people.UserAsync(Olena)).TeamId);
    }

    private IRenderedComponent<PeoplePage> Open(Actor actor)
    {
        SignIn(actor);
        Services.GetRequiredService<NavigationManager>().NavigateTo("/admin/people");
        return Render<PeoplePage>();
    }

    // The page with these people chosen, and the dialog that asks for their manager.
    private async Task<(IRenderedComponent<PeoplePage>, IRenderedComponent<MudDialogProvider>, Task)> AskedAsync(
        params string[] names
    )
    {
        var dialogs = RenderDialogs();
        var page = Open(_people.Bed.Ada);
        foreach (var name in names)
        {
            await page.OnAsync($"tbody input[aria-label$='{name}']", box => box.ChangeAsync(new() { Value = true }));
        }

        var moving = page.OnAsync(Acts, button => button.ClickAsync(new()), 1);
        dialogs.WaitForElement(".choice");
        return (page, dialogs, moving);
    }

    private static Task ChooseManagerAsync(IRenderedComponent<MudDialogProvider> dialogs, string name) =>
        dialogs.InvokeAsync(() =>
            dialogs
                .FindAll(".choice")
                .Single(choice => choice.TextContent.Contains(name, StringComparison.Ordinal))
                .QuerySelector("input")!
                .ChangeAsync(new() { Value = "on" })
        );

    private Task AddAgentsAsync(int count) =>
        _people
            .Bed.Get<HubDatabase>()
            .InTransactionAsync(
                (db, _) =>
                {
                    foreach (var number in Enumerable.Range(1, count))
                    {
                        var agent = _people
                            .Get<AccountCreation>()
                            .New($"agent-{number:00}", $"Агент {number:00}", $"a{number}@example.com", Role.Agent);
                        agent.TeamId = _people.Bed.Nina.TeamId;
                        db.Users.Add(agent);
                    }

                    return Task.CompletedTask;
                },
                Token
            );

    private static string Row(IRenderedComponent<PeoplePage> page, string name) =>
        page.FindAll("tbody tr").Single(row => row.TextContent.Contains(name, StringComparison.Ordinal)).TextContent;

    private static string Words(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
