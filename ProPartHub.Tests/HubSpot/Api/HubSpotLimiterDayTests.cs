using Microsoft.Extensions.Options;
using ProPartHub.Domain.HubSpot.Api;
using Xunit;
using static ProPartHub.Domain.HubSpot.Api.HubSpotBucket;
using static ProPartHub.Domain.HubSpot.Api.HubSpotPriority;

namespace ProPartHub.Tests.HubSpot.Api;

public sealed class HubSpotLimiterDayTests : IDisposable
{
    // The clock begins at 12:00 UTC on 23 November 2026, 14:00 in Kyiv.
    private static readonly TimeZoneInfo Kyiv = TimeZoneInfo.FindSystemTimeZoneById("Europe/Kyiv");
    private static readonly DateTimeOffset MidnightInKyiv = new(2026, 11, 23, 22, 0, 0, TimeSpan.Zero);

    private readonly TestClock _clock = new();
    private readonly HubSpotLimiter _limiter;

    public HubSpotLimiterDayTests() => _limiter = new(Options.Create(new HubSpotOptions()), _clock);

    public void Dispose() => _limiter.Dispose();

    [Fact]
    public async Task Learn_LessThanAQuarterOfTheDayLeft_OnlyBackfillWaitsUntilMidnightThere()
    {
        _limiter.UseAccountTimeZone(Kyiv);
        _limiter.Learn(await Take(Changes), Day(1000, 249));
        var backfill = Take(Backfill);
        await Take(Changes);

        Assert.Equal(MidnightInKyiv, _limiter.Snapshot().BackfillHeldUntil);
        Assert.Equal(1, _limiter.Snapshot().Buckets[0].Waiting[Backfill]);
        _clock.SetUtcNow(MidnightInKyiv);

        Assert.Equal(TimeSpan.FromHours(10), (await backfill).TakenAt);
        Assert.Null(_limiter.Snapshot().DailyRemaining);
    }

    [Fact]
    public async Task Take_BetweenAnswers_CountsDownTheDayItself()
    {
        _limiter.Learn(await Take(Push), Day(1000, 252));
        await Take(Push);
        await Take(Push);
        Assert.Equal((1000, 250, null), Daily());

        await Take(Push);
        var backfill = Take(Backfill);

        Assert.Equal(249, _limiter.Snapshot().DailyRemaining);
        Assert.False(backfill.IsCompleted);
    }

    [Fact]
    public async Task Learn_MoreLeftAgain_BackfillGoesOn()
    {
        _limiter.Learn(await Take(Push), Day(1000, 100));
        var backfill = Take(Backfill);

        _limiter.Learn(await Take(Push), Day(2000, 1100));

        Assert.Equal(TimeSpan.Zero, (await backfill).TakenAt);
    }

    [Fact]
    public async Task Refuse_DayUsedUp_RefusesAtOnceUntilMidnightThere()
    {
        _limiter.UseAccountTimeZone(Kyiv);
        var place = await Take(Push);
        _limiter.Refuse(place, HubSpotLimit.Daily, retryAfter: null);

        Assert.Equal(new(HubSpotLimit.Daily, MidnightInKyiv), _limiter.Snapshot().Closed);
        var refusal = await Assert.ThrowsAsync<HubSpotRateLimitedException>(() => Take(Interactive));
        Assert.Equal((HubSpotLimit.Daily, TimeSpan.FromHours(10)), (refusal.Limit, refusal.RetryAfter));

        _clock.SetUtcNow(MidnightInKyiv);
        await Take(Interactive);
        Assert.Null(_limiter.Snapshot().Closed);
    }

    [Fact]
    public async Task Refuse_DayUsedUpWhileOthersWait_TheyAreToldAndBackfillKeepsWaiting()
    {
        _limiter.UseAccountTimeZone(Kyiv);
        var first = await Take(Interactive);
        await Task.WhenAll(Enumerable.Range(0, 89).Select(_ => Take(Interactive)));
        var (push, backfill) = (Take(Push), Take(Backfill));

        _limiter.Refuse(first, HubSpotLimit.Daily, retryAfter: null);

        await Assert.ThrowsAsync<HubSpotRateLimitedException>(() => push);
        Assert.Equal(1, _limiter.Snapshot().Buckets[0].Waiting[Backfill]);
        _clock.SetUtcNow(MidnightInKyiv);
        Assert.Equal(TimeSpan.FromHours(10), (await backfill).TakenAt);
    }

    [Fact]
    public async Task Refuse_DayUsedUpInAnUnknownTimeZone_LooksAgainInAnHour()
    {
        _limiter.Refuse(await Take(Push), HubSpotLimit.Daily, retryAfter: null);

        Assert.Equal(_clock.GetUtcNow().AddHours(1), _limiter.Snapshot().Closed?.Until);
    }

    [Fact]
    public async Task Refuse_AccountOnTheMove_ClosesForAsLongAsHubSpotSays()
    {
        _limiter.Refuse(await Take(Push), HubSpotLimit.AccountMove, TimeSpan.FromHours(5));

        var refusal = await Assert.ThrowsAsync<HubSpotRateLimitedException>(() => Take(Push));
        Assert.Equal((HubSpotLimit.AccountMove, TimeSpan.FromHours(5)), (refusal.Limit, refusal.RetryAfter));
    }

    [Theory]
    [InlineData("Europe/Kyiv", "2026-03-28T23:30:00Z", "2026-03-29T21:00:00Z")] // the night the clock goes forward
    [InlineData("America/New_York", "2026-11-23T04:59:00Z", "2026-11-23T05:00:00Z")]
    [InlineData("Africa/Cairo", "2026-04-23T12:00:00Z", "2026-04-23T22:00:00Z")] // no midnight: the day begins at one
    public void NextReset_IsTheNextBeginOfADayInTheAccountsZone(string zone, string now, string expected)
    {
        var budget = new DailyBudget();
        budget.UseTimeZone(TimeZoneInfo.FindSystemTimeZoneById(zone));

        Assert.Equal(HubSpotTime.Parse(expected), budget.NextReset(HubSpotTime.Parse(now)!.Value));
    }

    private static HubSpotRateHeaders Day(int limit, int remaining) => new(null, null, limit, remaining);

    private (int?, int?, DateTimeOffset?) Daily()
    {
        var snapshot = _limiter.Snapshot();
        return (snapshot.DailyLimit, snapshot.DailyRemaining, snapshot.BackfillHeldUntil);
    }

    private Task<HubSpotPlace> Take(HubSpotPriority priority) =>
        _limiter.TakeAsync(General, priority, TestContext.Current.CancellationToken);
}
