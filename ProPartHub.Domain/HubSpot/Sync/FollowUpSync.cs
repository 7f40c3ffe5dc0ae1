namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>
/// What is known of a follow-up's task in HubSpot. The row lives as long as the two are tied: without one a follow-up has
/// no task yet, or none any more.
/// </summary>
public sealed class FollowUpSync
{
    /// <summary>The follow-up.</summary>
    public Guid FollowUpId { get; init; }

    /// <summary>HubSpot's task; null while a create was sent whose answer has not been stored.</summary>
    public string? TaskId { get; set; }

    /// <summary>Values last agreed by both sides, by field.</summary>
    public Dictionary<string, string?> Agreed { get; set; } = [];

    /// <summary>The lead's agent when HubSpot was last told whose task it is.</summary>
    public Guid? AgentId { get; set; }

    /// <summary>
    /// The time that the create gave the task (UTC), with milliseconds of the follow-up's own. HubSpot keeps it in the
    /// history of the task's property, whatever people make of the task: by it a task whose answer was lost is known again.
    /// </summary>
    public DateTimeOffset? Stamp { get; set; }

    /// <summary>When we began to delete the task (UTC), so that its being gone is not taken for somebody's deletion there.</summary>
    public DateTimeOffset? ArchivingSince { get; set; }

    /// <summary>Last exchange in either direction (UTC).</summary>
    public DateTimeOffset SyncedAt { get; set; }
}
