using Microsoft.Extensions.Options;
using ProPartHub.Domain.HubSpot.Api;
using Xunit;
using static ProPartHub.Domain.HubSpot.Api.HubSpotBucket;
using static ProPartHub.Domain.HubSpot.Api.HubSpotPriority;

namespace ProPartHub.Tests.HubSpot.Api;

public sealed class HubSpotLimiterTests : IDisposable
{
    private static readonly TimeSpan TenSeconds = TimeSpan.FromSeconds(10);

    private readonly TestClock _clock = new();
    private HubSpotLimiter? _limiter;

    private HubSpotLimiter Limiter => _limiter ??= Make(90);

    public void Dispose() => _limiter?.Dispose();

    [Fact]
    public async Task Take_WindowFull_WaitsExactlyUntilTheOldestPlaceLeavesIt()
    {
        await TakeManyAsync(General, Interactive, 90);
        var next = Take(General, Interactive);

        _clock.Advance(TenSeconds - TimeSpan.FromMilliseconds(1));
        var justBefore = Take(General, Interactive);
        Assert.Equal((90, 2), (Bucket(General).Used, Bucket(General).Waiting[Interactive]));
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal((2, 0), (Bucket(General).Used, Bucket(General).Waiting[Interactive]));
        Assert.Equal((TenSeconds, TenSeconds), ((await next).TakenAt, (await justBefore).TakenAt));
    }

    [Fact]
    public async Task Take_BucketsAreApart_AFullOneHoldsUpNoOther()
    {
        await TakeManyAsync(General, Interactive, 90);
        await TakeManyAsync(Search, Interactive, 4);
        await TakeManyAsync(Associations, Interactive, 80);

        Assert.All(Limiter.Snapshot().Buckets, bucket => Assert.Equal(bucket.Limit, bucket.Used));
        Assert.All([General, Search, Associations], bucket => Assert.False(Take(bucket, Interactive).IsCompleted));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([1, 0, 1], Limiter.Snapshot().Buckets.Select(bucket => bucket.Waiting[Interactive]));
    }

    [Fact]
    public async Task Take_SeveralWaiting_HigherPriorityOvertakesAndEqualOnesKeepTheirOrder()
    {
        _limiter = Make(1);
        await Take(General, Push);
        var waiting = new[] { Backfill, Changes, Push, Interactive, Push }
            .Select(priority => Take(General, priority))
            .ToList();
        Assert.Equal(
            [1, 2, 1, 1],
            Enum.GetValues<HubSpotPriority>().Select(priority => Bucket(General).Waiting[priority])
        );

        for (var i = 0; i < waiting.Count; i++)
        {
            _clock.Advance(TenSeconds);
        }

        var taken = await Task.WhenAll(waiting);
        Assert.Equal([50, 40, 20, 10, 30], taken.Select(place => (int)place.TakenAt.TotalSeconds));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    [InlineData(4, 3)]
    [InlineData(45, 44)]
    [InlineData(90, 87)]
    [InlineData(250, 247)]
    public async Task Take_BackfillFillsTheWindow_AFewPlacesAreLeftForEditsAndPeople(int limit, int expected)
    {
        _limiter = Make(limit);
        var backfill = Enumerable.Range(0, limit).Select(_ => Take(General, Backfill)).ToList();
        var changes = Take(General, Changes);

        Assert.Equal(expected, backfill.Count(task => task.IsCompleted));
        Assert.False(changes.IsCompleted);
        for (var place = expected; place < limit; place++)
        {
            Assert.True(Take(General, place % 2 == 0 ? Interactive : Push).IsCompleted);
        }

        Assert.Equal((limit, limit - expected), (Bucket(General).Used, Bucket(General).Waiting[Backfill]));
        Assert.False(Take(General, Interactive).IsCompleted);
    }

    [Fact]
    public async Task Learn_AnswersOfTheSmallestPlan_BackfillStillUsesNineteenTwentiethsOfTheSetting()
    {
        var place = await Take(General, Backfill);
        Limiter.Learn(place, new(Max: 100, Remaining: 99, null, null));

        _ = Enumerable.Range(0, 90).Select(_ => Take(General, Backfill)).ToList();

        Assert.Equal(90, Bucket(General).Limit);
        Assert.True(Bucket(General).Used >= 0.95 * 90);
    }

    [Fact]
    public async Task Take_CancelledWhileWaiting_FreesThePlaceForTheNext()
    {
        _limiter = Make(1);
        await Take(General, Push);
        using var cancel = new CancellationTokenSource();
        var impatient = _limiter.TakeAsync(General, Interactive, cancel.Token);
        var patient = Take(General, Push);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        Assert.Equal(0, Bucket(General).Waiting[Interactive]);
        _clock.Advance(TenSeconds);

        Assert.Equal(TenSeconds, (await patient).TakenAt);
        Assert.Equal(1, Bucket(General).Used);
    }

    [Fact]
    public async Task Take_AlreadyCancelled_TakesNothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Limiter.TakeAsync(General, Interactive, new CancellationToken(canceled: true))
        );
        Assert.Equal(0, Bucket(General).Used);
    }

    [Fact]
    public async Task GiveBack_SomebodyWaits_HeGetsThePlaceAtOnce()
    {
        _limiter = Make(1);
        var place = await Take(General, Push);
        var next = Take(General, Push);

        _limiter.GiveBack(place);

        Assert.Equal(TimeSpan.Zero, (await next).TakenAt);
        Assert.Equal(1, Bucket(General).Used);
    }

    [Fact]
    public async Task Refuse_WithoutRetryAfter_PausesASecondThenGoesAtHalfSpeedThenRecovers()
    {
        var place = await Take(General, Push);
        Limiter.Refuse(place, HubSpotLimit.Burst, retryAfter: null);

        Assert.Equal(_clock.GetUtcNow() + TimeSpan.FromSeconds(1), Bucket(General).PausedUntil);
        var paused = Take(General, Interactive);
        _clock.Advance(TimeSpan.FromMilliseconds(999));
        Assert.Equal(1, Bucket(General).Waiting[Interactive]);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(TimeSpan.FromSeconds(1), (await paused).TakenAt);
        Assert.Equal((45, null), (Bucket(General).Limit, Bucket(General).PausedUntil));

        _clock.Advance(TenSeconds);
        Assert.Equal(90, Bucket(General).Limit);
    }

    [Fact]
    public async Task Refuse_WindowFullWhenItRecovers_WaitersAreServedAtThatMoment()
    {
        _limiter = Make(3);
        var place = await Take(General, Interactive);
        _clock.Advance(TimeSpan.FromSeconds(5));
        _limiter.Refuse(place, HubSpotLimit.Burst, retryAfter: null);
        _clock.Advance(TimeSpan.FromSeconds(5));
        await Take(General, Interactive);
        var next = Take(General, Interactive);

        // Refused at 5 s, paused until 6 s, half speed (one) until 16 s; the place of 10 s would be free at 20 s.
        _clock.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(TimeSpan.FromSeconds(16), (await next).TakenAt);
    }

    [Fact]
    public async Task Refuse_WithRetryAfter_PausesThatBucketThatLong()
    {
        var place = await Take(Search, Push);
        Limiter.Refuse(place, HubSpotLimit.Search, TimeSpan.FromSeconds(7));
        var search = Take(Search, Interactive);

        Assert.Equal(_clock.GetUtcNow().AddSeconds(7), Bucket(Search).PausedUntil);
        Assert.Null(Bucket(General).PausedUntil);
        _clock.Advance(TimeSpan.FromSeconds(7));

        Assert.Equal(TimeSpan.FromSeconds(7), (await search).TakenAt);
        Assert.Equal(2, Bucket(Search).Limit);
    }

    [Fact]
    public async Task Refuse_CallsThatWereOnTheirWayTogether_LowerOnceOnly()
    {
        var places = await TakeManyAsync(General, Interactive, 8);
        foreach (var place in places)
        {
            Limiter.Refuse(place, HubSpotLimit.Burst, null);
        }

        Assert.Equal(45, Bucket(General).Limit);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Limiter.Refuse(await Take(General, Push), HubSpotLimit.Burst, null);
        Assert.Equal(22, Bucket(General).Limit);
    }

    [Fact]
    public async Task Learn_SmallerMax_IsObeyedWithATenthToSpare()
    {
        var place = await Take(General, Push);
        Limiter.Learn(place, new(Max: 50, Remaining: 49, null, null));
        Assert.Equal((45, 1), (Bucket(General).Limit, Bucket(General).Used));

        Limiter.Learn(place, new(Max: 190, Remaining: 189, null, null));
        Assert.Equal(90, Bucket(General).Limit);
    }

    [Fact]
    public async Task Learn_SomebodyElseUsesTheToken_TheirCallsCountForAWindow()
    {
        var place = await Take(General, Push);
        Limiter.Learn(place, new(Max: 100, Remaining: 40, null, null));

        Assert.Equal(60, Bucket(General).Used);
        _clock.Advance(TenSeconds);
        Assert.Equal(0, Bucket(General).Used);
    }

    [Fact]
    public async Task Learn_SearchAnswer_SaysNothingOfTheGeneralWindow()
    {
        Limiter.Learn(await Take(Search, Push), new(Max: 10, Remaining: 0, null, null));

        Assert.Equal((90, 0), (Bucket(General).Limit, Bucket(General).Used));
        Assert.Equal((4, 1), (Bucket(Search).Limit, Bucket(Search).Used));
    }

    private HubSpotLimiter Make(int requestsPerTenSeconds) =>
        new(Options.Create(new HubSpotOptions { RequestsPerTenSeconds = requestsPerTenSeconds }), _clock);

    private HubSpotBucketSnapshot Bucket(HubSpotBucket bucket) => Limiter.Snapshot().Buckets[(int)bucket];

    private Task<HubSpotPlace> Take(HubSpotBucket bucket, HubSpotPriority priority) =>
        Limiter.TakeAsync(bucket, priority, TestContext.Current.CancellationToken);

    private Task<HubSpotPlace[]> TakeManyAsync(HubSpotBucket bucket, HubSpotPriority priority, int count) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(_ => Take(bucket, priority)));
}
