namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>How the hub keeps step with HubSpot (section <c>HubSpot:Sync</c>).</summary>
public sealed class SyncOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "HubSpot:Sync";

    /// <summary>True when the address is the built-in sandbox: demo leads may be pushed there and nowhere else.</summary>
    public bool IsSandbox { get; set; }

    /// <summary>
    /// Whether the hub may make its own unique property on contacts and deals. In the sandbox it always may; in a real
    /// account an admin consents by this setting or runs <c>check-hubspot --create-properties</c>.
    /// </summary>
    public bool MayCreateProperties { get; set; }

    /// <summary>Time between polls where no webhooks arrive.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Time between polls while webhooks arrive (one in the last 24 hours): then polls are only the safety net.</summary>
    public TimeSpan PollIntervalWithWebhooks { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Time between polls of calls, mails, meetings and tasks where no webhooks arrive.</summary>
    public TimeSpan ActivityPollInterval { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How far each poll looks back beyond the last one: HubSpot's search index lags by minutes at times.</summary>
    public TimeSpan PollOverlap { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Time between readings of the account's properties, pipelines and owners; a minute at least.</summary>
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromMinutes(10);
}
