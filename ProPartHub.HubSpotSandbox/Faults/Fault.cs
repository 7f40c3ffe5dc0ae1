namespace ProPartHub.HubSpotSandbox.Faults;

/// <summary>What goes wrong with a call.</summary>
public enum FaultKind
{
    /// <summary>An error answer with <see cref="Fault.Status"/>.</summary>
    Status,

    /// <summary>No answer until the caller gives up.</summary>
    Timeout,

    /// <summary>The connection is cut without an answer.</summary>
    Cut,
}

/// <summary>
/// A disturbance for chosen calls. The third POST to deals, carried out and then cut:
/// <c>new Fault { Kind = FaultKind.Cut, AfterWrite = true, Method = "POST", Path = "/deals", Skip = 2, Times = 1 }</c>.
/// </summary>
public sealed record Fault
{
    public FaultKind Kind { get; init; }

    /// <summary>The status of an error answer.</summary>
    public int Status { get; init; } = 500;

    /// <summary>Whether the call is carried out before it goes wrong, so that the caller cannot know it was.</summary>
    public bool AfterWrite { get; init; }

    /// <summary>Only calls with this method; null for any.</summary>
    public string? Method { get; init; }

    /// <summary>Only calls whose path contains this text; null for any.</summary>
    public string? Path { get; init; }

    /// <summary>How many matching calls pass undisturbed first.</summary>
    public int Skip { get; init; }

    /// <summary>How many matching calls are disturbed after that; null for all to come.</summary>
    public int? Times { get; init; }

    /// <summary>The share of those calls that is disturbed, 1 to 100.</summary>
    public int Percent { get; init; } = 100;

    /// <summary>Seconds for a Retry-After header; null for none, as HubSpot does.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>For a 429: DAILY instead of the burst limit.</summary>
    public bool DailyLimit { get; init; }

    /// <summary>A plain text to answer with instead of HubSpot's JSON, as Cloudflare in front of it does.</summary>
    public string? PlainBody { get; init; }
}
