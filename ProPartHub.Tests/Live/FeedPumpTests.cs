using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using ProPartHub.Domain.Live;
using Xunit;
using static ProPartHub.Tests.Live.FeedPeople;

namespace ProPartHub.Tests.Live;

public sealed class FeedPumpTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly ErrorLog _log = new();
    private readonly LeadFeed _feed;

    public FeedPumpTests() => _feed = new LeadFeed(_time, _log);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhileOneCallbackRuns_TheRestBecomesOneMore()
    {
        var batches = new ConcurrentQueue<FeedBatch>();
        var isFree = new TaskCompletionSource();
        var (running, mostRunning) = (0, 0);
        await using var pump = _feed.Start(
            Ada,
            async batch =>
            {
                mostRunning = Math.Max(mostRunning, Interlocked.Increment(ref running));
                batches.Enqueue(batch);
                await isFree.Task;
                Interlocked.Decrement(ref running);
            }
        );

        _feed.Publish(Edited(Guid.CreateVersion7(), Olena));
        await Eventually.IsAsync(() => batches.Count == 1, Cancel);
        for (var number = 0; number < 30; number++)
        {
            _feed.Publish(Edited(Guid.CreateVersion7(), Olena));
            _time.Advance(FeedSubscription.Window);
        }

        Assert.Single(batches);
        isFree.SetResult();
        await Eventually.IsAsync(() => batches.Count == 2, () => _time.Advance(FeedSubscription.Window), Cancel);
        Assert.Equal(30, batches.Last().Changes.Count);
        Assert.Equal(1, mostRunning);
    }

    [Fact]
    public async Task FailedCallback_IsLogged_AndReadsEverythingAgain()
    {
        var batches = new ConcurrentQueue<FeedBatch>();
        await using var pump = _feed.Start(
            Ada,
            batch =>
            {
                batches.Enqueue(batch);
                return batches.Count == 1 ? throw new InvalidOperationException("no row") : Task.CompletedTask;
            }
        );

        _feed.Publish(Edited(Guid.CreateVersion7(), Olena));
        await Eventually.IsAsync(() => batches.Count == 2, () => _time.Advance(TimeSpan.FromSeconds(1)), Cancel);

        Assert.True(batches.Last().MustRefresh);
        Assert.Equal("no row", Assert.Single(_log.Errors).Message);
    }

    [Fact]
    public async Task Callback_RunsInTheCultureOfThePage()
    {
        var before = CultureInfo.CurrentCulture;
        var culture = new TaskCompletionSource<string>();
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("uk-UA");
        await using var pump = _feed.Start(
            Ada,
            _ =>
            {
                culture.TrySetResult(CultureInfo.CurrentCulture.Name);
                return Task.CompletedTask;
            }
        );
        CultureInfo.CurrentCulture = before;

        _feed.Publish(FeedMessage.RefreshAll);

        Assert.Equal("uk-UA", await culture.Task.WaitAsync(Cancel));
    }

    [Fact]
    public async Task Disposal_WaitsForTheCallback_AndCallsNoMore()
    {
        var (entered, isFree) = (new TaskCompletionSource(), new TaskCompletionSource());
        var calls = 0;
        var pump = _feed.Start(
            Ada,
            async _ =>
            {
                Interlocked.Increment(ref calls);
                entered.TrySetResult();
                await isFree.Task;
            }
        );
        _feed.Publish(FeedMessage.RefreshAll);
        await entered.Task.WaitAsync(Cancel);
        _feed.Publish(FeedMessage.RefreshAll);

        var disposal = pump.DisposeAsync().AsTask();
        Assert.Equal(0, _feed.Subscribers);
        Assert.False(disposal.IsCompleted);
        isFree.SetResult();
        await disposal.WaitAsync(Cancel);
        await pump.DisposeAsync();

        Assert.Equal(1, calls);
        Assert.Empty(_log.Errors);
    }

    private sealed class ErrorLog : ILogger<LeadFeed>
    {
        public ConcurrentQueue<Exception> Errors { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (exception is not null)
            {
                Errors.Enqueue(exception);
            }
        }
    }
}
