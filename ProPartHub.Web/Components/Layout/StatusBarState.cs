using ProPartHub.Domain.Data;

namespace ProPartHub.Web.Components.Layout;

/// <summary>How the portal stands with HubSpot, as far as people need to know.</summary>
public enum HubSpotLink
{
    /// <summary>Nothing is known yet, so nothing is shown.</summary>
    Unknown,
    NotConnected,
    Connected,
    Sandbox,
    Slowed,
    Paused,
    Refused,
    Unreachable,
}

/// <summary>What the status bar and the banner show, at one moment.</summary>
/// <param name="HubSpot">The state of the connection to HubSpot.</param>
/// <param name="HubSpotSince">Since when, where that matters.</param>
/// <param name="DatabaseDownSince">Since when the database has not answered; <c>null</c> while it does.</param>
/// <param name="DatabaseRefuses">What a database that answers lacks to do its work; <c>null</c> for nothing.</param>
public sealed record ConnectionStates(
    HubSpotLink HubSpot = HubSpotLink.Unknown,
    DateTimeOffset? HubSpotSince = null,
    DateTimeOffset? DatabaseDownSince = null,
    MetTrouble? DatabaseRefuses = null
);

/// <summary>
/// One for the process: the sync worker and the database watch say here how they stand, and every open page shows it.
/// Safe to call from any thread; <see cref="Changed"/> is raised on the caller's.
/// </summary>
public sealed class StatusBarState
{
    private readonly Lock _gate = new();
    private ConnectionStates _current = new();

    /// <summary>Raised after a change, never for a repeated state.</summary>
    public event Action? Changed;

    public ConnectionStates Current
    {
        get
        {
            lock (_gate)
            {
                return _current;
            }
        }
    }

    /// <summary>HubSpot stands so, for <see cref="HubSpotLink.Unreachable"/> since <paramref name="since"/> (UTC).</summary>
    public void HubSpotIs(HubSpotLink link, DateTimeOffset? since = null) =>
        Set(states => states with { HubSpot = link, HubSpotSince = since });

    /// <summary>The database does not answer; the first moment (UTC) is kept until it is back.</summary>
    public void DatabaseIsDown(DateTimeOffset since) =>
        Set(states => states with { DatabaseDownSince = states.DatabaseDownSince ?? since });

    /// <summary>The database answers again.</summary>
    public void DatabaseIsBack() => Set(states => states with { DatabaseDownSince = null });

    /// <summary>The database answers and does not do its work, or does it again.</summary>
    public void DatabaseRefuses(MetTrouble? met) => Set(states => states with { DatabaseRefuses = met });

    private void Set(Func<ConnectionStates, ConnectionStates> change)
    {
        lock (_gate)
        {
            var changed = change(_current);
            if (changed == _current)
            {
                return;
            }

            _current = changed;
        }

        Changed?.Invoke();
    }
}
