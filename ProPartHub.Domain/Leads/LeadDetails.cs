namespace ProPartHub.Domain.Leads;

/// <summary>One lead as its page shows it.</summary>
public sealed record LeadDetails(
    Guid Id,
    long Number,
    LeadInput Values,
    Guid? AgentId,
    string? AgentName,
    Guid? TeamId,
    Guid StageId,
    string StageLabel,
    Guid PipelineId,
    LeadStatus Status,
    Attention Attention,
    DateTimeOffset? ArchivedAt,
    DateTimeOffset? TransferredAt,
    bool IsDemo,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    LeadSyncState Sync
)
{
    /// <summary>When the lead came into its stage (UTC).</summary>
    public required DateTimeOffset StageChangedAt { get; init; }

    /// <summary>The client's consent to the keeping of personal data.</summary>
    public required LeadConsent Consent { get; init; }

    /// <summary>The lead into which this one was merged; null where it was not.</summary>
    public LeadMergedInto? MergedInto { get; init; }

    /// <summary>Its number in the former portal; null where it does not come from there.</summary>
    public long? OldNumber { get; init; }

    /// <summary>The erasure of the client's data; null where they are still held.</summary>
    public LeadErased? Erased { get; init; }
}

/// <summary>That a lead was merged into another of the same client.</summary>
/// <param name="Id">The other lead; null where the reader may not see it.</param>
/// <param name="Number">Its number; null likewise.</param>
public sealed record LeadMergedInto(Guid? Id, long? Number);

/// <summary>That a lead's client was erased.</summary>
/// <param name="At">When (UTC).</param>
/// <param name="By">Who did it, as the history has it; null once that is past its time.</param>
public sealed record LeadErased(DateTimeOffset At, string? By);

/// <summary>Where a lead stands with HubSpot, in the words a page needs.</summary>
/// <param name="ContactId">HubSpot's contact.</param>
/// <param name="DealId">HubSpot's deal.</param>
/// <param name="LastExchangeAt">Last exchange in either direction (UTC).</param>
/// <param name="WaitingSince">Since when a change waits to be carried over (UTC).</param>
/// <param name="IsParked">True when HubSpot refuses the change and an admin must decide.</param>
/// <param name="Reason">HubSpot's words of the last refusal.</param>
public sealed record LeadSyncState(
    string? ContactId,
    string? DealId,
    DateTimeOffset? LastExchangeAt,
    DateTimeOffset? WaitingSince,
    bool IsParked,
    string? Reason
);
