using Microsoft.Extensions.Time.Testing;

namespace ProPartHub.Tests.Reliability;

/// <summary>
/// A machine's clock that somebody sets: the time of day jumps, while what it counts and its timers only go on, by the test's
/// own steps.
/// </summary>
internal sealed class JumpingClock : TimeProvider
{
    private readonly FakeTimeProvider _steady = new(DateTimeOffset.UtcNow);
    private long _offset;

    public override long TimestampFrequency => _steady.TimestampFrequency;

    /// <summary>How long it has run, whatever it showed.</summary>
    public TimeSpan Steady => _steady.GetElapsedTime(0);

    public override DateTimeOffset GetUtcNow() =>
        _steady.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _offset));

    public override long GetTimestamp() => _steady.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        _steady.CreateTimer(callback, state, dueTime, period);

    /// <summary>Sets it by so much; nothing passes meanwhile.</summary>
    public void Jump(TimeSpan by) => Interlocked.Add(ref _offset, by.Ticks);

    /// <summary>Lets time pass.</summary>
    public void Advance(TimeSpan time) => _steady.Advance(time);
}
