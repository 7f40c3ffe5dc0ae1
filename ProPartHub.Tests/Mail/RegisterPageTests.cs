using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Errors;
using ProPartHub.Domain.Mail;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Tests.Accounts;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Live;
using Xunit;

namespace ProPartHub.Tests.Mail;

/// <summary>Registration of agents over HTTP, and what becomes of it.</summary>
public sealed class RegisterPageTests(MailHub hub) : IClassFixture<MailHub>
{
    private const string Password = AccountHub.Password;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private AgentRegistration Registration => hub.Host.Services.GetRequiredService<AgentRegistration>();

    [Fact]
    public async Task Registered_CanLogInOnceTheAddressIsConfirmed_AsAnUnverifiedAgentOfTheManagersTeam()
    {
        var manager = await hub.AddManagerAsync("boss1");
        using var browser = hub.Host.NewBrowser();

        using var answer = await RegisterAsync(browser, manager, "fresh");
        Assert.Equal("/account/register?done=1", answer.Headers.Location!.PathAndQuery());
        var mail = await hub.Mailbox.ArrivedAsync("fresh@people.example.com");
        using var early = await browser.LogInAsync("fresh", Password);
        Assert.Equal(HttpStatusCode.OK, early.StatusCode);
        // Whoever only looks behind the link, as mail servers do, confirms nothing.
        await browser.OpenAsync(Mailbox.LinkOf(mail));
        Assert.False((await FindAsync("fresh"))!.EmailConfirmed);
        using var confirmed = await browser.SubmitAsync(Mailbox.LinkOf(mail), "confirm");

        Assert.Equal("/account/login?confirmed=1", confirmed.Headers.Location!.PathAndQuery());
        using var signedIn = await hub.Host.SignInAsync("fresh", Password);
        var user = (await FindAsync("fresh"))!;
        Assert.Equal(
            (Role.Agent, manager.TeamId, false, true, "en"),
            (user.Role, user.TeamId, user.IsVerified, user.EmailConfirmed, user.Culture)
        );
        using var again = await browser.GetAsync(Mailbox.LinkOf(mail), Token);
        Assert.Equal(HttpStatusCode.Gone, again.StatusCode);
        Assert.Equal(
            [
                SecurityEventKind.Registered,
                SecurityEventKind.LogInFailed,
                SecurityEventKind.AddressConfirmed,
                SecurityEventKind.LoggedIn,
            ],
            (await hub.EventsAsync(user.Id)).Select(entry => entry.Kind)
        );
    }

    [Fact]
    public async Task Answer_IsTheSame_ForTakenAddressesAndNames_AndTheMailSaysWhich()
    {
        var manager = await hub.AddManagerAsync("boss2");
        await hub.Host.AddUserAsync("owner", Password);
        using var browser = hub.Host.NewBrowser();

        var free = await AnswerAsync(browser, manager, "free2", "free2@people.example.com");
        var address = await AnswerAsync(browser, manager, "other2", "OWNER@people.example.com");
        var name = await AnswerAsync(browser, manager, "Owner", "new2@people.example.com");

        Assert.Equal(free, address);
        Assert.Equal(free, name);
        var inUse = await hub.Mailbox.ArrivedAsync("OWNER@people.example.com");
        Assert.Equal("/account/forgotten", Mailbox.LinkOf(inUse));
        Assert.Equal("/account/register", Mailbox.LinkOf(await hub.Mailbox.ArrivedAsync("new2@people.example.com")));
        Assert.Null(await FindAsync("other2"));
        using var signedIn = await hub.Host.SignInAsync("owner", Password);
    }

    [Fact]
    public async Task SecondRegistrationWithAnAddress_ReplacesTheOneNobodyConfirmed()
    {
        var manager = await hub.AddManagerAsync("boss3");
        using var browser = hub.Host.NewBrowser();
        using var strangers = await RegisterAsync(browser, manager, "stranger3", "victim3@people.example.com");
        var first = await hub.Mailbox.ArrivedAsync("victim3@people.example.com");

        using var own = await RegisterAsync(browser, manager, "victim3");

        await hub.Mailbox.ArrivedAsync("victim3@people.example.com", 2);
        using var dead = await browser.GetAsync(Mailbox.LinkOf(first), Token);
        Assert.Equal(HttpStatusCode.Gone, dead.StatusCode);
        Assert.Null(await FindAsync("stranger3"));
        Assert.NotNull(await FindAsync("victim3"));
    }

    [Fact]
    public async Task Form_OffersActiveManagersByName_AndNothingElseOfThem()
    {
        var shown = await hub.AddManagerAsync("boss4");
        await hub.AddManagerAsync("gone4", user => user.IsActive = false);
        await hub.Host.AddUserAsync("teamless4", Password, Role.Manager);
        using var browser = hub.Host.NewBrowser();

        using var answer = await browser.GetAsync("/account/register", Token);
        var html = await answer.Content.ReadAsStringAsync(Token);

        Assert.Contains(shown.DisplayName, html, StringComparison.Ordinal);
        Assert.DoesNotContain("gone4", html, StringComparison.Ordinal);
        Assert.DoesNotContain("teamless4", html, StringComparison.Ordinal);
        Assert.DoesNotContain("@people.example.com", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Faults_AreToldAtTheirFields()
    {
        var agent = await hub.Host.AddUserAsync("noboss5", Password);
        using var browser = hub.Host.NewBrowser();

        using var answer = await browser.SubmitAsync(
            "/account/register",
            "register",
            ("Form.DisplayName", ""),
            ("Form.UserName", "a b"),
            ("Form.Email", "no"),
            ("Form.ManagerId", ""),
            ("Form.Password", "short"),
            ("Form.Repeated", "other"),
            ("Form.Culture", "uk")
        );
        using var forged = await RegisterAsync(browser, agent, "forged5");

        Assert.Equal(6, (await answer.PageAsync()).QuerySelectorAll(".field-error").Length);
        Assert.Equal(
            "Виберіть свого менеджера.",
            (await forged.PageAsync()).QuerySelector(".field-error")!.TextContent
        );
        Assert.Null(await FindAsync("forged5"));
    }

    [Fact]
    public async Task NobodyConfirmedInAWeek_TheAccountIsRemoved_OthersStay()
    {
        var manager = await hub.AddManagerAsync("boss6");
        using var browser = hub.Host.NewBrowser();
        using var late = await RegisterAsync(browser, manager, "late6");
        hub.Time.Advance(AgentRegistration.Patience - TimeSpan.FromHours(1));
        using var recent = await RegisterAsync(browser, manager, "recent6");
        await Registration.RemoveExpiredAsync(Token);
        Assert.NotNull(await FindAsync("late6"));

        // The job looks every hour by itself.
        await Eventually.IsAsync(
            async () =>
            {
                hub.Time.Advance(TimeSpan.FromMinutes(61));
                return await FindAsync("late6") is null;
            },
            Token
        );

        Assert.NotNull(await FindAsync("boss6"));
        Assert.Single(
            await hub.EventsAsync(entry =>
                entry.Kind == SecurityEventKind.RegistrationExpired && entry.ActorName == "ProPart Hub"
            ),
            entry => entry.Details["user name"] == "late6"
        );
    }

    [Fact]
    public async Task SwitchedOff_ThePageSaysSo_AndTheServiceRefuses()
    {
        await using var closed = new AccountHub();
        await closed.InitializeAsync();
        using var browser = closed.Host.NewBrowser();

        var page = await browser.OpenAsync("/account/register");

        Assert.Equal("Реєстрацію вимкнено", page.QuerySelector("h1")!.TextContent);
        Assert.Null(page.QuerySelector("[name='Form.Email']"));
        Assert.Null((await browser.OpenAsync("/account/login")).QuerySelector("a[href='/account/register']"));
        await Assert.ThrowsAsync<ForbiddenException>(() =>
            closed
                .Host.Services.GetRequiredService<AgentRegistration>()
                .RegisterAsync(new("a", "a", "a@b.c", Guid.NewGuid(), Password, Password, "uk"), null, Token)
        );
    }

    [Fact]
    public async Task Floods_AreRefused()
    {
        var manager = await hub.AddManagerAsync("boss8");
        using var browser = hub.Host.NewBrowser();
        for (var attempt = 0; attempt < 5; attempt++)
        {
            using var taken = await RegisterAsync(browser, manager, $"flood8{attempt}", "flood8@people.example.com");
        }

        using var sixth = await RegisterAsync(browser, manager, "flood86", "flood8@people.example.com");

        Assert.Equal(HttpStatusCode.TooManyRequests, sixth.StatusCode);
        await hub.Mailbox.ArrivedAsync("flood8@people.example.com", 3);
        await using var db = await hub.Host.Database.ReadAsync(Token);
        Assert.Equal(3, await db.Mails.CountAsync(mail => mail.Address == "flood8@people.example.com", Token));
        Assert.Single(await db.Users.Where(user => user.UserName!.StartsWith("flood8")).ToListAsync(Token));
    }

    private async Task<string> AnswerAsync(HttpClient browser, HubUser manager, string userName, string address)
    {
        using var answer = await RegisterAsync(browser, manager, userName, address);
        var next = answer.Headers.Location!.ToString();
        return $"{answer.StatusCode} {next} {(await browser.OpenAsync(next)).QuerySelector(".account-card")!.TextContent}";
    }

    private static Task<HttpResponseMessage> RegisterAsync(
        HttpClient browser,
        HubUser manager,
        string userName,
        string? address = null
    ) =>
        browser.SubmitAsync(
            "/account/register",
            "register",
            ("Form.DisplayName", $"Agent {userName}"),
            ("Form.UserName", userName),
            ("Form.Email", address ?? $"{userName}@people.example.com"),
            ("Form.ManagerId", manager.Id.ToString()),
            ("Form.Password", Password),
            ("Form.Repeated", Password),
            ("Form.Culture", "en")
        );

    private async Task<HubUser?> FindAsync(string userName)
    {
        await using var db = await hub.Host.Database.ReadAsync(Token);
        return await db.Users.SingleOrDefaultAsync(user => user.UserName == userName, Token);
    }
}
