namespace ProPartHub.HubSpotSandbox.Webhooks;

/// <summary>Where webhooks go and how badly they behave. Replaced as a whole while the account runs.</summary>
public sealed record WebhookSettings
{
    /// <summary>No target, no webhooks; what happens meanwhile is never told.</summary>
    public Uri? Target { get; init; }

    /// <summary>Sends every delivery twice.</summary>
    public bool Duplicate { get; init; }

    /// <summary>Shuffles the events gathered during <see cref="Delay"/>.</summary>
    public bool Reorder { get; init; }

    /// <summary>How long events are gathered before they are sent.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>What the app is told of; null for everything.</summary>
    public IReadOnlyList<WebhookSubscription>? Subscriptions { get; init; }
}
