using ProPartHub.Domain.Live;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>Wakes the sync engine of this process at once, rather than at its next look.</summary>
public sealed class SyncSignal : WakeSignal;
