using System.Net;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Tests.Accounts;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Live;
using Xunit;

namespace ProPartHub.Tests.Mail;

/// <summary>Forgotten passwords over HTTP, from the log-in page to the log-in with the new one.</summary>
public sealed class ForgottenPageTests(MailHub hub) : IClassFixture<MailHub>
{
    private const string NewPassword = "п’ять не пов’язаних слів";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mail_LeadsToANewPassword_Once()
    {
        var user = await hub.Host.AddUserAsync("lost", AccountHub.Password);
        using var browser = hub.Host.NewBrowser();
        var link = (await browser.OpenAsync("/account/login")).QuerySelector("a[href='/account/forgotten']");
        Assert.NotNull(link);

        using var asked = await AskAsync(browser, "Lost@People.Example.com");
        var mail = await hub.Mailbox.ArrivedAsync(user.Email!);
        Assert.Equal("A new password for ProPart Hub", mail.Subject);
        Assert.Contains("lost", mail.Text, StringComparison.Ordinal);
        using var set = await browser.SubmitAsync(
            Mailbox.LinkOf(mail),
            "setup",
            ("Form.DisplayName", "Olena"),
            ("Form.Password", NewPassword),
            ("Form.Repeated", NewPassword)
        );

        Assert.Equal(HttpStatusCode.Found, set.StatusCode);
        using var signedIn = await hub.Host.SignInAsync("lost", NewPassword);
        using var again = await browser.GetAsync(Mailbox.LinkOf(mail), Token);
        Assert.Equal(HttpStatusCode.Gone, again.StatusCode);
        var events = await hub.EventsAsync(user.Id);
        Assert.Equal(
            "mailed",
            events.Single(entry => entry.Kind == SecurityEventKind.PasswordResetAsked).Details["outcome"]
        );
        Assert.Contains(events, entry => entry.Kind == SecurityEventKind.PasswordChanged);
    }

    [Fact]
    public async Task Asking_ChangesNothing_UntilTheLinkIsUsed()
    {
        var user = await hub.Host.AddUserAsync("teased", AccountHub.Password);
        using var session = await hub.Host.SignInAsync("teased", AccountHub.Password);
        using var stranger = hub.Host.NewBrowser();

        using var asked = await AskAsync(stranger, user.Email!);
        await hub.Mailbox.ArrivedAsync(user.Email!);

        Assert.Equal(user.SecurityStamp, (await hub.ReadAsync(user.Id)).SecurityStamp);
        await session.OpenAsync("/account/manage");
        using var signedIn = await hub.Host.SignInAsync("teased", AccountHub.Password);
    }

    [Fact]
    public async Task Answer_IsTheSame_WhetherOrNotThereIsAnAccount()
    {
        await hub.Host.AddUserAsync("known", AccountHub.Password);

        var known = await AnswerAsync("known@people.example.com");
        var unknown = await AnswerAsync("unknown@people.example.com");

        Assert.Equal(known, unknown);
        await hub.Mailbox.ArrivedAsync("known@people.example.com");
        Assert.Equal("unknown account", await OutcomeAsync("unknown@people.example.com"));
        Assert.Empty(hub.Mailbox.To("unknown@people.example.com"));
    }

    [Fact]
    public async Task ClosedAccounts_GetNoMail()
    {
        await hub.Host.AddUserAsync("off", AccountHub.Password, change: user => user.IsActive = false);
        await hub.Host.AddUserAsync("demo", AccountHub.Password, change: user => user.IsDemo = true);
        var now = hub.Time.GetUtcNow();
        await hub.Host.AddUserAsync(
            "banned",
            AccountHub.Password,
            change: user => Lockout.Lock(user, now.AddHours(24))
        );
        // An admin's lock is one to its last minute.
        await hub.Host.AddUserAsync(
            "barred",
            AccountHub.Password,
            change: user => Lockout.Lock(user, now.AddMinutes(1))
        );
        await hub.Host.AddUserAsync(
            "clumsy",
            AccountHub.Password,
            change: user => user.LockoutEnd = now.AddMinutes(29)
        );

        Assert.Equal("account switched off", await AskedAsync("off@people.example.com"));
        Assert.Equal("demo account", await AskedAsync("demo@people.example.com"));
        Assert.Equal("account locked by an admin", await AskedAsync("banned@people.example.com"));
        Assert.Equal("account locked by an admin", await AskedAsync("barred@people.example.com"));
        Assert.Equal("mailed", await AskedAsync("clumsy@people.example.com"));
        await hub.Mailbox.ArrivedAsync("clumsy@people.example.com");
        Assert.All(
            ["off", "demo", "banned", "barred"],
            name => Assert.Empty(hub.Mailbox.To($"{name}@people.example.com"))
        );
    }

    [Fact]
    public async Task Mailbox_IsNotFilled_HoweverOftenAndFromWhereverStrangersAsk()
    {
        await hub.Host.AddUserAsync("target", AccountHub.Password);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            Assert.Equal("mailed", await AskedAsync("target@people.example.com", attempt + 1));
        }

        Assert.Equal("too many mails", await AskedAsync("target@people.example.com", 4));
        hub.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal("mailed", await AskedAsync("target@people.example.com", 5));
    }

    [Fact]
    public async Task SixthWishInAMinute_IsRefused()
    {
        using var browser = hub.Host.NewBrowser();
        for (var attempt = 0; attempt < 5; attempt++)
        {
            using var taken = await AskAsync(browser, "flood@people.example.com");
            Assert.Equal(HttpStatusCode.Found, taken.StatusCode);
        }

        using var sixth = await AskAsync(browser, "FLOOD@people.example.com");

        Assert.Equal(HttpStatusCode.TooManyRequests, sixth.StatusCode);
        hub.Time.Advance(TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData("")]
    [InlineData("user.name")]
    public async Task NoAddress_IsToldAtTheField(string typed)
    {
        using var browser = hub.Host.NewBrowser();

        using var answer = await AskAsync(browser, typed);

        Assert.NotNull((await answer.PageAsync()).QuerySelector(".field-error"));
    }

    [Fact]
    public async Task WithoutAMailServer_ThePageSaysSo()
    {
        await using var silent = new AccountHub();
        await silent.InitializeAsync();
        using var browser = silent.Host.NewBrowser();

        var page = await browser.OpenAsync("/account/forgotten");

        Assert.Contains(
            "не надсилає листів",
            page.QuerySelector(".account-card p")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Null(page.QuerySelector("form[action*='forgotten'], input[name='Form.Email']"));
    }

    [Fact]
    public async Task AdminsLink_GoesByMail_AndReplacesTheOneShown()
    {
        var admin = await hub.Host.AddUserAsync("sender", AccountHub.Password, Role.Admin);
        var user = await hub.Host.AddUserAsync("invited", AccountHub.Password);
        var invitation = (PeopleInvitation)hub.Host.Services.GetService(typeof(PeopleInvitation))!;
        var (shown, _) = await invitation.NewLinkAsync(admin.ToActor(null), user.Id, Token);

        Assert.Null(await invitation.MailLinkAsync(admin.ToActor(null), user.Id, Token));

        var mail = await hub.Mailbox.ArrivedAsync(user.Email!);
        using var browser = hub.Host.NewBrowser();
        await browser.OpenAsync(Mailbox.LinkOf(mail));
        using var old = await browser.GetAsync($"/account/setup?token={Uri.EscapeDataString(shown!)}", Token);
        Assert.Equal(HttpStatusCode.Gone, old.StatusCode);
        Assert.Equal(
            ["page", "mail"],
            (await hub.EventsAsync(user.Id))
                .Where(entry => entry.Kind == SecurityEventKind.LinkIssued)
                .Select(entry => entry.Details["by"])
        );
    }

    private async Task<string> AnswerAsync(string address)
    {
        using var browser = hub.Host.NewBrowser();
        using var answer = await AskAsync(browser, address);
        var next = answer.Headers.Location!.ToString();
        return $"{answer.StatusCode} {next} {(await browser.OpenAsync(next)).QuerySelector(".account-card")!.TextContent}";
    }

    private async Task<string?> AskedAsync(string address, int number = 1)
    {
        using var browser = hub.Host.NewBrowser();
        using var answer = await AskAsync(browser, address);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return await OutcomeAsync(address, number);
    }

    // What is done happens after the answer.
    private async Task<string?> OutcomeAsync(string address, int number = 1)
    {
        List<SecurityEvent> events = [];
        await Eventually.IsAsync(
            async () =>
                (
                    events = await hub.EventsAsync(entry =>
                        entry.Kind == SecurityEventKind.PasswordResetAsked && entry.ActorName == address
                    )
                ).Count >= number,
            Token
        );
        return events[number - 1].Details["outcome"];
    }

    private static Task<HttpResponseMessage> AskAsync(HttpClient browser, string address) =>
        browser.SubmitAsync("/account/forgotten", "forgotten", ("Form.Email", address));
}
