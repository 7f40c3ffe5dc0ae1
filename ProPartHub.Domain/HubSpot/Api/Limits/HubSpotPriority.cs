namespace ProPartHub.Domain.HubSpot.Api;

/// <summary>
/// Who waits for a call. A waiting call of a higher priority is served first; <see cref="Interactive"/> and
/// <see cref="Push"/> may also take the few last places of a window, which the others leave free.
/// </summary>
public enum HubSpotPriority
{
    /// <summary>A person waits for the answer.</summary>
    Interactive,

    /// <summary>An edit made in the hub goes to HubSpot.</summary>
    Push,

    /// <summary>Objects that changed in HubSpot are read.</summary>
    Changes,

    /// <summary>First import and nightly comparison; may wait until the account's next day.</summary>
    Backfill,
}
