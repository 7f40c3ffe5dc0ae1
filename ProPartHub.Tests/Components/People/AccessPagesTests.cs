using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Domain.People.SecondFactors;
using ProPartHub.Domain.People.Sessions;
using ProPartHub.Tests.Accounts;
using ProPartHub.Tests.Infrastructure.Postgres;
using ProPartHub.Web.Components.People;
using Xunit;

namespace ProPartHub.Tests.Components.People;

/// <summary>Log-in health, invitation of many and the guards of an account, as an admin meets them.</summary>
public sealed class AccessPagesTests : HubComponentTest
{
    private PeopleBed _people = null!;

    private Guid Olena => _people.Bed.Olena.UserId;

    protected override async Task ArrangeAsync()
    {
        _people = await PeopleBed.CreateAsync(Token);
        Services.AddSingleton(_people.Get<PeopleDirectory>());
        Services.AddSingleton(_people.Get<PeopleInvitation>());
        Services.AddSingleton(_people.Get<UserSessions>());
        Services.AddSingleton(_people.Get<SecondFactor>());
        Services.AddSingleton(_people.Get<AccountGuards>());
        Services.AddSingleton(_people.Get<LogInHealth>());
        Services.AddSingleton(_people.Bed.Get<LeadHandOver>());
        Services.AddSingleton(_people.Bed.Get<PeopleQueries>());
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await _people.DisposeAsync();
    }

    [Fact]
    public async Task Locked_AreChosenAndUnlockedTogether()
    {
        foreach (var id in new[] { Olena, _people.Bed.Taras.UserId })
        {
            await _people.ChangeAsync(id, user => user.LockoutEnd = Clock.GetUtcNow().AddHours(1));
        }

        var page = Open<LogInHealthPage>("/admin/people/access");
        await page.OnAsync(".health input", element => element.ChangeAsync(new() { Value = true }));
        await page.OnAsync(".health input", element => element.ChangeAsync(new() { Value = true }), 1);
        await page.OnAsync(".page-header-actions button", element => element.ClickAsync(new()));

        page.WaitForAssertion(() => Assert.Equal("Розблоковано 2 записи.", page.Find(".health-said").TextContent));
        Assert.Equal("Нікого", page.Find(".empty-state h2, .empty-state strong, .empty-state").TextContent.Trim()[..6]);
        Assert.Null((await _people.UserAsync(Olena)).LockoutEnd);
    }

    [Fact]
    public void NeverIn_SaysThatTheLinkWasNotUsed()
    {
        var page = Open<LogInHealthPage>("/admin/people/access?group=neverin");

        Assert.Contains(
            page.WaitForElements(".health li"),
            row => row.TextContent.Contains("одноразового посилання не використано", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task PastedList_IsShownAsUnderstood_AndBecomesLinks()
    {
        var page = Open<InviteManyPage>("/admin/people/invite");

        await page.OnAsync(
            "#many-text",
            element => element.InputAsync(new() { Value = "Нова Людина; nova@example.com; агент; Північ\nX; не пошта" })
        );
        Assert.Equal(2, page.FindAll("tbody tr").Count);
        Assert.Contains("Рядок 2:", page.Find("tbody .field-error").TextContent, StringComparison.Ordinal);
        await page.OnAsync("form.many", element => element.SubmitAsync());

        var links = page.WaitForElement("#many-addresses").TextContent;
        Assert.StartsWith("Нова Людина\tnova@example.com\thttp", links, StringComparison.Ordinal);
        Assert.Contains("/account/setup?token=", links, StringComparison.Ordinal);
        Assert.Contains("не пошта", page.Find(".many-faults").TextContent, StringComparison.Ordinal);
        Assert.NotNull(
            await _people.Bed.ReadAsync(db => db.Users.SingleOrDefaultAsync(user => user.Email == "nova@example.com"))
        );
    }

    [Fact]
    public async Task Guards_AskBeforeTheyAct_AndEndOneSession()
    {
        await _people
            .Get<UserSessions>()
            .StartAsync(Olena, SessionMethod.Password, "Chrome, Windows", "10.0.0.1", Token);
        var dialogs = RenderDialogs();
        var guards = await OpenGuardsAsync();

        Assert.Contains(
            "Chrome, Windows",
            guards.WaitForElement(".guards-sessions").TextContent,
            StringComparison.Ordinal
        );
        await guards.OnAsync(".guards-sessions button", element => element.ClickAsync(new()));
        guards.WaitForAssertion(() => Assert.Empty(guards.FindAll(".guards-sessions")));

        var asked = guards.OnAsync(".guards-acts button", element => element.ClickAsync(new()));
        await dialogs.OnAsync(".mud-dialog-actions button", element => element.ClickAsync(new()), 1);
        await asked;
        Assert.True((await _people.UserAsync(Olena)).MustChangePassword);
        Assert.Contains("нового пароля", guards.Find(".guards-said").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhileAnActIsUnderWay_NoSecondOneIsOffered()
    {
        var dialogs = RenderDialogs();
        var guards = await OpenGuardsAsync();
        await using var writing = await HeldTransaction.BeginAsync(
            _people.Bed.ConnectionString,
            "SELECT 1 FROM users WHERE id = @id FOR UPDATE",
            Token,
            ("id", Olena)
        );

        var asked = guards.OnAsync(".guards-acts button", element => element.ClickAsync(new()));
        await dialogs.OnAsync(".mud-dialog-actions button", element => element.ClickAsync(new()), 1);
        await writing.UntilWaitedForAsync(Token);
        guards.WaitForAssertion(() => Assert.NotEmpty(guards.FindAll("button[type=button][disabled]")));
        Assert.Empty(guards.FindAll("button[type=button]:not([disabled])"));

        await writing.CommitAsync(Token);
        await asked;
        Assert.Empty(guards.FindAll("button[disabled]"));

        // The person is read anew, as after each act: what came of it is still said.
        var person = await _people.Get<PeopleDirectory>().PersonAsync(_people.Bed.Ada, Olena, Token);
        guards.Render(parameters => parameters.Add(view => view.Person, person with { DisplayName = "Олена Інша" }));
        guards.WaitForAssertion(() =>
            Assert.Contains("нового пароля", guards.Find(".guards-said").TextContent, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task GiveAll_HandsEveryLeadToWhomIsChosen()
    {
        await _people.Bed.LeadAsync(_people.Bed.Olena, 1);
        await _people.Bed.LeadAsync(_people.Bed.Olena, 2);
        var dialogs = RenderDialogs();
        var guards = await OpenGuardsAsync();

        var asked = guards.InvokeAsync(() =>
            guards
                .FindAll("button")
                .Single(button => button.TextContent.Contains("2 ліди", StringComparison.Ordinal))
                .ClickAsync(new())
        );
        await dialogs.OnAsync("#transfer-search", element => element.InputAsync(new() { Value = "James" }));
        await dialogs.OnAsync(".choice input", element => element.ChangeAsync(new() { Value = "on" }));
        await dialogs.OnAsync(".mud-dialog-actions button", element => element.ClickAsync(new()), 1);
        await asked;

        guards.WaitForAssertion(() => Assert.Equal("Передано 2 ліди.", guards.Find(".guards-said").TextContent));
        Assert.Equal(
            2,
            await _people.Bed.ReadAsync(db => db.Leads.CountAsync(lead => lead.AgentId == _people.Bed.James.UserId))
        );
    }

    private async Task<IRenderedComponent<PersonGuards>> OpenGuardsAsync()
    {
        SignIn(_people.Bed.Ada);
        var person = await _people.Get<PeopleDirectory>().PersonAsync(_people.Bed.Ada, Olena, Token);
        var guards = Render<PersonGuards>(parameters =>
            parameters.Add(guards => guards.Actor, _people.Bed.Ada).Add(guards => guards.Person, person)
        );

        // Until sessions and second factor are read, nobody can press a button; a test's click would go through and be lost.
        guards.WaitForAssertion(() => Assert.Empty(guards.FindAll("button[disabled]")));
        return guards;
    }

    private IRenderedComponent<T> Open<T>(string address)
        where T : IComponent
    {
        SignIn(_people.Bed.Ada);
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        return Render<T>();
    }
}
