using ProPartHub.Domain.Telemetry;

namespace ProPartHub.Domain.Live;

/// <summary>How the listener stands, at one moment. All times are UTC.</summary>
/// <param name="ConnectedSince">Since when changes are heard; null while they are not.</param>
/// <param name="LostSince">Since when they are not heard; null while they are, and before the first try.</param>
/// <param name="LastMessageAt">When a change was last heard.</param>
/// <param name="Losses">Connections lost since the process started.</param>
public sealed record FeedState(
    DateTimeOffset? ConnectedSince = null,
    DateTimeOffset? LostSince = null,
    DateTimeOffset? LastMessageAt = null,
    int Losses = 0
)
{
    /// <summary>True while changes are heard.</summary>
    public bool IsConnected => ConnectedSince is not null;
}

/// <summary>
/// Whether this process hears the database: the listener writes it, health and the banner read it. Safe to call from
/// any thread.
/// </summary>
public sealed class FeedStatus(TimeProvider time)
{
    private readonly Lock _gate = new();
    private FeedState _current = new();

    /// <summary>
    /// Raised when the connection comes or goes, not for each message; on the listener's thread, so handlers must be
    /// quick.
    /// </summary>
    public event Action<FeedState>? Changed;

    /// <summary>How the listener stands now.</summary>
    public FeedState Current
    {
        get
        {
            lock (_gate)
            {
                return _current;
            }
        }
    }

    internal void Connected() => Set(state => state with { ConnectedSince = time.GetUtcNow(), LostSince = null });

    internal void Lost()
    {
        if (Current.IsConnected)
        {
            HubMetrics.FeedLosses.Add(1);
        }

        Set(state =>
            state with
            {
                ConnectedSince = null,
                LostSince = state.LostSince ?? time.GetUtcNow(),
                Losses = state.Losses + (state.IsConnected ? 1 : 0),
            }
        );
    }

    internal void Heard()
    {
        lock (_gate)
        {
            _current = _current with { LastMessageAt = time.GetUtcNow() };
        }
    }

    private void Set(Func<FeedState, FeedState> change)
    {
        FeedState state;
        lock (_gate)
        {
            state = change(_current);
            if (state == _current)
            {
                return;
            }

            _current = state;
        }

        Changed?.Invoke(state);
    }
}
