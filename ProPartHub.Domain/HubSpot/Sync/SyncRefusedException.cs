namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>The sync must not go on with this account; an admin has to look.</summary>
public sealed class SyncRefusedException(SyncFault fault, string message) : Exception(message)
{
    /// <summary>Why.</summary>
    public SyncFault Fault { get; } = fault;
}

/// <summary>Another instance took over the sync: what this one was about to store is not stored.</summary>
public sealed class SyncFencedException() : Exception("Another instance has taken over the sync.");
