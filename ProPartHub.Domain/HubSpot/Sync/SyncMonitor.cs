using ProPartHub.Domain.HubSpot.Api;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>What the sync of this process is doing.</summary>
public enum SyncState
{
    /// <summary>No HubSpot token is configured.</summary>
    Off,

    /// <summary>Another instance holds the lease, or this one is about to take it.</summary>
    Waiting,

    /// <summary>This process talks to HubSpot.</summary>
    Running,

    /// <summary>A person paused it.</summary>
    Paused,

    /// <summary>HubSpot or the hub refuses; an admin has to look. <see cref="SyncMonitor.Fault"/> says why.</summary>
    Refused,

    /// <summary>HubSpot does not answer; it is tried again by itself.</summary>
    Failing,
}

/// <summary>Why the connection is refused.</summary>
public enum SyncFault
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>HubSpot does not accept the token.</summary>
    Unauthorized,

    /// <summary>The token may not do what is needed.</summary>
    Forbidden,

    /// <summary>The token belongs to another account than the one this database is bound to.</summary>
    OtherAccount,

    /// <summary>The database is bound to the sandbox and the address is not the sandbox, or the other way round.</summary>
    SandboxMismatch,

    /// <summary>HubSpot cannot be reached or fails.</summary>
    Unreachable,

    /// <summary>The hub itself failed; the log says how.</summary>
    Internal,
}

/// <summary>What the sync engine of this process says about itself, for the status bar and the sync page.</summary>
public sealed class SyncMonitor(TimeProvider time)
{
    private readonly Lock _gate = new();
    private Func<HubSpotLimiterSnapshot>? _limiter;
    private Func<HubSpotHealth>? _health;

    /// <summary>What it is doing.</summary>
    public SyncState State { get; private set; } = SyncState.Off;

    /// <summary>What is wrong.</summary>
    public SyncFault Fault { get; private set; }

    /// <summary>HubSpot's words or ids about it; may hold personal data, so never logged.</summary>
    public string? Detail { get; private set; }

    /// <summary>Since when it is in this state (UTC).</summary>
    public DateTimeOffset? Since { get; private set; }

    /// <summary>True when the account carries the hub's unique property; null while not known.</summary>
    public bool? HasLeadIds { get; private set; }

    /// <summary>How full the limiter is; null where this process does not talk to HubSpot.</summary>
    public HubSpotLimiterSnapshot? Limiter => _limiter?.Invoke();

    /// <summary>Whether HubSpot answers; null where this process does not talk to it.</summary>
    public HubSpotHealth? Health => _health?.Invoke();

    /// <summary>Raised after the state changed, on the engine's thread: handlers must return at once.</summary>
    public event Action? Changed;

    internal void Watch(HubSpotLimiter limiter, HubSpotResilience resilience) =>
        (_limiter, _health) = (limiter.Snapshot, resilience.Health);

    internal void Knows(bool hasLeadIds) => HasLeadIds = hasLeadIds;

    internal void Enter(SyncState state, SyncFault fault = SyncFault.None, string? detail = null)
    {
        lock (_gate)
        {
            if (State == state && Fault == fault && Detail == detail)
            {
                return;
            }

            if (State != state)
            {
                Since = time.GetUtcNow();
            }

            (State, Fault, Detail) = (state, fault, detail);
        }

        Changed?.Invoke();
    }
}
