namespace ProPartHub.Domain.HubSpot.Api;

/// <summary>How this installation reaches HubSpot (section <c>HubSpot</c>). Nothing of it counts until there is a token.</summary>
public sealed class HubSpotOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "HubSpot";

    /// <summary>Address of the API. One address serves every region and version; the sandbox gives its own.</summary>
    public Uri BaseAddress { get; set; } = new("https://api.hubapi.com");

    /// <summary>
    /// Bearer token of a private app, a static-auth project app or a service key; it switches the exchange on. Empty: no
    /// exchange, but for the sandbox in Development.
    /// </summary>
    public string AccessToken { get; set; } = "";

    /// <summary>
    /// Client secret of the app that sends webhooks; needed where <see cref="WebhookPublicUrl"/> is set. Empty with a service
    /// key, which has no webhooks: then the hub polls.
    /// </summary>
    public string? ClientSecret { get; set; }

    /// <summary>
    /// The webhook address exactly as entered in HubSpot, such as <c>https://hub.example.com/webhooks/hubspot</c>. Signatures are checked against it, never against an address
    /// rebuilt from request headers. A text, since <see cref="Uri"/> would rewrite what HubSpot signed.
    /// </summary>
    public string? WebhookPublicUrl { get; set; }

    /// <summary>The dated version spoken (<c>2026-03</c>), or <c>v3</c> for the undated paths.</summary>
    public string ApiVersion { get; set; } = "2026-03";

    /// <summary>
    /// General calls in any rolling ten seconds, all of which are used; leave a margin below what HubSpot allows, which is
    /// 100 for an app on the smallest plan. Never more than nine tenths of the limit that HubSpot's answers state. The last
    /// three are kept for edits and people: imports and comparisons leave them free.
    /// </summary>
    public int RequestsPerTenSeconds { get; set; } = 90;

    /// <summary>Searches in any rolling second. HubSpot allows an account 5.</summary>
    public int SearchesPerSecond { get; set; } = 4;

    /// <summary>Batch association calls in any rolling ten seconds. HubSpot allows 100 on the smallest plan.</summary>
    public int AssociationsPerTenSeconds { get; set; } = 80;

    /// <summary>Longest wait for one answer, counted from sending, not from queueing.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Longest time for a call with its waiting and all its attempts. Backfill is exempt: it may have to wait for the
    /// account's next day.
    /// </summary>
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How often a failed call is repeated where repeating is safe.</summary>
    public int MaxRetries { get; set; } = 4;

    /// <summary>Wait before the first repeat; doubles, with jitter.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait between attempts. A longer <c>Retry-After</c> ends the call and is given to the caller.</summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the open circuit breaker lets no call through.</summary>
    public TimeSpan CircuitBreakDuration { get; set; } = TimeSpan.FromSeconds(15);
}
