using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Agency.Shared;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.Leads.Tags;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.Live.Presence;
using ProPartHub.Domain.Notifications;
using ProPartHub.Domain.People.Sessions;
using ProPartHub.Tests.HubSpot.Sync;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Live;
using Xunit;

namespace ProPartHub.Tests.Operations;

/// <summary>What is counted and timed where it happens.</summary>
public sealed class MeasuredTests : IAsyncLifetime
{
    private HubBed _bed = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bed = await HubBed.CreateAsync(Token);

    public async ValueTask DisposeAsync() => await _bed.DisposeAsync();

    [Fact]
    public async Task Transaction_IsTimed_AndItsSecurityEventsAreCountedOnceItIsCommitted()
    {
        using var probe = new MetricProbe();
        await _bed.Get<HubDatabase>()
            .InTransactionAsync(
                (db, _) =>
                {
                    db.SecurityEvents.Add(Event());
                    return Task.CompletedTask;
                },
                Token
            );
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            _bed.Get<HubDatabase>()
                .InTransactionAsync(
                    (db, _) =>
                    {
                        db.SecurityEvents.Add(Event());
                        throw new InvalidOperationException();
                    },
                    Token
                )
        );

        Assert.Equal([1], probe.Of("propart.security.events", "kind=LogInFailed"));
        Assert.InRange(Assert.Single(probe.Of("propart.transaction.duration")), double.Epsilon, double.MaxValue);
        Assert.Empty(probe.Of("propart.transaction.retries"));
    }

    [Fact]
    public async Task Repeat_IsCounted_ByItsReason()
    {
        var lead = await _bed.LeadAsync(_bed.Olena, 1);
        using var probe = new MetricProbe();
        var isFirst = true;
        await _bed.Get<HubDatabase>()
            .InTransactionAsync(
                async (db, token) =>
                {
                    var row = await db.Leads.SingleAsync(each => each.Id == lead.Id, token);
                    row.ClientName = "Інше";
                    if (isFirst)
                    {
                        isFirst = false;
                        throw new DbUpdateConcurrencyException();
                    }
                },
                Token
            );
        Assert.Equal([1], probe.Of("propart.transaction.retries", "reason=conflict"));

        isFirst = true;
        await _bed.Get<HubDatabase>()
            .InTransactionAsync(
                (_, _) =>
                {
                    if (isFirst)
                    {
                        isFirst = false;
                        throw new PostgresException("deadlock", "ERROR", "ERROR", PostgresErrorCodes.DeadlockDetected);
                    }

                    return Task.CompletedTask;
                },
                Token
            );
        Assert.Equal([1], probe.Of("propart.transaction.retries", "reason=fault"));
    }

    [Fact]
    public async Task WhatPagesShare_IsReadOnce_AndAnsweredByWhatWasKept()
    {
        using var probe = new MetricProbe();
        // Reads everything once.
        await _bed.KeepSharedAsync();
        await _bed.Get<TagService>().AllAsync(Token);
        await _bed.Get<TagService>().AllAsync(Token);

        Assert.Equal([1], probe.Of("propart.cache.requests", "cache=Tags", "result=miss"));
        Assert.Equal([1, 1], probe.Of("propart.cache.requests", "cache=Tags", "result=hit"));
    }

    [Fact]
    public async Task Change_IsTimedFromItsCommitToThePageThatShowsIt()
    {
        using var probe = new MetricProbe();
        var feed = new LeadFeed(TimeProvider.System, NullLogger<LeadFeed>.Instance);
        var status = new FeedStatus(TimeProvider.System);
        using var listener = new FeedListener(
            new FeedConnection(_bed.ConnectionString),
            feed,
            new SessionEnds(TimeProvider.System),
            new NotificationSignal(),
            new AgencySignal(),
            new SharedGenerations(),
            new PresenceRoom(TimeProvider.System),
            status,
            // Three seconds ahead of the clock by which the change was written.
            new FakeClock(_bed.Time.GetUtcNow().AddSeconds(3)),
            NullLogger<FeedListener>.Instance
        );
        var shown = new TaskCompletionSource();
        await using var pump = feed.Start(
            _bed.Olena,
            batch =>
            {
                if (!batch.MustRefresh)
                {
                    shown.TrySetResult();
                }

                return Task.CompletedTask;
            }
        );
        await listener.StartAsync(Token);
        await Eventually.IsAsync(() => status.Current.IsConnected, Token);

        await _bed.LeadAsync(_bed.Olena, 1);
        await shown.Task.WaitAsync(Token);

        await Eventually.IsAsync(() => probe.Of("propart.feed.delivery.duration").Count > 0, Token);
        Assert.Equal(3, probe.Of("propart.feed.lag")[0]);
        Assert.NotEmpty(probe.Of("propart.feed.fanout.duration"));
        Assert.NotEmpty(probe.Of("propart.feed.messages", "kind=change"));
        await listener.StopAsync(Token);
    }

    [Fact]
    public async Task PageThatDoesNotKeepUp_IsCountedOnce()
    {
        using var probe = new MetricProbe();
        await using var slow = new LeadFeed(TimeProvider.System, NullLogger<LeadFeed>.Instance).Subscribe(_bed.Ada);
        for (var number = 0; number < FeedSubscription.Capacity + 5; number++)
        {
            slow.Offer(FeedMessage.RefreshAll);
        }

        Assert.Equal([1], probe.Of("propart.feed.overflows"));
    }

    [Fact]
    public void LostConnection_IsCountedOnce_HoweverOftenItFailsToComeBack()
    {
        using var probe = new MetricProbe();
        var status = new FeedStatus(TimeProvider.System);
        status.Lost();
        Assert.Empty(probe.Of("propart.feed.losses"));

        status.Connected();
        status.Lost();
        status.Lost();
        Assert.Equal([1], probe.Of("propart.feed.losses"));
    }

    [Fact]
    public async Task CallsOfHubSpot_AreTimed_ByWhatCameOfThem()
    {
        await using var hub = await SyncBed.ConnectedAsync(deals: 1);
        using var probe = new MetricProbe();
        var client = hub.Get<HubSpotClient>();

        await client.GetAccountAsync(HubSpotPriority.Interactive, Token);

        Assert.NotEmpty(probe.Of("propart.hubspot.request.duration", "bucket=General", "outcome=ok"));
        Assert.Empty(probe.Of("propart.hubspot.request.duration", "outcome=server"));
    }

    private SecurityEvent Event() => new() { Kind = SecurityEventKind.LogInFailed, OccurredAt = _bed.Time.GetUtcNow() };

    private sealed class FakeClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
