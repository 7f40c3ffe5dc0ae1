namespace ProPartHub.Domain.HubSpot.Api;

/// <summary>HubSpot, or the proxy before it, failed (5xx).</summary>
public sealed class HubSpotServerException : HubSpotException
{
    /// <summary>With the wait HubSpot asked for, if any.</summary>
    public HubSpotServerException(HubSpotFault fault, TimeSpan? retryAfter = null)
        : base("HubSpot failed.", fault)
    {
        RetryAfter = retryAfter;
    }

    // 501 and 505 will not change; 522, 525 and 526 are for HubSpot's support, by HubSpot's own error page.
    internal override bool IsTransient => Fault.StatusCode is not (501 or 505 or 522 or 525 or 526);

    internal override bool LeavesOutcomeOpen => true;
}

/// <summary>No answer: no connection, a cut connection or a timeout.</summary>
public sealed class HubSpotTransportException(string message, bool mayHaveArrived, Exception? inner)
    : HubSpotException(message, HubSpotFault.None, inner)
{
    /// <summary>False if the request certainly did not reach HubSpot.</summary>
    public bool MayHaveArrived { get; } = mayHaveArrived;

    internal override bool IsTransient => true;

    internal override bool LeavesOutcomeOpen => MayHaveArrived;
}

/// <summary>HubSpot has been failing, so for a while nothing is sent at all.</summary>
public sealed class HubSpotCircuitOpenException : HubSpotException
{
    /// <summary>With the time left until the next probe, if known.</summary>
    public HubSpotCircuitOpenException(TimeSpan? retryAfter, Exception inner)
        : base("HubSpot has been failing; nothing is sent for a while.", HubSpotFault.None, inner)
    {
        RetryAfter = retryAfter;
    }
}

/// <summary>An answer that is not what HubSpot documents: a redirect, or a body that is not its JSON.</summary>
public sealed class HubSpotUnexpectedAnswerException(string message, HubSpotFault fault, Exception? inner = null)
    : HubSpotException(message, fault, inner)
{
    internal override bool LeavesOutcomeOpen => true;
}

/// <summary>
/// A creating call went out and no clear answer came back: it may have been carried out. It was not sent again; look
/// the thing up (by the hub's own unique property) before creating it once more.
/// </summary>
public sealed class HubSpotWriteOutcomeUnknownException(string operation, HubSpotException inner)
    : HubSpotException($"It is not known whether HubSpot carried out: {operation}.", inner.Fault, inner);
