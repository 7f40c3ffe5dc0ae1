namespace ProPartHub.Domain.Outbox;

/// <summary>
/// The reasons for which the hub itself sets a change aside. They stand in <see cref="OutboxEntry.LastError"/> in place
/// of HubSpot's words.
/// </summary>
public static class ParkedReason
{
    /// <summary>HubSpot has no stage of the lead's meaning.</summary>
    public const string NoStage = nameof(NoStage);

    /// <summary>A demo lead may not leave for a real account.</summary>
    public const string DemoLead = nameof(DemoLead);

    /// <summary>True for a reason of the hub's own; any other text is HubSpot's.</summary>
    /// <param name="reason">What stands in <see cref="OutboxEntry.LastError"/>.</param>
    public static bool IsOwn(string? reason) => reason is NoStage or DemoLead;
}
