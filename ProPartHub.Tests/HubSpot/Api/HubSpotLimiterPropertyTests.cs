using CsCheck;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.HubSpot.Api;
using Xunit;

namespace ProPartHub.Tests.HubSpot.Api;

public sealed class HubSpotLimiterPropertyTests
{
    private const int Requests = 7;
    private const int Searches = 3;
    private const int Associations = 5;

    private static readonly Gen<Step> AnyStep = Gen.Frequency(
        (6, Gen.Select(Gen.Enum<HubSpotBucket>(), Gen.Enum<HubSpotPriority>(), Step (b, p) => new Ask(b, p))),
        (3, Gen.Int[1, 4000].Select(Step (milliseconds) => new Pass(milliseconds))),
        (1, Gen.Select(Gen.Int[1, 12], Gen.Int[0, 12], Step (max, left) => new Tell(max, left))),
        (1, Gen.Enum<HubSpotBucket>().Select(Step (bucket) => new Refused(bucket)))
    );

    /// <summary>Whatever happens in whatever order, no rolling window ever holds more than its limit.</summary>
    [Fact]
    public Task Take_AnyHistory_NeverMoreThanTheLimitInAnyRollingWindow() =>
        AnyStep
            .Array[1, 120]
            .SampleAsync(async steps =>
            {
                var clock = new TestClock();
                using var limiter = Make(clock);
                var asked = steps.Select(step => (Step: step, Place: step.Do(limiter, clock))).ToList();
                // Long enough for everybody who still waits, even at one call in ten seconds.
                for (var i = 0; i < 200; i++)
                {
                    clock.Advance(TimeSpan.FromSeconds(10));
                }

                var places = await Task.WhenAll(asked.Select(ask => ask.Place).OfType<Task<HubSpotPlace>>());
                AssertWindows(places, HubSpotBucket.General, Requests, TimeSpan.FromSeconds(10));
                AssertWindows(places, HubSpotBucket.Search, Searches, TimeSpan.FromSeconds(1));
                AssertWindows(places, HubSpotBucket.Associations, Associations, TimeSpan.FromSeconds(10));
                Assert.All(limiter.Snapshot().Buckets, bucket => Assert.Equal(0, bucket.Waiting.Values.Sum()));
            });

    private static void AssertWindows(HubSpotPlace[] places, HubSpotBucket bucket, int limit, TimeSpan window)
    {
        var times = places.Where(place => place.Bucket == bucket).Select(place => place.TakenAt).Order().ToList();
        for (var i = limit; i < times.Count; i++)
        {
            Assert.True(times[i] - times[i - limit] >= window, $"{limit + 1} places of {bucket} within a window");
        }
    }

    private static HubSpotLimiter Make(TimeProvider clock) =>
        new(
            Options.Create(
                new HubSpotOptions
                {
                    RequestsPerTenSeconds = Requests,
                    SearchesPerSecond = Searches,
                    AssociationsPerTenSeconds = Associations,
                }
            ),
            clock
        );

    private abstract record Step
    {
        public abstract Task<HubSpotPlace>? Do(HubSpotLimiter limiter, TestClock clock);
    }

    private sealed record Ask(HubSpotBucket Bucket, HubSpotPriority Priority) : Step
    {
        public override Task<HubSpotPlace> Do(HubSpotLimiter limiter, TestClock clock) =>
            limiter.TakeAsync(Bucket, Priority, CancellationToken.None);
    }

    private sealed record Pass(int Milliseconds) : Step
    {
        public override Task<HubSpotPlace>? Do(HubSpotLimiter limiter, TestClock clock)
        {
            clock.Advance(TimeSpan.FromMilliseconds(Milliseconds));
            return null;
        }
    }

    private sealed record Tell(int Max, int Left) : Step
    {
        public override Task<HubSpotPlace>? Do(HubSpotLimiter limiter, TestClock clock)
        {
            limiter.Learn(default, new(Max, Math.Min(Max, Left), null, null));
            return null;
        }
    }

    private sealed record Refused(HubSpotBucket Bucket) : Step
    {
        public override Task<HubSpotPlace>? Do(HubSpotLimiter limiter, TestClock clock)
        {
            limiter.Refuse(new(Bucket, TimeSpan.MaxValue), HubSpotLimit.Burst, retryAfter: null);
            return null;
        }
    }
}
