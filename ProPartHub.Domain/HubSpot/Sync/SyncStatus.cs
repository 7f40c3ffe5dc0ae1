using ProPartHub.Domain.HubSpot.Api;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>The exchange with HubSpot at a glance. Times are UTC.</summary>
/// <param name="State">What the sync of this process does.</param>
/// <param name="Fault">What is wrong, if anything.</param>
/// <param name="Detail">About the fault, in HubSpot's words or ids.</param>
/// <param name="Since">Since when it is so.</param>
/// <param name="Holder">Name of the machine that holds the lease and talks to HubSpot; null while nobody does.</param>
/// <param name="IsSandbox">True for the built-in sandbox; null before the first connection.</param>
/// <param name="PortalId">HubSpot's account id.</param>
/// <param name="UiDomain">Host for links to records.</param>
/// <param name="PausedAt">Since when a person has paused it.</param>
/// <param name="SwitchedOff">Parts of the exchange that are off.</param>
/// <param name="HasLeadIds">False when the account lacks the hub's unique property, so that a create whose answer was
/// lost can only be guessed at.</param>
/// <param name="Waiting">Leads and comments that wait to be carried.</param>
/// <param name="OldestWaiting">When the oldest of them was changed.</param>
/// <param name="Parked">Leads and comments set aside because HubSpot refuses them.</param>
/// <param name="OpenConflicts">Conflicts nobody has settled.</param>
/// <param name="PullProblems">Leads whose deal the hub could not take in whole.</param>
/// <param name="LastPull">Up to when HubSpot's changes of deals have been read.</param>
/// <param name="LastWebhook">When the last webhook came.</param>
/// <param name="Check">The last check of the account that an admin asked for.</param>
/// <param name="Import">How far the first import is, by object type, in order.</param>
/// <param name="Limiter">How full the limiter is; null where this process does not talk to HubSpot.</param>
/// <param name="Health">Whether HubSpot answers; null likewise.</param>
public sealed record SyncStatus(
    SyncState State,
    SyncFault Fault,
    string? Detail,
    DateTimeOffset? Since,
    string? Holder,
    bool? IsSandbox,
    long? PortalId,
    string? UiDomain,
    DateTimeOffset? PausedAt,
    SyncPart SwitchedOff,
    bool? HasLeadIds,
    int Waiting,
    DateTimeOffset? OldestWaiting,
    int Parked,
    int OpenConflicts,
    int PullProblems,
    DateTimeOffset? LastPull,
    DateTimeOffset? LastWebhook,
    AccountCheckState Check,
    IReadOnlyList<ImportProgress> Import,
    HubSpotLimiterSnapshot? Limiter,
    HubSpotHealth? Health
)
{
    /// <summary>How far all contacts of the account are read, those without a lead among them.</summary>
    public ImportProgress? Contacts { get; init; }

    /// <summary>True while the first import runs.</summary>
    public bool IsImporting => Import.Any(part => !part.IsDone) && State is SyncState.Running;
}

/// <summary>How far the first import of one object type is.</summary>
/// <param name="ObjectType">HubSpot's object type.</param>
/// <param name="Imported">Objects brought in.</param>
/// <param name="Total">Objects there are, as HubSpot counted at the start; null before it starts.</param>
/// <param name="IsDone">True when it has ended.</param>
/// <param name="StartedAt">When it began (UTC); null before.</param>
public sealed record ImportProgress(
    string ObjectType,
    int Imported,
    int? Total,
    bool IsDone,
    DateTimeOffset? StartedAt = null
)
{
    /// <summary>About how long it still takes at the pace so far; null where that cannot be told yet.</summary>
    /// <param name="now">The present moment (UTC).</param>
    public TimeSpan? RemainingAt(DateTimeOffset now) =>
        !IsDone && Imported > 0 && Total > Imported && StartedAt < now
            ? (now - StartedAt.Value) * ((double)(Total.Value - Imported) / Imported)
            : null;
}
