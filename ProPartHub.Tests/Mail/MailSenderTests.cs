using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.Mail;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Accounts;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Live;
using Xunit;

namespace ProPartHub.Tests.Mail;

/// <summary>From the row in the transaction of an act to the mail that is out, or given up.</summary>
public sealed class MailSenderTests : IAsyncLifetime
{
    private const string Secret = "CfDJ8-token-that-opens-an-account";

    private readonly MailHub _hub = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private MailOutbox Outbox => _hub.Host.Services.GetRequiredService<MailOutbox>();

    public ValueTask InitializeAsync() => _hub.InitializeAsync();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task Mail_OfACommittedAct_IsSentAtOnce_AndItsSecretsAreGone()
    {
        await WriteAsync("a@people.example.com");

        var mail = await _hub.Mailbox.ArrivedAsync("a@people.example.com");

        Assert.Contains($"/account/setup?token={Secret}", mail.Text, StringComparison.Ordinal);
        await Eventually.IsAsync(async () => (await RowAsync()).SentAt is not null, Token);
        var row = await RowAsync();
        Assert.Null(row.Facts);
        Assert.Equal((1, (string?)null), (row.Attempts, row.Error));
    }

    [Fact]
    public async Task Mail_OfAnActThatFailed_IsNeverSent()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            _hub.Host.Database.InTransactionAsync(
                async (db, token) =>
                {
                    Add(db, "a@people.example.com");
                    await db.SaveChangesAsync(token);
                    throw new InvalidOperationException("changed its mind");
                },
                Token
            )
        );
        await WriteAsync("b@people.example.com");

        await _hub.Mailbox.ArrivedAsync("b@people.example.com");

        Assert.Single(_hub.Mailbox.All);
    }

    [Fact]
    public async Task Secrets_AreNotReadableInTheDatabase()
    {
        _hub.Mailbox.Failure = new IOException("mail server away");
        await WriteAsync("a@people.example.com");

        await using var db = await _hub.Host.Database.ReadAsync(Token);
        var stored = await db
            .Database.SqlQueryRaw<string>("SELECT mails::text AS \"Value\" FROM mails")
            .SingleAsync(Token);

        Assert.Contains("a@people.example.com", stored, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, stored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failure_IsShown_TriedAgainEverLater_AndGivenUpAfterADay()
    {
        _hub.Mailbox.Failure = new IOException("mail server away");
        await WriteAsync("a@people.example.com");
        await Eventually.IsAsync(async () => (await RowAsync()).Error is not null, Token);
        Assert.Equal("mail server away", (await RowAsync()).Error);
        Assert.Equal(60, SecondsToNextTry(await RowAsync()));

        await Eventually.IsAsync(IsGivenUpAsync, Token);

        var last = await RowAsync();
        Assert.Null(last.Facts);
        Assert.InRange(last.Attempts, 25, 40);
        Assert.InRange(last.GivenUpAt!.Value - last.CreatedAt, TimeSpan.FromHours(22), MailSender.Patience);
    }

    [Fact]
    public async Task Failure_ThatPasses_DelaysTheMailOnly()
    {
        _hub.Mailbox.Failure = new IOException("mail server away");
        await WriteAsync("a@people.example.com");
        await Eventually.IsAsync(async () => (await RowAsync()).Error is not null, Token);

        _hub.Mailbox.Failure = null;
        await Eventually.IsAsync(
            () => _hub.Mailbox.All.Count > 0,
            () => _hub.Time.Advance(TimeSpan.FromSeconds(20)),
            Token
        );

        await Eventually.IsAsync(async () => (await RowAsync()).SentAt is not null, Token);
        Assert.Null((await RowAsync()).Error);
    }

    [Fact]
    public async Task RefusedReceiver_IsNotTriedAgain()
    {
        _hub.Mailbox.Failure = new MailRefusedException("550 no such mailbox", new IOException());
        await WriteAsync("a@people.example.com");

        await Eventually.IsAsync(async () => (await RowAsync()).GivenUpAt is not null, Token);

        Assert.Equal(
            (1, "550 no such mailbox", null),
            ((await RowAsync()).Attempts, (await RowAsync()).Error, (await RowAsync()).Facts)
        );
    }

    [Fact]
    public async Task MailUnderWay_IsNotTriedTwiceAtOnce()
    {
        var admin = await _hub.Host.AddUserAsync("chief", AccountHub.Password, Role.Admin);
        _hub.Mailbox.Failure = new IOException("mail server away");
        await WriteAsync("a@people.example.com");
        await Eventually.IsAsync(async () => (await RowAsync()).Error is not null, Token);
        var answer = new TaskCompletionSource();
        (_hub.Mailbox.Failure, _hub.Mailbox.Delay) = (null, answer.Task);
        var retry = _hub.Host.Services.GetRequiredService<MailRetry>();
        var id = (await RowAsync()).Id;

        Assert.True(await retry.TryNowAsync(admin.ToActor(null), id, Token));
        await Eventually.IsAsync(async () => (await RowAsync()).Attempts == 2, Token);
        Assert.False(await retry.TryNowAsync(admin.ToActor(null), id, Token));
        answer.SetResult();

        await Eventually.IsAsync(async () => (await RowAsync()).SentAt is not null, Token);
        Assert.Single(_hub.Mailbox.All);
        Assert.False(await retry.TryNowAsync(admin.ToActor(null), id, Token));
    }

    [Fact]
    public async Task ManyInstances_SendEachMailOnce()
    {
        await using var second = await HubHost.StartAsync(_hub.Connection, _hub.SameAgain);
        await _hub.Host.Database.InTransactionAsync(
            (db, _) =>
            {
                for (var number = 0; number < 30; number++)
                {
                    Add(db, $"{number}@people.example.com");
                }

                return Task.CompletedTask;
            },
            Token
        );
        var senders = new[] { _hub.Host, second }
            .SelectMany(host => Enumerable.Repeat(host, 3))
            .Select(host => ActivatorUtilities.CreateInstance<MailSender>(host.Services))
            .Select(async sender =>
            {
                while (await sender.SendNextAsync(Token)) { }
            });
        await Task.WhenAll(senders);

        await Eventually.IsAsync(() => _hub.Mailbox.All.Count >= 30, Token);
        Assert.Equal(30, _hub.Mailbox.All.Select(mail => mail.Address).Distinct().Count());
        Assert.Equal(30, _hub.Mailbox.All.Count);
    }

    // Moves the clock to the next try, and a little further: the sender may begin its sleep only after the clock was moved.
    private async Task<bool> IsGivenUpAsync()
    {
        var row = await RowAsync();
        // While a try runs the mail is lent for three minutes, which no pause lasts.
        if (row.GivenUpAt is null && SecondsToNextTry(row) is not (> 120 and <= 180))
        {
            _hub.Time.Advance(TimeSpan.FromSeconds(Math.Max(16, SecondsToNextTry(row))));
        }

        return row.GivenUpAt is not null;
    }

    private double SecondsToNextTry(OutgoingMail row) =>
        Math.Round((row.NextTryAt - _hub.Time.GetUtcNow()).TotalSeconds);

    private Task WriteAsync(string address) =>
        _hub.Host.Database.InTransactionAsync(
            (db, _) =>
            {
                Add(db, address);
                return Task.CompletedTask;
            },
            Token
        );

    private void Add(Domain.Data.HubDbContext db, string address) =>
        Outbox.Add(db, MailKind.Invitation, address, "en", new("Olena", Secret, "olena"), userId: null);

    private async Task<OutgoingMail> RowAsync()
    {
        await using var db = await _hub.Host.Database.ReadAsync(Token);
        return await db.Mails.SingleAsync(Token);
    }
}
