namespace ProPartHub.HubSpotSandbox.Webhooks;

/// <summary>One attempt to deliver events.</summary>
/// <param name="Attempt">0 for the first.</param>
/// <param name="Status">The receiver's status; null when there was no answer in time.</param>
public sealed record WebhookDelivery(DateTimeOffset At, int Attempt, int Events, int? Status)
{
    public bool Succeeded => Status is >= 200 and < 300;
}
