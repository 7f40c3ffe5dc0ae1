using Polly.CircuitBreaker;
using ProPartHub.Domain.HubSpot.Api;
using Xunit;
using static ProPartHub.Domain.HubSpot.Api.HubSpotPriority;

namespace ProPartHub.Tests.HubSpot.Api;

public sealed class HubSpotResilienceTests
{
    private const string Found = """{"id":"1","properties":{}}""";

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(521)]
    [InlineData(524)]
    [InlineData(429)]
    [InlineData(408)]
    public async Task Read_PassingFailure_IsRepeatedAndEveryAttemptTakesAPlace(int status)
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.Answers(status).Answers(status).Answers(200, Found);

        var found = await hub.Clock.DriveAsync(Read(hub));

        Assert.Equal("1", found?.Id);
        Assert.Equal(3, hub.Server.Requests.Count);
        Assert.All(
            hub.Clock.Waits,
            wait => Assert.InRange(wait, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(30))
        );
    }

    [Fact]
    public async Task Read_FailsForGood_StopsAfterTheConfiguredRepeats()
    {
        await using var hub = await HubSpotHarness.StartAsync(("MaxRetries", "2"));
        hub.Server.Answers(503).Answers(503).Answers(503);

        var failure = await hub.FailureOfAsync<HubSpotServerException>(Read(hub));

        Assert.Equal(503, failure.Fault.StatusCode);
        Assert.Equal(3, hub.Server.Requests.Count);
        Assert.Equal(3, hub.Limiter.Snapshot().Buckets[0].Used);
    }

    [Theory]
    [InlineData(501)]
    [InlineData(522)]
    [InlineData(525)]
    [InlineData(526)]
    public async Task Read_FailureThatWillNotPass_IsNotRepeated(int status)
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.Answers(status);

        await hub.FailureOfAsync<HubSpotServerException>(Read(hub));

        Assert.Single(hub.Server.Requests);
    }

    [Fact]
    public async Task Read_ConnectionCut_IsRepeated()
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.Cuts().Answers(200, Found);

        Assert.Equal("1", (await hub.Clock.DriveAsync(Read(hub)))?.Id);
    }

    [Fact]
    public async Task Read_NoAnswer_TimesOutAndIsRepeated()
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.StaysSilent().Answers(200, Found);
        var read = Read(hub);
        await hub.Server.ArrivalAsync();

        hub.Clock.Advance(HubSpotHarness.AttemptTimeout);

        Assert.Equal("1", (await hub.Clock.DriveAsync(read))?.Id);
    }

    [Fact]
    public async Task Read_TotalTimeIsUpWhileWaiting_Ends()
    {
        await using var hub = await HubSpotHarness.StartAsync(("TotalTimeout", "00:00:21"));
        hub.Server.Answers(429, "", ("Retry-After", "25"));
        var read = Read(hub);

        await hub.Clock.WaitForTimerAsync(TimeSpan.FromSeconds(25));
        hub.Clock.Advance(TimeSpan.FromSeconds(21));

        Assert.False((await hub.FailureOfAsync<HubSpotTransportException>(read)).MayHaveArrived);
        Assert.Single(hub.Server.Requests);
    }

    [Fact]
    public async Task Backfill_HasNoTotalTime()
    {
        await using var hub = await HubSpotHarness.StartAsync(("TotalTimeout", "00:00:21"));
        hub.Server.Answers(429, "", ("Retry-After", "25")).Answers(200, Found);
        var read = Read(hub, Backfill);

        await hub.Clock.WaitForTimerAsync(TimeSpan.FromSeconds(25));
        hub.Clock.Advance(TimeSpan.FromSeconds(25));

        Assert.Equal("1", (await hub.Clock.DriveAsync(read))?.Id);
    }

    [Fact]
    public async Task Retry_HubSpotSaysHowLong_IsWaitedExactly()
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.Answers(503, "", ("Retry-After", "7")).Answers(200, Found);

        await hub.Clock.DriveAsync(Read(hub));

        Assert.Equal([TimeSpan.FromSeconds(7)], hub.Clock.Waits);
    }

    [Fact]
    public async Task Retry_HubSpotAsksForMoreThanIsWorthWaiting_IsLeftToTheCaller()
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.Answers(429, "", ("Retry-After", "31"));

        var failure = await hub.FailureOfAsync<HubSpotRateLimitedException>(Read(hub));

        Assert.Equal(TimeSpan.FromSeconds(31), failure.RetryAfter);
        Assert.Equal(hub.Clock.GetUtcNow().AddSeconds(31), hub.Limiter.Snapshot().Buckets[0].PausedUntil);
    }

    [Fact]
    public async Task Retry_RecordLocked_WaitsTwoSecondsAndRepeatsEvenACreate()
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.Answers(423).Answers(201, Found);

        await hub.Clock.DriveAsync(Create(hub));

        Assert.Equal([TimeSpan.FromSeconds(2)], hub.Clock.Waits);
    }

    [Fact]
    public async Task Retry_SearchTooFast_LowersTheSearchBucketAlone()
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.Answers(429, "error code: 1015").Answers(200, """{"total":0,"results":[]}""");

        await hub.Clock.DriveAsync(
            hub.Client.SearchAsync("deals", new HubSpotSearch(), Changes, TestContext.Current.CancellationToken)
        );

        Assert.Equal([90, 2, 80], hub.Limiter.Snapshot().Buckets.Select(bucket => bucket.Limit));
    }

    [Fact]
    public async Task DayUsedUp_IsNotRepeatedAndTheNextCallIsNotEvenSent()
    {
        await using var hub = await HubSpotHarness.StartAsync();
        hub.Server.Answers(
            429,
            """{"status":"error","message":"You have reached your daily limit.","errorType":"RATE_LIMIT","policyName":"DAILY"}"""
        );

        var first = await hub.FailureOfAsync<HubSpotRateLimitedException>(Read(hub));
        var second = await hub.FailureOfAsync<HubSpotRateLimitedException>(Read(hub));

        Assert.Equal((HubSpotLimit.Daily, HubSpotLimit.Daily), (first.Limit, second.Limit));
        Assert.Single(hub.Server.Requests);
    }

    [Fact]
    public async Task Circuit_HubSpotKeepsFailing_OpensThenProbesThenCloses()
    {
        await using var hub = await HubSpotHarness.StartAsync(("MaxRetries", "1"));
        var start = hub.Clock.GetUtcNow();
        for (var i = 0; i < 6; i++)
        {
            hub.Server.Answers(500);
        }

        for (var i = 0; i < 3; i++)
        {
            await hub.FailureOfAsync<HubSpotServerException>(Read(hub));
        }

        Assert.Equal((CircuitState.Open, start, null), Health(hub));
        var used = hub.Limiter.Snapshot().Buckets[0].Used;
        await hub.FailureOfAsync<HubSpotCircuitOpenException>(Read(hub));
        Assert.Equal((6, used), (hub.Server.Requests.Count, hub.Limiter.Snapshot().Buckets[0].Used));

        hub.Clock.Advance(TimeSpan.FromSeconds(15));
        hub.Server.Answers(200, Found);
        await hub.Clock.DriveAsync(Read(hub));
        Assert.Equal((CircuitState.Closed, null, hub.Clock.GetUtcNow()), Health(hub));
    }

    private static (CircuitState, DateTimeOffset?, DateTimeOffset?) Health(HubSpotHarness hub)
    {
        var health = hub.Resilience.Health();
        return (health.Circuit, health.FailingSince, health.LastAnswerAt);
    }

    private static Task<HubSpotObject?> Read(HubSpotHarness hub, HubSpotPriority priority = Interactive) =>
        hub.Client.FindAsync("deals", "1", [], priority, cancellationToken: TestContext.Current.CancellationToken);

    private static Task<HubSpotObject> Create(HubSpotHarness hub) =>
        hub.Client.CreateAsync(
            "deals",
            new Dictionary<string, string?>(),
            null,
            Push,
            TestContext.Current.CancellationToken
        );
}
