namespace ProPartHub.Web.Components.Shared;

/// <summary>
/// One timer for a circuit that all its relative times share; it runs only while some are shown. The static render
/// of a page subscribes nothing (components subscribe after their first interactive render).
/// </summary>
public sealed class MinuteTick(TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);
    private readonly Lock _gate = new();
    private Action? _listeners;
    private ITimer? _timer;

    /// <summary>Calls back about every minute, on a timer thread, until the answer is disposed.</summary>
    public IDisposable Subscribe(Action listener)
    {
        lock (_gate)
        {
            _listeners += listener;
            _timer ??= clock.CreateTimer(_ => _listeners?.Invoke(), null, Period, Period);
        }

        return new Subscription(this, listener);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _timer?.Dispose();
            _timer = null;
            _listeners = null;
        }
    }

    private void Unsubscribe(Action listener)
    {
        lock (_gate)
        {
            _listeners -= listener;
            if (_listeners is null)
            {
                _timer?.Dispose();
                _timer = null;
            }
        }
    }

    private sealed class Subscription(MinuteTick tick, Action listener) : IDisposable
    {
        public void Dispose() => tick.Unsubscribe(listener);
    }
}
