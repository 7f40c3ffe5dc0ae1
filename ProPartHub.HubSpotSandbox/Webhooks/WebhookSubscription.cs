namespace ProPartHub.HubSpotSandbox.Webhooks;

/// <summary>What the app wants to be told of. A property change is one subscription for each property.</summary>
/// <param name="SubscriptionType">Such as deal.propertyChange, or object.creation with an object type.</param>
/// <param name="ObjectType">Plural name, singular name or type id; for object.* only.</param>
public sealed record WebhookSubscription(
    string SubscriptionType,
    string? ObjectType = null,
    string? PropertyName = null
);
