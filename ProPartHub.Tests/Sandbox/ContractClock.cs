using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ProPartHub.Tests.Sandbox;

/// <summary>A clock that stands still and tells when something begins to wait.</summary>
internal sealed class ContractClock() : FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero))
{
    private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _waits.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Waits until something waits so long or longer, and tells how long.</summary>
    public async Task<TimeSpan> NextWaitAsync(TimeSpan atLeast)
    {
        while (true)
        {
            var wait = await _waits.Reader.ReadAsync(TestContext.Current.CancellationToken);
            if (wait >= atLeast)
            {
                return wait;
            }
        }
    }
}
