using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Domain.FollowUps;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.Mail;
using ProPartHub.Domain.Notifications;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Accounts;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Infrastructure.Postgres;
using ProPartHub.Tests.Live;
using ProPartHub.Tests.Mail;
using Xunit;

namespace ProPartHub.Tests.Reliability;

/// <summary>
/// The machine's clock is set forward and back by an hour under the running portal: nothing waits for the hour to come again,
/// nothing is sent twice, nobody is put out.
/// </summary>
public sealed class ClockJumpTests : IAsyncLifetime
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    // A mail that failed once is tried again after a minute; an hour would tell of a clock that was believed.
    private static readonly TimeSpan Bearable = TimeSpan.FromMinutes(10);

    private readonly JumpingClock _clock = new();
    private readonly Mailbox _mailbox = new();
    private TestDatabase _database = null!;
    private HubHost _hub = null!;
    private Actor _agent = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(Token);
        _hub = await HubHost.StartAsync(
            _database.ConnectionString,
            new()
            {
                Environment = "Production",
                Time = _clock,
                Services = services => services.AddSingleton<IMailTransport>(_mailbox),
            }
        );
        _agent = (await _hub.AddUserAsync("partner", AccountHub.Password)).ToActor("test");
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task MailThatWaitsForAnotherTry_GoesOut_ThoughTheClockWasSetBack_AndNeverTwice()
    {
        _mailbox.Failure = new IOException("mail server away");
        var outbox = _hub.Services.GetRequiredService<MailOutbox>();
        await _hub.Database.InTransactionAsync(
            (db, _) =>
            {
                outbox.Add(db, MailKind.Invitation, "a@people.example.com", "en", new("Olena", "x", "olena"), null);
                return Task.CompletedTask;
            },
            Token
        );
        await UntilAsync(() => MailAsync(mail => mail.Error != null));

        _clock.Jump(-Hour);
        _mailbox.Failure = null;
        var since = _clock.Steady;
        await UntilAsync(() => MailAsync(mail => mail.SentAt != null));
        Assert.InRange(_clock.Steady - since, TimeSpan.Zero, Bearable);

        foreach (var jump in new[] { Hour, -Hour, -Hour, Hour })
        {
            _clock.Jump(jump);
            await PassAsync(TimeSpan.FromMinutes(2));
        }

        Assert.Single(_mailbox.All);
    }

    [Fact]
    public async Task Reminder_IsGivenOnce_AndTheSessionLivesOn_ThoughTheHourComesAgain()
    {
        var lead = await LeadAsync();
        await using (var scope = _hub.Services.CreateAsyncScope())
        {
            await scope
                .ServiceProvider.GetRequiredService<FollowUpService>()
                .AddAsync(
                    _agent,
                    Guid.CreateVersion7(),
                    lead,
                    new FollowUpInput("Зателефонувати", null, _clock.GetUtcNow() + (Hour / 2)),
                    Token
                );
        }

        using var browser = await _hub.SignInAsync("partner", AccountHub.Password);
        foreach (var jump in new[] { Hour, -Hour, Hour })
        {
            _clock.Jump(jump);
            await PassAsync(TimeSpan.FromMinutes(2));
        }

        await UntilAsync(async () => await RemindersAsync() > 0);
        Assert.Equal(1, await RemindersAsync());
        using var answer = await browser.GetAsync("/leads", Token);
        Assert.True(answer.IsSuccessStatusCode);
    }

    [Fact]
    public async Task MarksOfTheFormerClock_AreMadeDue()
    {
        await LeadAsync();
        await UntilAsync(async () =>
        {
            await using var started = await _hub.Database.ReadAsync(Token);
            return await started.AuditSealStates.AnyAsync(Token);
        });
        await ExecuteAsync($"UPDATE outbox SET due_at = {_clock.GetUtcNow() + Hour}");
        // While the clock goes as it should, what lies ahead is left alone.
        await PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await MarksAheadAsync());

        var former = _clock.GetUtcNow();
        await ExecuteAsync(
            $"""
            UPDATE audit_seal_state SET kept_at = {former};
            INSERT INTO sync_cursors (object_type, imported, polled_up_to) VALUES ('deals', 0, {former});
            """
        );
        _clock.Jump(-Hour);
        Assert.Equal(3, await MarksAheadAsync());
        await UntilAsync(async () => await MarksAheadAsync() == 0);

        // HubSpot's changes are read on from the same moment, as this clock shows it.
        await using var db = await _hub.Database.ReadAsync(Token);
        Assert.InRange(
            (await db.SyncCursors.SingleAsync(Token)).PolledUpTo!.Value,
            former - Hour - TimeSpan.FromSeconds(1),
            former - Hour + TimeSpan.FromSeconds(1)
        );
    }

    private Task ExecuteAsync(FormattableString sql) =>
        _hub.Database.InTransactionAsync((db, token) => db.Database.ExecuteSqlAsync(sql, token), Token);

    private async Task<int> MarksAheadAsync()
    {
        var now = _clock.GetUtcNow();
        await using var db = await _hub.Database.ReadAsync(Token);
        return await db.Outbox.CountAsync(row => row.DueAt > now, Token)
            + await db.AuditSealStates.CountAsync(row => row.KeptAt > now, Token)
            + await db.SyncCursors.CountAsync(row => row.PolledUpTo > now, Token);
    }

    private async Task<Guid> LeadAsync()
    {
        await using var scope = _hub.Services.CreateAsyncScope();
        var created = await scope
            .ServiceProvider.GetRequiredService<LeadService>()
            .CreateAsync(_agent, HubBed.Input(1), _agent.UserId, Token);
        return created.Id;
    }

    private async Task<int> RemindersAsync()
    {
        await using var db = await _hub.Database.ReadAsync(Token);
        return await db.Notifications.CountAsync(row => row.Kind == NotificationKind.FollowUpDue, Token);
    }

    private async Task<bool> MailAsync(System.Linq.Expressions.Expression<Func<OutgoingMail, bool>> isSo)
    {
        await using var db = await _hub.Database.ReadAsync(Token);
        return await db.Mails.AnyAsync(isSo, Token);
    }

    // In steps in which PostgreSQL, which lives by the machine's clock, is not thought to have fallen silent.
    private Task UntilAsync(Func<Task<bool>> isTrue) =>
        Eventually.IsAsync(
            async () =>
            {
                var answer = await isTrue();
                if (!answer)
                {
                    _clock.Advance(TimeSpan.FromMilliseconds(500));
                }

                return answer;
            },
            Token
        );

    private async Task PassAsync(TimeSpan time)
    {
        for (var end = _clock.Steady + time; _clock.Steady < end; )
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5, Token);
        }
    }
}
