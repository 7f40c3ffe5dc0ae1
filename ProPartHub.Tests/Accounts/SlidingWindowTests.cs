using Microsoft.Extensions.Time.Testing;
using ProPartHub.Web.Account;
using Xunit;

namespace ProPartHub.Tests.Accounts;

public sealed class SlidingWindowTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Enter_BeyondPermits_TellsTheWaitUntilTheOldestTryIsAMinuteOld()
    {
        var window = Window(permits: 2);
        window.Enter("a");
        _time.Advance(TimeSpan.FromSeconds(20));
        window.Enter("a");
        _time.Advance(TimeSpan.FromSeconds(10));

        var refused = window.Enter("a");

        Assert.False(refused.IsAllowed);
        Assert.Equal(TimeSpan.FromSeconds(30), refused.Wait);
        _time.Advance(refused.Wait);
        Assert.True(window.Enter("a").IsAllowed);
        Assert.False(window.Enter("a").IsAllowed);
    }

    [Fact]
    public void Enter_RefusedTries_DoNotProlongTheWait()
    {
        var window = Window(permits: 1);
        window.Enter("a");
        for (var second = 0; second < 59; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.False(window.Enter("a").IsAllowed);
        }

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(window.Enter("a").IsAllowed);
    }

    [Fact]
    public void Enter_OtherKey_IsCountedForItself()
    {
        var window = Window(permits: 1);
        window.Enter("a");

        Assert.True(window.Enter("b").IsAllowed);
        Assert.False(window.Enter("a").IsAllowed);
    }

    [Fact]
    public void Enter_OnlyTheFirstRefusalOfARun_IsMarked()
    {
        var window = Window(permits: 1);
        window.Enter("a");

        Assert.True(window.Enter("a").IsFirstRefusal);
        Assert.False(window.Enter("a").IsFirstRefusal);
        _time.Advance(TimeSpan.FromMinutes(1));
        window.Enter("a");
        Assert.True(window.Enter("a").IsFirstRefusal);
    }

    [Fact]
    public void Enter_BeyondCapacity_ForgetsTheKeyUnusedForLongest()
    {
        var window = Window(permits: 1, capacity: 2);
        window.Enter("a");
        window.Enter("b");
        window.Enter("a");

        window.Enter("c");

        Assert.False(window.Enter("a").IsAllowed);
        Assert.True(window.Enter("b").IsAllowed);
    }

    private SlidingWindow Window(int permits, int capacity = 100) =>
        new(permits, TimeSpan.FromMinutes(1), capacity, _time);
}
