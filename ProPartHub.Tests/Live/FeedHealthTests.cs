using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;
using ProPartHub.Domain.Live;
using Xunit;

namespace ProPartHub.Tests.Live;

public sealed class FeedHealthTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly FeedStatus _status;

    public FeedHealthTests() => _status = new FeedStatus(_time);

    [Fact]
    public async Task Health_FollowsTheConnection()
    {
        Assert.Equal(HealthStatus.Degraded, await CheckAsync());

        _status.Connected();
        Assert.Equal(HealthStatus.Healthy, await CheckAsync());

        _status.Lost();
        Assert.Equal(HealthStatus.Degraded, await CheckAsync());

        _time.Advance(FeedHealthCheck.Patience);
        Assert.Equal(HealthStatus.Unhealthy, await CheckAsync());

        _status.Connected();
        Assert.Equal(HealthStatus.Healthy, await CheckAsync());
    }

    [Fact]
    public void RepeatedFailures_KeepTheFirstMoment_AndCountOneLoss()
    {
        var raised = new List<FeedState>();
        _status.Changed += raised.Add;
        _status.Connected();
        var lostAt = _time.GetUtcNow();
        _status.Lost();
        _time.Advance(TimeSpan.FromSeconds(7));
        _status.Lost();

        Assert.Equal(lostAt, _status.Current.LostSince);
        Assert.Equal(1, _status.Current.Losses);
        Assert.Equal([true, false], raised.Select(state => state.IsConnected));
    }

    [Fact]
    public void MessageHeard_IsRememberedWithoutRaising()
    {
        _status.Changed += _ => Assert.Fail("A message is no change of the connection.");

        _status.Heard();

        Assert.Equal(_time.GetUtcNow(), _status.Current.LastMessageAt);
    }

    private async Task<HealthStatus> CheckAsync() =>
        (
            await new FeedHealthCheck(_status, _time).CheckHealthAsync(
                new HealthCheckContext(),
                TestContext.Current.CancellationToken
            )
        ).Status;
}
