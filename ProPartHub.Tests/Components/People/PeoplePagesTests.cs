using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Domain.People.SecondFactors;
using ProPartHub.Domain.People.Sessions;
using ProPartHub.Tests.Accounts;
using ProPartHub.Web.Components.People;
using Xunit;

namespace ProPartHub.Tests.Components.People;

/// <summary>The pages about people over real accounts: what each role sees, faults at their fields, questions before acts.</summary>
public sealed class PeoplePagesTests : HubComponentTest
{
    private PeopleBed _people = null!;

    private Guid Olena => _people.Bed.Olena.UserId;

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    protected override async Task ArrangeAsync()
    {
        _people = await PeopleBed.CreateAsync(Token);
        Services.AddSingleton(_people.Get<PeopleDirectory>());
        Services.AddSingleton(_people.Get<PeopleInvitation>());
        Services.AddSingleton(_people.Get<PeopleAdmin>());
        Services.AddSingleton(_people.Get<TeamMove>());
        Services.AddSingleton(_people.Get<OwnerLinking>());
        Services.AddSingleton(_people.Get<OwnerAliases>());
        Services.AddSingleton(_people.Get<UserSessions>());
        Services.AddSingleton(_people.Get<SecondFactor>());
        Services.AddSingleton(_people.Get<AccountGuards>());
        Services.AddSingleton(_people.Get<LogInHealth>());
        Services.AddSingleton(_people.Bed.Get<LeadHandOver>());
        Services.AddSingleton(_people.Bed.Get<PeopleQueries>());
        Services.AddSingleton(_people.Bed.Get<ViewLog>());
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await _people.DisposeAsync();
    }

    [Fact]
    public async Task List_ShowsStateRoleTeamAndOwner()
    {
        await _people.OwnerAsync("77", "Olena in HubSpot");
        await _people.ChangeAsync(Olena, user => user.HubSpotOwnerId = "77");
        await _people.ChangeAsync(_people.Bed.Taras.UserId, user => user.LockoutEnd = Clock.GetUtcNow().AddHours(1));
        await _people.ChangeAsync(_people.Bed.James.UserId, user => user.IsActive = false);
        var page = Open(_people.Bed.Ada);

        Assert.Equal("6 людей", page.WaitForElement(".page-header-title p").TextContent);
        Assert.Contains("Olena in HubSpot", Row(page, "Олена Гнатюк"), StringComparison.Ordinal);
        Assert.Contains("Запрошено", Row(page, "Олена Гнатюк"), StringComparison.Ordinal);
        Assert.Contains("Заблоковано до 13:00", Row(page, "Тарас Вовк"), StringComparison.Ordinal);
        Assert.Contains("Вимкнено", Row(page, "James Reed"), StringComparison.Ordinal);
        Assert.Contains("уся агенція", Row(page, "Ada Byron"), StringComparison.Ordinal);
    }

    [Fact]
    public void List_OfAManager_IsTheTeam_AndOnlyToLookAt()
    {
        var page = Open(_people.Bed.Nina);

        Assert.Equal("Ваша команда", page.WaitForElement("h1").TextContent);
        page.WaitForAssertion(() => Assert.Equal(3, page.FindAll("tbody tr").Count));
        // To look at, and to take along as a file; a person's page is for admins alone.
        Assert.All(
            page.FindAll("tbody a").Select(link => link.GetAttribute("href")!),
            address => Assert.StartsWith("/documents/", address, StringComparison.Ordinal)
        );
        Assert.All(
            page.FindAll(".page-header-actions a").Select(link => link.GetAttribute("href")!),
            address => Assert.StartsWith("/admin/people/export", address, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task SearchAndRole_LiveInTheAddress()
    {
        var page = Open(_people.Bed.Ada);
        page.WaitForElement("tbody tr");

        await page.OnAsync("input[type=search]", element => element.ChangeAsync(new() { Value = "о" }));
        // In one step: a render in between would give the chip another handler.
        await page.InvokeAsync(() => page.FindAll(".chip")[1].ClickAsync(new()));

        Assert.EndsWith("/admin/people?q=%D0%BE&role=agent", Navigation.Uri, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("tbody tr").Count));
    }

    [Fact]
    public void NobodyFound_IsSaid()
    {
        var page = Open(_people.Bed.Ada, "?q=ніхтонезнайдений");

        Assert.Equal("Нікого не знайдено", page.WaitForElement(".empty-state h2").TextContent);
    }

    [Theory]
    [InlineData("uk", "Заповніть це поле.", "Від 3 до 64", "Це не адреса", "Агентам і менеджерам")]
    [InlineData("en", "Fill in this field.", "3 to 64", "This is no mail", "Agents and managers")]
    public async Task NewPerson_Faults_StandAtTheirFields(
        string language,
        string name,
        string userName,
        string mail,
        string team
    )
    {
        Speak(language);
        var page = OpenNew();
        await page.OnAsync("#person-UserName", element => element.ChangeAsync(new() { Value = "їжак" }));
        await page.OnAsync("#person-Email", element => element.ChangeAsync(new() { Value = "їжак@" }));

        await page.OnAsync("form", element => element.SubmitAsync());

        Assert.Equal(name, page.Find("#person-DisplayName-error").TextContent);
        Assert.StartsWith(userName, page.Find("#person-UserName-error").TextContent, StringComparison.Ordinal);
        Assert.StartsWith(mail, page.Find("#person-Email-error").TextContent, StringComparison.Ordinal);
        Assert.StartsWith(team, page.Find("#person-TeamId-error").TextContent, StringComparison.Ordinal);
        Assert.Equal(
            "person-Email-error",
            page.Find("#person-Email[aria-invalid=true]").GetAttribute("aria-describedby")
        );
        Assert.Equal("їжак", page.Find("#person-UserName").GetAttribute("value"));
    }

    [Theory]
    [InlineData("olena", "new@example.com", "UserName", "вже зайняте")]
    [InlineData("petro", "OLENA@example.com", "Email", "вже використовується")]
    public async Task NewPerson_TakenNames_AreToldAtTheirField(string userName, string mail, string field, string words)
    {
        var page = await FilledAsync(userName, mail);

        await page.OnAsync("form", element => element.SubmitAsync());

        Assert.Contains(words, page.Find($"#person-{field}-error").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NewPerson_GetsAOneTimeLink_ShownOnce()
    {
        var page = await FilledAsync("petro", "petro@example.com");

        await page.OnAsync("form", element => element.SubmitAsync());

        var link = page.WaitForElement("input[readonly]").GetAttribute("value")!;
        Assert.StartsWith("http://localhost/account/setup?token=", link, StringComparison.Ordinal);
        await page.OnAsync(".link-actions button", element => element.ClickAsync(new()));
        Assert.Equal("", page.WaitForElement("#person-UserName").GetAttribute("value") ?? "");
    }

    [Fact]
    public async Task Admin_HasNoTeamToChoose_AndANewTeamHasAName()
    {
        var page = OpenNew();

        await page.OnAsync(
            "#person-TeamId",
            element => element.ChangeAsync(new() { Value = PersonForm.NewTeamChoice })
        );
        Assert.NotNull(page.Find("#person-NewTeam"));
        await page.OnAsync("#person-Role", element => element.ChangeAsync(new() { Value = nameof(Role.Admin) }));

        Assert.Empty(page.FindAll("#person-TeamId, #person-NewTeam"));
    }

    [Fact]
    public async Task RoleChange_AsksFirst_AndSaysWhatHappens()
    {
        var (page, dialogs) = OpenPerson(Olena);
        await page.OnAsync("#person-Role", element => element.ChangeAsync(new() { Value = nameof(Role.Manager) }));

        var saving = page.OnAsync("form", element => element.SubmitAsync());
        Assert.Contains(
            "Агент → Менеджер",
            dialogs.WaitForElement(".dialog-text").TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(Role.Agent, (await _people.UserAsync(Olena)).Role);
        await dialogs.OnAsync(".mud-dialog-actions button", element => element.ClickAsync(new()), 1);
        await saving;

        page.WaitForAssertion(() =>
            Assert.Contains("протягом хвилини", page.Find(".said").TextContent, StringComparison.Ordinal)
        );
        Assert.Equal(Role.Manager, (await _people.UserAsync(Olena)).Role);
    }

    [Fact]
    public async Task SwitchOff_Cancelled_ChangesNothing_Confirmed_DoesIt()
    {
        var (page, dialogs) = OpenPerson(Olena);

        foreach (var (button, isActive) in new[] { (0, true), (1, false) })
        {
            var acting = page.OnAsync(".access-actions .danger", element => element.ClickAsync(new()));
            dialogs.WaitForElement(".mud-dialog");
            await dialogs.OnAsync(".mud-dialog-actions button", element => element.ClickAsync(new()), button);
            await acting;

            Assert.Equal(isActive, (await _people.UserAsync(Olena)).IsActive);
        }

        Assert.Equal("Вимкнено", page.Find(".access .state").TextContent);
        Assert.Equal("Увімкнути обліковий запис", page.Find(".access-actions button").TextContent);
    }

    [Fact]
    public async Task Owner_IsChosenByName_AndSaved()
    {
        await _people.OwnerAsync("77", "Olena in HubSpot");
        var (page, _) = OpenPerson(Olena);

        await page.OnAsync("#person-Owner", element => element.ChangeAsync(new() { Value = "77" }));
        await page.OnAsync("form", element => element.SubmitAsync());

        page.WaitForAssertion(() => Assert.Equal("Збережено.", page.Find(".said").TextContent));
        Assert.Equal("77", (await _people.UserAsync(Olena)).HubSpotOwnerId);
    }

    [Fact]
    public void OwnAccount_HasNoWayToLockOneselfOut()
    {
        var (page, _) = OpenPerson(_people.Bed.Ada.UserId);

        Assert.Empty(page.FindAll(".access-actions button"));
        Assert.True(page.Find("#person-Role").HasAttribute("disabled"));
    }

    [Fact]
    public void Person_WhoIsNotThere_IsSaidSo()
    {
        SignIn(_people.Bed.Ada);

        var page = Render<PersonPage>(parameters => parameters.Add(person => person.Id, Guid.NewGuid()));

        Assert.Equal("Такої людини немає", page.WaitForElement(".notice h1").TextContent);
    }

    private static string Row(IRenderedComponent<PeoplePage> page, string name) =>
        page.FindAll("tbody tr").Single(row => row.TextContent.Contains(name, StringComparison.Ordinal)).TextContent;

    private IRenderedComponent<PeoplePage> Open(Actor actor, string query = "")
    {
        SignIn(actor);
        Navigation.NavigateTo("/admin/people" + query);
        return Render<PeoplePage>();
    }

    private IRenderedComponent<NewPersonPage> OpenNew()
    {
        SignIn(_people.Bed.Ada);
        var page = Render<NewPersonPage>();
        page.WaitForElement("form");
        return page;
    }

    private async Task<IRenderedComponent<NewPersonPage>> FilledAsync(string userName, string mail)
    {
        var page = OpenNew();
        await page.OnAsync("#person-DisplayName", element => element.ChangeAsync(new() { Value = "Петро" }));
        await page.OnAsync("#person-UserName", element => element.ChangeAsync(new() { Value = userName }));
        await page.OnAsync("#person-Email", element => element.ChangeAsync(new() { Value = mail }));
        await page.OnAsync(
            "#person-TeamId",
            element => element.ChangeAsync(new() { Value = _people.Bed.Nina.TeamId.ToString() })
        );
        return page;
    }

    private (IRenderedComponent<PersonPage> Page, IRenderedComponent<MudBlazor.MudDialogProvider> Dialogs) OpenPerson(
        Guid id
    )
    {
        SignIn(_people.Bed.Ada);
        var dialogs = RenderDialogs();
        var page = Render<PersonPage>(parameters => parameters.Add(person => person.Id, id));
        page.WaitForElement("form");
        return (page, dialogs);
    }
}
