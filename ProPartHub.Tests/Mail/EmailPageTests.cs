using System.Net;
using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Mail;
using ProPartHub.Tests.Accounts;
using ProPartHub.Tests.Infrastructure;
using Xunit;

namespace ProPartHub.Tests.Mail;

/// <summary>Another mail address for the own account, over HTTP.</summary>
public sealed class EmailPageTests(MailHub hub) : IClassFixture<MailHub>
{
    private const string Password = AccountHub.Password;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Address_ChangesBehindTheLink_AndTheOldOneIsTold()
    {
        var user = await hub.Host.AddUserAsync("mover", Password);
        using var browser = await hub.Host.SignInAsync("mover", Password);
        using var other = await hub.Host.SignInAsync("mover", Password);
        Assert.NotNull((await browser.OpenAsync("/account/manage")).QuerySelector("a[href='/account/email']"));

        using var asked = await AskAsync(browser, "moved@new.example.com");
        var link = Mailbox.LinkOf(await hub.Mailbox.ArrivedAsync("moved@new.example.com"));
        var notice = await hub.Mailbox.ArrivedAsync(user.Email!);
        Assert.Contains("moved@new.example.com", notice.Text, StringComparison.Ordinal);
        Assert.Equal(user.Email, (await hub.ReadAsync(user.Id)).Email);
        using var confirmed = await browser.SubmitAsync(link, "confirm");

        Assert.Equal("/account/manage?done=email", confirmed.Headers.Location!.PathAndQuery());
        var after = await hub.ReadAsync(user.Id);
        Assert.Equal(("moved@new.example.com", "MOVED@NEW.EXAMPLE.COM"), (after.Email, after.NormalizedEmail));
        await browser.OpenAsync("/account/manage?done=email");
        using var again = await browser.GetAsync(link, Token);
        Assert.Equal(HttpStatusCode.Gone, again.StatusCode);
        Assert.Equal(
            (user.Email, "moved@new.example.com"),
            (await hub.EventsAsync(user.Id))
                .Where(entry => entry.Kind == SecurityEventKind.SettingChanged)
                .Select(entry => (entry.Details["before"], entry.Details["after"]))
                .Single()
        );
        hub.Time.Advance(TimeSpan.FromMinutes(2));
        using var ended = await other.GetAsync("/account/manage", Token);
        Assert.Equal(HttpStatusCode.Found, ended.StatusCode);
        await browser.OpenAsync("/account/manage");
    }

    [Fact]
    public async Task LinksToTheFormerAddress_DieWithTheChange()
    {
        var user = await hub.Host.AddUserAsync("robbed", Password);
        using var browser = await hub.Host.SignInAsync("robbed", Password);
        using var asked = await browser.SubmitAsync("/account/forgotten", "forgotten", ("Form.Email", user.Email!));
        var reset = Mailbox.LinkOf(await hub.Mailbox.ArrivedAsync(user.Email!));
        using var wanted = await AskAsync(browser, "safe@new.example.com");

        using var confirmed = await browser.SubmitAsync(
            Mailbox.LinkOf(await hub.Mailbox.ArrivedAsync("safe@new.example.com")),
            "confirm"
        );

        using var dead = await browser.GetAsync(reset, Token);
        Assert.Equal(HttpStatusCode.Gone, dead.StatusCode);
    }

    [Fact]
    public async Task WrongPassword_MailsNothing_AndCountsTowardsTheLock()
    {
        var user = await hub.Host.AddUserAsync("guessed", Password);
        using var browser = await hub.Host.SignInAsync("guessed", Password);
        hub.Time.Advance(TimeSpan.FromMinutes(1));
        for (var attempt = 0; attempt < 5; attempt++)
        {
            using var answer = await AskAsync(browser, "thief@new.example.com", "not the password");
            Assert.NotNull((await answer.PageAsync()).QuerySelector(".field-error"));
        }

        using var sixth = await AskAsync(browser, "thief@new.example.com");

        Assert.Equal(HttpStatusCode.TooManyRequests, sixth.StatusCode);
        hub.Time.Advance(TimeSpan.FromMinutes(1));
        using var locked = await AskAsync(browser, "thief@new.example.com");
        Assert.NotNull((await locked.PageAsync()).QuerySelector(".field-error"));
        Assert.Equal(0, await MailsToAsync("thief@new.example.com"));
        Assert.Contains(await hub.EventsAsync(user.Id), entry => entry.Kind == SecurityEventKind.LockedOut);
    }

    [Fact]
    public async Task AddressOfAnother_IsToldToItsOwnerAlone()
    {
        await hub.Host.AddUserAsync("neighbour", Password);
        await hub.Host.AddUserAsync("curious", Password);
        using var browser = await hub.Host.SignInAsync("curious", Password);

        using var taken = await AskAsync(browser, "neighbour@people.example.com");
        using var free = await AskAsync(browser, "free@new.example.com");

        Assert.Equal(
            await TextAsync(taken, "neighbour@people.example.com"),
            await TextAsync(free, "free@new.example.com")
        );
        var mail = await hub.Mailbox.ArrivedAsync("neighbour@people.example.com");
        Assert.Equal("/account/forgotten", Mailbox.LinkOf(mail));
    }

    [Fact]
    public async Task AddressTakenMeanwhile_StaysWithItsOwner()
    {
        var user = await hub.Host.AddUserAsync("slow", Password);
        using var browser = await hub.Host.SignInAsync("slow", Password);
        using var asked = await AskAsync(browser, "quick@people.example.com");
        var link = Mailbox.LinkOf(await hub.Mailbox.ArrivedAsync("quick@people.example.com"));
        await hub.Host.AddUserAsync("quick", Password);

        using var late = await browser.SubmitAsync(link, "confirm");

        Assert.Equal(HttpStatusCode.Gone, late.StatusCode);
        Assert.Equal(user.Email, (await hub.ReadAsync(user.Id)).Email);
    }

    [Theory]
    [InlineData("/account/confirm")]
    [InlineData("/account/confirm?token=forged")]
    public async Task ForgedLink_IsDead(string path)
    {
        using var browser = hub.Host.NewBrowser();
        using var answer = await browser.GetAsync(path, Token);
        Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
    }

    private static Task<HttpResponseMessage> AskAsync(HttpClient browser, string address, string password = Password) =>
        browser.SubmitAsync("/account/email", "email", ("Form.Email", address), ("Form.Present", password));

    private static async Task<string> TextAsync(HttpResponseMessage answer, string address) =>
        (await answer.PageAsync())
            .QuerySelector(".account-card")!
            .TextContent.Replace(address, "…", StringComparison.Ordinal);

    private async Task<int> MailsToAsync(string address)
    {
        await using var db = await hub.Host.Database.ReadAsync(Token);
        return await db.Mails.CountAsync(mail => mail.Address == address, Token);
    }
}
