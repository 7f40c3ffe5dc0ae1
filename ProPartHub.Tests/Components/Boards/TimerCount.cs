namespace ProPartHub.Tests.Components.Boards;

/// <summary>A clock that counts the timers which somebody holds of it, pauses among them.</summary>
internal sealed class TimerCount(TimeProvider clock) : TimeProvider
{
    private int _open;

    /// <summary>Timers that were made and not let go.</summary>
    public int Open => Volatile.Read(ref _open);

    public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Interlocked.Increment(ref _open);
        return new Counted(this, clock.CreateTimer(callback, state, dueTime, period));
    }

    private sealed class Counted(TimerCount owner, ITimer timer) : ITimer
    {
        private int _isGone;

        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

        public void Dispose()
        {
            Leave();
            timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Leave();
            return timer.DisposeAsync();
        }

        private void Leave()
        {
            if (Interlocked.Exchange(ref _isGone, 1) == 0)
            {
                Interlocked.Decrement(ref owner._open);
            }
        }
    }
}
