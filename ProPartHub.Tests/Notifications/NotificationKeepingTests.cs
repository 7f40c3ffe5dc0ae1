using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.Mail;
using ProPartHub.Domain.Notifications;
using ProPartHub.Domain.Telemetry;
using ProPartHub.Domain.Timeline;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Live;
using ProPartHub.Tests.Mail;
using Xunit;

namespace ProPartHub.Tests.Notifications;

/// <summary>What runs in the background: woken by the feed, and once a day it removes what is past its time.</summary>
public sealed class NotificationKeepingTests : IAsyncLifetime
{
    private HubBed _bed = null!;
    private LeadFeed _feed = null!;
    private NotificationKeeping _keeping = null!;
    private Guid _lead;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bed = await HubBed.CreateAsync(Token);
        _lead = (await _bed.LeadAsync(_bed.Olena, 1)).Id;
        _feed = new LeadFeed(_bed.Time, NullLogger<LeadFeed>.Instance);
        var (database, protection) = (_bed.Get<HubDatabase>(), new EphemeralDataProtectionProvider());
        var options = Options.Create(new NotificationOptions { KeepDays = 30 });
        _keeping = new NotificationKeeping(
            database,
            _bed.Get<NotificationMaker>(),
            _bed.Get<FollowUpReminders>(),
            new NotificationMails(
                database,
                new MailOutbox(protection, new Mailbox(), _bed.Time),
                new Unsubscription(database, protection, options, _bed.Time),
                _bed.Time
            ),
            _feed,
            options,
            _bed.Get<WorkLog>(),
            _bed.Time,
            NullLogger<NotificationKeeping>.Instance
        );
    }

    public async ValueTask DisposeAsync()
    {
        _keeping.Dispose();
        await _bed.DisposeAsync();
    }

    [Fact]
    public async Task OldOnes_AreRemovedOnceADay()
    {
        await _bed.CommentAsync(_bed.Nina, _lead);
        await KeepAsync();
        _bed.Time.Advance(TimeSpan.FromDays(29));
        await _bed.CommentAsync(_bed.Nina, _lead);
        await KeepAsync();
        Assert.Equal(2, (await _bed.StoredAsync(_bed.Olena)).Count);

        _bed.Time.Advance(TimeSpan.FromDays(2));
        await KeepAsync();

        Assert.Single(await _bed.StoredAsync(_bed.Olena));
    }

    [Fact]
    public async Task AnEvent_WakesIt_WithoutTheClock()
    {
        await _keeping.StartAsync(Token);
        await Eventually.IsAsync(() => _feed.Subscribers > 0, Token);
        await _bed.CommentAsync(_bed.Nina, _lead);
        _feed.Publish(new FeedMessage { Kind = LeadEventKind.CommentAdded, LeadId = _lead });

        await Eventually.IsAsync(async () => (await _bed.StoredAsync(_bed.Olena)).Count == 1, Token);
        await _keeping.StopAsync(Token);
        Assert.Equal(0, _feed.Subscribers);
    }

    private Task KeepAsync() => Eventually.IsAsync(() => _keeping.KeepAsync(Token), Token);
}
