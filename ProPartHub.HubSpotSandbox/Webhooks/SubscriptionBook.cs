using ProPartHub.HubSpotSandbox.Objects;

namespace ProPartHub.HubSpotSandbox.Webhooks;

/// <summary>
/// Decides which subscriptions a change concerns. Without a list every event HubSpot knows is subscribed: contacts,
/// companies and deals under their own names, activities under the generic object.*.
/// </summary>
internal sealed class SubscriptionBook
{
    private const long FirstId = 3_300_001;
    private const string Generic = "object";

    // HubSpot takes no subscription on these.
    private static readonly HashSet<string> NotSubscribable = ["hs_email_html", "hs_email_subject"];

    private readonly Dictionary<WebhookSubscription, long> _ids = [];

    /// <summary>What is subscribed; null for everything.</summary>
    public IReadOnlyList<WebhookSubscription>? Chosen { get; set; }

    public IEnumerable<(long Id, string SubscriptionType)> For(ObjectType type, string what, string? property = null)
    {
        if (property is not null && NotSubscribable.Contains(property))
            return [];

        var own = new WebhookSubscription($"{type.Singular}.{what}", null, property);
        var generic = new WebhookSubscription($"{Generic}.{what}", type.TypeId, property);
        if (Chosen is null)
            return [Entry(type.IsActivity ? generic : own)];

        return Chosen.Select(Normalise).Intersect([own, generic]).Select(Entry);
    }

    public static bool IsGeneric(string subscriptionType) =>
        subscriptionType.StartsWith($"{Generic}.", StringComparison.Ordinal);

    private (long, string) Entry(WebhookSubscription subscription)
    {
        if (!_ids.TryGetValue(subscription, out var id))
            _ids[subscription] = id = FirstId + _ids.Count;
        return (id, subscription.SubscriptionType);
    }

    private static WebhookSubscription Normalise(WebhookSubscription subscription) =>
        subscription.ObjectType is { } name && ObjectType.TryParse(name, out var type)
            ? subscription with
            {
                ObjectType = type.TypeId,
            }
            : subscription;
}
