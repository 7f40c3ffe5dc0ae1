namespace ProPartHub.Domain.HubSpot.Api;

/// <summary>
/// A call to HubSpot that did not succeed. Its message holds facts only and may be logged; HubSpot's own words, for the
/// screen, are in <see cref="Fault"/>.
/// </summary>
public abstract class HubSpotException(string message, HubSpotFault fault, Exception? inner = null)
    : Exception(fault.Summary is { Length: > 0 } summary ? $"{message} HubSpot: {summary}" : message, inner)
{
    /// <summary>What HubSpot said; <see cref="HubSpotFault.None"/> where no answer came.</summary>
    public HubSpotFault Fault { get; } = fault;

    /// <summary>True if the same call may well succeed a little later.</summary>
    internal virtual bool IsTransient => false;

    /// <summary>True if a write may have been carried out all the same.</summary>
    internal virtual bool LeavesOutcomeOpen => false;

    /// <summary>How long to wait at least before trying again, where somebody said so.</summary>
    public TimeSpan? RetryAfter { get; protected init; }
}
