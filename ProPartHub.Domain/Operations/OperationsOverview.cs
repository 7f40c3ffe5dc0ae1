using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.Telemetry;

namespace ProPartHub.Domain.Operations;

/// <summary>How the portal runs, as the system page shows it. Times are UTC.</summary>
/// <param name="At">When it was looked at.</param>
/// <param name="Process">This instance.</param>
/// <param name="Snapshot">What the database tells; null while it does not answer.</param>
/// <param name="Feed">How the change feed stands here.</param>
/// <param name="Subscribers">Who hears it: open pages and a few workers.</param>
/// <param name="Exchange">The exchange with HubSpot as this instance sees it.</param>
/// <param name="Work">What runs in the background here.</param>
public sealed record OperationsOverview(
    DateTimeOffset At,
    ProcessState Process,
    OperationsSnapshot? Snapshot,
    FeedState Feed,
    int Subscribers,
    ExchangeView Exchange,
    IReadOnlyList<WorkState> Work
);

/// <summary>One instance of the portal.</summary>
/// <param name="Instance">Name of its machine.</param>
/// <param name="Version">The portal's version.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="Memory">Bytes it holds.</param>
/// <param name="MemoryLimit">Bytes it may hold before the machine or its container runs out.</param>
public sealed record ProcessState(
    string Instance,
    string Version,
    DateTimeOffset StartedAt,
    long Memory,
    long MemoryLimit
);

/// <summary>What this instance knows of HubSpot.</summary>
/// <param name="State">What its sync does.</param>
/// <param name="Fault">What is wrong, if anything.</param>
/// <param name="Since">Since when.</param>
/// <param name="Limiter">The budget of calls; null where another instance talks to HubSpot.</param>
/// <param name="Health">Whether HubSpot answers; null likewise.</param>
public sealed record ExchangeView(
    SyncState State,
    SyncFault Fault,
    DateTimeOffset? Since,
    HubSpotLimiterSnapshot? Limiter,
    HubSpotHealth? Health
);
