using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ProPartHub.Tests.HubSpot.Api;

/// <summary>
/// A clock that stands still and tells which timers are set, so that a test moves on exactly when something waits, never
/// while a request is on its way.
/// </summary>
internal sealed class TestClock() : FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero))
{
    private readonly Channel<TimeSpan> _timers = Channel.CreateUnbounded<TimeSpan>();

    public List<TimeSpan> Waits { get; } = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new TellingTimer(base.CreateTimer(callback, state, dueTime, period), Tell);
        Tell(dueTime);
        return timer;
    }

    /// <summary>Moves through every wait shorter than a request's timeout until the task is done.</summary>
    public async Task<T> DriveAsync<T>(Task<T> task)
    {
        while (!task.IsCompleted)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

            // Looked at, not taken: a timer told of just as the task ends belongs to whatever is driven next.
            var told = _timers.Reader.WaitToReadAsync(stop.Token).AsTask();
            if (await Task.WhenAny(task, told) == task)
            {
                await stop.CancelAsync();
                break;
            }

            await told;
            if (_timers.Reader.TryRead(out var wait) && wait < HubSpotHarness.AttemptTimeout)
            {
                Waits.Add(wait);
                Advance(wait);
            }
        }

        return await task;
    }

    /// <summary>Waits until something sets a timer of exactly this length.</summary>
    public async Task WaitForTimerAsync(TimeSpan due)
    {
        while (await _timers.Reader.ReadAsync(TestContext.Current.CancellationToken) != due) { }
    }

    private void Tell(TimeSpan due)
    {
        if (due > TimeSpan.Zero)
        {
            _timers.Writer.TryWrite(due);
        }
    }

    private sealed class TellingTimer(ITimer inner, Action<TimeSpan> tell) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var changed = inner.Change(dueTime, period);
            tell(dueTime);
            return changed;
        }

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
