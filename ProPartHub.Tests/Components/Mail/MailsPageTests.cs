using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Mail;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Accounts;
using ProPartHub.Tests.Live;
using ProPartHub.Tests.Mail;
using ProPartHub.Web.Components.Mail;
using ProPartHub.Web.Components.Shared;
using Xunit;

namespace ProPartHub.Tests.Components.Mail;

/// <summary>What became of mails, over a portal whose sender runs and whose mail server fails when told to.</summary>
public sealed class MailsPageTests : HubComponentTest
{
    private const string Olena = "olena@people.example.com";

    private readonly MailHub _hub = new();
    private readonly IDbContextFactory<HubDbContext> _contexts = Substitute.For<IDbContextFactory<HubDbContext>>();
    private HubUser _admin = null!;
    private bool _isAway;

    private IServiceProvider Portal => _hub.Host.Services;

    protected override async Task ArrangeAsync()
    {
        await _hub.InitializeAsync();
        _admin = await _hub.Host.AddUserAsync("chief", AccountHub.Password, Role.Admin);
        var real = Portal.GetRequiredService<IDbContextFactory<HubDbContext>>();
        _contexts
            .CreateDbContextAsync(Arg.Any<CancellationToken>())
            .Returns(call =>
                _isAway
                    ? throw new TimeoutException("no answer")
                    : real.CreateDbContextAsync(call.Arg<CancellationToken>())
            );
        var database = new HubDatabase(_contexts, _hub.Time, new());
        Services.AddSingleton(new MailQueries(database));
        Services.AddSingleton(new MailRetry(database, _hub.Time));
        Services.AddSingleton(Portal.GetRequiredService<MailSignal>());
        Services.AddSingleton(Portal.GetRequiredService<MailOutbox>());
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await _hub.DisposeAsync();
    }

    [Fact]
    public async Task WithoutMails_ThePageSaysSo_AndForFailedOnesInOtherWords()
    {
        Assert.Equal("Листів немає", Open().WaitForElement(".empty-state h2").TextContent);

        await SendAsync(Olena);
        await _hub.Mailbox.ArrivedAsync(Olena);

        Assert.Equal("Невдалих немає", Open("?failed=1").WaitForElement(".empty-state h2").TextContent);
    }

    [Fact]
    public void WithoutAMailServer_ThePageSaysSo()
    {
        Assert.Empty(Open().FindAll(".off"));

        _hub.Mailbox.IsReady = false;

        Assert.Contains("Mail:", Open().Find(".off").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filter_ShowsFailedOnesAlone_AndIsAnAddress()
    {
        await SendAsync("sent@people.example.com");
        await Eventually.IsAsync(async () => (await RowAsync("sent@people.example.com")).SentAt is not null, Token);
        await FailAsync(Olena, new IOException("mail server away"));
        await FailAsync("gone@people.example.com", new MailRefusedException("550 no such mailbox", new IOException()));

        var all = Open();
        Assert.Equal(3, all.WaitForElements(".mails li").Count);
        Assert.Equal("page", all.Find(".choices a[href='/admin/mails']").GetAttribute("aria-current"));
        var failed = Open("?failed=1");
        var rows = failed.WaitForElements(".mails li").Select(row => row.TextContent).ToList();

        Assert.Equal("page", failed.Find(".choices a[href='/admin/mails?failed=1']").GetAttribute("aria-current"));
        Assert.Equal(2, rows.Count);
        Assert.Contains("550 no such mailbox", rows[0], StringComparison.Ordinal);
        Assert.Contains("Облишено після 1×", rows[0], StringComparison.Ordinal);
        Assert.Contains("mail server away", rows[1], StringComparison.Ordinal);
        Assert.Contains("Невдало 1×", rows[1], StringComparison.Ordinal);
        // Only what waits can be tried; what was given up has lost its content.
        Assert.Single(failed.FindAll(".mails button"));
    }

    [Fact]
    public async Task Pages_HaveFiftyRows_AndKeepTheFilter()
    {
        _hub.Mailbox.Failure = new MailRefusedException("550 no such mailbox", new IOException());
        await SendAsync([.. Enumerable.Range(1, 51).Select(number => $"{number}@people.example.com")]);
        await Eventually.IsAsync(async () => await CountAsync(mail => mail.GivenUpAt != null) == 51, Token);

        var first = Open("?failed=1");
        Assert.Equal(50, first.WaitForElements(".mails li").Count);
        Assert.NotNull(first.Find(".pager a[href='/admin/mails?failed=1&page=2']"));

        Assert.Single(Open("?failed=1&page=2").WaitForElements(".mails li"));
        // A page that is not there is the last one.
        Assert.Single(Open("?failed=1&page=99").WaitForElements(".mails li"));
    }

    [Fact]
    public async Task TryNow_SendsAtOnce_IsRecorded_AndThePageFollows()
    {
        await FailAsync(Olena, new IOException("mail server away"));
        var page = Open("?failed=1");
        page.WaitForElement(".mails button");
        _hub.Mailbox.Failure = null;

        await page.OnAsync(".mails button", button => button.ClickAsync(new()));

        page.WaitForAssertion(() =>
            Assert.Equal($"Лист на {Olena} надсилається ще раз.", page.Find(".said").TextContent)
        );
        await _hub.Mailbox.ArrivedAsync(Olena);
        await Eventually.IsAsync(async () => (await RowAsync(Olena)).SentAt is not null, Token);
        await Eventually.IsAsync(
            () => page.FindAll(".mails li").Count == 0,
            () => Clock.Advance(LateRefresh.Pause),
            Token
        );
        var record = Assert.Single(
            await _hub.EventsAsync(entry => entry.Kind == SecurityEventKind.MailRetried),
            entry => entry.ActorId == _admin.Id
        );
        Assert.Equal(("Invitation", "1"), (record.Details["mail"], record.Details["tries"]));
    }

    [Fact]
    public async Task TryNow_TooLate_SaysSo_AndNothingIsSentTwice()
    {
        await FailAsync(Olena, new IOException("mail server away"));
        var page = Open();
        page.WaitForElement(".mails button");
        _hub.Mailbox.Failure = null;
        await Eventually.IsAsync(
            () => _hub.Mailbox.To(Olena).Count > 0,
            () => _hub.Time.Advance(TimeSpan.FromSeconds(20)),
            Token
        );
        await Eventually.IsAsync(async () => (await RowAsync(Olena)).SentAt is not null, Token);

        await page.OnAsync(".mails button", button => button.ClickAsync(new()));

        page.WaitForAssertion(() =>
            Assert.StartsWith(
                $"Немає чого пробувати для {Olena}",
                page.Find(".said").TextContent,
                StringComparison.Ordinal
            )
        );
        Assert.Empty(page.FindAll(".mails button"));
        Assert.Single(_hub.Mailbox.To(Olena));
        Assert.Empty(await _hub.EventsAsync(entry => entry.Kind == SecurityEventKind.MailRetried));
    }

    [Fact]
    public async Task GivenUp_LeadsToThePerson_WhoGetsANewLinkThere()
    {
        _hub.Mailbox.Failure = new MailRefusedException("550 no such mailbox", new IOException());
        var person = await _hub.Host.AddUserAsync("lost", AccountHub.Password);
        await _hub.Host.Database.InTransactionAsync(
            (db, _) =>
            {
                Portal
                    .GetRequiredService<MailOutbox>()
                    .Add(db, MailKind.PasswordReset, person, new("Lost", "token", "lost"));
                return Task.CompletedTask;
            },
            Token
        );
        await Eventually.IsAsync(async () => (await RowAsync(person.Email!)).GivenUpAt is not null, Token);

        var page = Open();

        Assert.NotNull(page.WaitForElement($".mails a[href='/admin/people/{person.Id}']"));
        Assert.Empty(page.FindAll(".mails button"));
    }

    [Fact]
    public async Task DatabaseAway_IsSaid_AndTryingAgainHelps()
    {
        await SendAsync(Olena);
        _isAway = true;
        var page = Open();
        Assert.Equal("Не вдалося прочитати листи", page.WaitForElement(".empty-state h2").TextContent);

        _isAway = false;
        await page.OnAsync(".empty-state button", button => button.ClickAsync(new()));

        page.WaitForAssertion(() => Assert.Single(page.FindAll(".mails li")));
    }

    [Fact]
    public async Task TryNow_WhileTheDatabaseIsAway_SaysThatNothingWasDone()
    {
        await FailAsync(Olena, new IOException("mail server away"));
        var page = Open();
        page.WaitForElement(".mails button");
        _isAway = true;

        await page.OnAsync(".mails button", button => button.ClickAsync(new()));

        page.WaitForAssertion(() =>
            Assert.StartsWith("Не вдалося", page.Find(".said").TextContent, StringComparison.Ordinal)
        );
        Assert.Null(page.Find(".mails button").GetAttribute("disabled"));
    }

    private IRenderedComponent<MailsPage> Open(string query = "")
    {
        SignIn(_admin.ToActor(null));
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/admin/mails{query}");
        return Render<MailsPage>();
    }

    private async Task FailAsync(string address, Exception failure)
    {
        _hub.Mailbox.Failure = failure;
        await SendAsync(address);
        await Eventually.IsAsync(async () => (await RowAsync(address)).Error is not null, Token);
    }

    private Task SendAsync(params string[] addresses) =>
        _hub.Host.Database.InTransactionAsync(
            (db, _) =>
            {
                foreach (var address in addresses)
                {
                    Portal
                        .GetRequiredService<MailOutbox>()
                        .Add(db, MailKind.Invitation, address, "uk", new("Олена", "token", "olena"), userId: null);
                }

                return Task.CompletedTask;
            },
            Token
        );

    private async Task<OutgoingMail> RowAsync(string address)
    {
        await using var db = await _hub.Host.Database.ReadAsync(Token);
        return await db.Mails.SingleAsync(mail => mail.Address == address, Token);
    }

    private async Task<int> CountAsync(System.Linq.Expressions.Expression<Func<OutgoingMail, bool>> filter)
    {
        await using var db = await _hub.Host.Database.ReadAsync(Token);
        return await db.Mails.CountAsync(filter, Token);
    }
}
