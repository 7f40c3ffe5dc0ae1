using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ProPartHub.Domain.Live;
using Xunit;
using static ProPartHub.Tests.Live.FeedPeople;

namespace ProPartHub.Tests.Live;

public sealed class LeadFeedTests
{
    private static readonly Guid Lead = Guid.CreateVersion7();
    private readonly FakeTimeProvider _time = new();
    private readonly LeadFeed _feed;

    public LeadFeedTests() => _feed = new LeadFeed(_time, NullLogger<LeadFeed>.Instance);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ForeignChange_NeverReachesTheSubscription()
    {
        await using var olena = _feed.Subscribe(Olena);
        await using var james = _feed.Subscribe(James);

        _feed.Publish(Edited(Lead, James));

        Assert.Equal(0, olena.Waiting);
        Assert.Equal(1, james.Waiting);
    }

    [Fact]
    public async Task IsolatedChange_ComesAtOnce_AndFurtherOnesAfterTheWindow()
    {
        await using var subscription = _feed.Subscribe(Olena);
        await using var batches = subscription.ReadBatchesAsync(Cancel).GetAsyncEnumerator(Cancel);
        _feed.Publish(Edited(Lead, Olena));
        Assert.True(await batches.MoveNextAsync());

        var next = batches.MoveNextAsync();
        for (var number = 0; number < 20; number++)
        {
            _feed.Publish(Edited(Lead, Olena));
        }

        Assert.False(next.IsCompleted);
        await Eventually.IsAsync(() => next.IsCompleted, () => _time.Advance(FeedSubscription.Window), Cancel);
        Assert.True(await next);
        Assert.Single(batches.Current.Changes);
    }

    [Fact]
    public async Task SlowReader_NeverGrows_AndIsToldToReadAgain()
    {
        await using var subscription = _feed.Subscribe(Ada);
        for (var number = 0; number < FeedSubscription.Capacity * 10; number++)
        {
            _feed.Publish(Edited(Guid.CreateVersion7(), Olena));
            Assert.InRange(subscription.Waiting, 1, FeedSubscription.Capacity);
        }

        await using var batches = subscription.ReadBatchesAsync(Cancel).GetAsyncEnumerator(Cancel);
        Assert.True(await batches.MoveNextAsync());
        Assert.Same(FeedBatch.Refresh, batches.Current);
        Assert.Equal(0, subscription.Waiting);

        // Once it has caught up, single changes come again.
        _feed.Publish(Edited(Lead, Olena));
        var next = batches.MoveNextAsync();
        await Eventually.IsAsync(() => next.IsCompleted, () => _time.Advance(FeedSubscription.Window), Cancel);
        Assert.Equal(Lead, Assert.Single(batches.Current.Changes).LeadId);
    }

    [Fact]
    public async Task Disposal_LeavesNoSubscription_AndEndsTheReading()
    {
        var subscription = _feed.Subscribe(Olena);
        var batches = subscription.ReadBatchesAsync(Cancel).GetAsyncEnumerator(Cancel);
        var next = batches.MoveNextAsync();
        Assert.Equal(1, _feed.Subscribers);

        await subscription.DisposeAsync();

        Assert.Equal(0, _feed.Subscribers);
        Assert.False(await next);
        _feed.Publish(Edited(Lead, Olena));
        Assert.Equal(0, subscription.Waiting);
    }

    [Fact]
    public async Task ChangeDuringTheFirstRead_IsDeliveredAfterIt()
    {
        var batch = new TaskCompletionSource<FeedBatch>();
        var hasLoaded = false;

        await using var pump = await _feed.StartAsync(
            Olena,
            _ =>
            {
                // Committed after the page's query ran and before the page listens: the classic gap.
                _feed.Publish(Edited(Lead, Olena));
                hasLoaded = true;
                return Task.CompletedTask;
            },
            told =>
            {
                Assert.True(hasLoaded);
                batch.TrySetResult(told);
                return Task.CompletedTask;
            },
            Cancel
        );

        Assert.Equal(Lead, Assert.Single((await batch.Task.WaitAsync(Cancel)).Changes).LeadId);
    }

    [Fact]
    public async Task FailedFirstRead_LeavesNoSubscription()
    {
        await Assert.ThrowsAsync<TimeoutException>(() =>
            _feed.StartAsync(Olena, _ => throw new TimeoutException(), _ => Task.CompletedTask, Cancel)
        );

        Assert.Equal(0, _feed.Subscribers);
    }
}
