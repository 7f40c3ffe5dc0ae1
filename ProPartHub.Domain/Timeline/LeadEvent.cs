using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.Timeline;

/// <summary>What happened to a lead.</summary>
public enum LeadEventKind
{
    /// <summary>Registered or imported.</summary>
    Created = 1,

    /// <summary>Fields were changed.</summary>
    Edited = 2,

    /// <summary>Moved to another stage.</summary>
    StageChanged = 3,

    /// <summary>Handed to another agent or to the pool.</summary>
    Transferred = 4,

    /// <summary>Archived.</summary>
    Archived = 5,

    /// <summary>Brought back from the archive.</summary>
    Restored = 6,

    /// <summary>A comment was written.</summary>
    CommentAdded = 7,

    /// <summary>A comment was changed.</summary>
    CommentEdited = 8,

    /// <summary>A comment was deleted.</summary>
    CommentDeleted = 9,

    /// <summary>A call, mail or meeting came from HubSpot.</summary>
    ActivityAdded = 10,

    /// <summary>Both sides changed the same field; the loser is kept and can be restored.</summary>
    ConflictKept = 11,

    /// <summary>The state of the exchange with HubSpot changed; told to browsers, not shown in the timeline.</summary>
    SyncStateChanged = 12,

    /// <summary>A follow-up was written.</summary>
    FollowUpAdded = 13,

    /// <summary>A follow-up was changed.</summary>
    FollowUpEdited = 14,

    /// <summary>A follow-up was done.</summary>
    FollowUpDone = 15,

    /// <summary>A follow-up that was done is open again.</summary>
    FollowUpReopened = 16,

    /// <summary>A follow-up was deleted.</summary>
    FollowUpDeleted = 17,

    /// <summary>The deletion of a follow-up was taken back.</summary>
    FollowUpRestored = 18,

    /// <summary>The client's consent was recorded, taken back or put right.</summary>
    ConsentRecorded = 19,

    /// <summary>A tag was put on or taken off.</summary>
    TagsChanged = 30,

    /// <summary>The client's data were erased.</summary>
    Erased = 40,

    /// <summary>The deletion of a comment was taken back.</summary>
    CommentRestored = 41,

    /// <summary>Another agent asked for the client and was refused.</summary>
    ClaimRefused = 50,

    /// <summary>A service level took a step: reminded the agent, made a follow-up, told the managers.</summary>
    RuleApplied = 51,

    /// <summary>Somebody noted that a message went to the client.</summary>
    MessageSent = 52,

    /// <summary>The lead was merged into another of the same client.</summary>
    Merged = 60,

    /// <summary>Another lead of the same client was merged into this one.</summary>
    MergedIn = 61,

    /// <summary>A merge was taken back.</summary>
    MergeUndone = 62,

    /// <summary>Somebody said that another lead is about another client.</summary>
    ToldApart = 63,

    /// <summary>That was taken back.</summary>
    ToldApartUndone = 64,

    /// <summary>The client opened a property that was shared, for the first time.</summary>
    PropertyOpened = 70,
}

/// <summary>Where a change came from.</summary>
public enum ChangeOrigin
{
    /// <summary>A person in the portal.</summary>
    Portal = 1,

    /// <summary>HubSpot.</summary>
    HubSpot = 2,

    /// <summary>An import.</summary>
    Import = 3,

    /// <summary>The hub itself.</summary>
    System = 4,
}

/// <summary>One field before and after, as invariant text.</summary>
/// <param name="Field">A <see cref="Leads.LeadField"/> name, or another name for what is no lead field.</param>
/// <param name="Before">Value before, null when empty.</param>
/// <param name="After">Value after, null when empty.</param>
public sealed record FieldChange(string Field, string? Before, string? After)
{
    /// <summary>Name of what is no field but a person's words about the change.</summary>
    public const string Reason = nameof(Reason);

    /// <summary>Name of the client's consent: a <see cref="Leads.ConsentState"/> by its name, or, in events of old, how it was
    /// given.</summary>
    public const string Consent = nameof(Consent);

    /// <summary>Name of how a consent was given or taken back.</summary>
    public const string ConsentNote = nameof(ConsentNote);

    /// <summary>Name of a comment's text.</summary>
    public const string Comment = nameof(Comment);

    /// <summary>Name of what was attached to a comment, by the files' names.</summary>
    public const string Attachments = nameof(Attachments);

    /// <summary>Name of both ends of the budget together, as <c>200000..500000</c>.</summary>
    public const string Budget = nameof(Budget);

    /// <summary>Name of a tag that was put on (after) or taken off (before), by its name as it was then.</summary>
    public const string Tag = nameof(Tag);

    /// <summary>Name of the number of another lead of the same client, as <c>L-10482</c>.</summary>
    public const string OtherLead = nameof(OtherLead);

    /// <summary>Name of <see cref="Leads.Lead.Attention"/>, its flags by name.</summary>
    public const string Attention = nameof(Attention);
}

/// <summary>
/// One thing that happened to a lead: who, when, what field by field and from where. The same row is the lead's
/// history, its audit, the source of notifications and the entry of the change feed, written in the transaction of
/// the change itself.
/// </summary>
public sealed class LeadEvent : IAssigned, IAuditEvent
{
    /// <inheritdoc/>
    public static AuditSource Source => AuditSource.Lead;

    /// <summary>Key and order of writing; given by the database.</summary>
    public long Id { get; init; }

    /// <summary>
    /// The transaction that wrote the row (<c>pg_current_xact_id()</c>). Catch-up reads only below the oldest
    /// running transaction, because ids are taken before commit and may appear out of order.
    /// </summary>
    public ulong TransactionId { get; init; }

    /// <summary>The lead.</summary>
    public Guid LeadId { get; init; }

    /// <summary>What happened.</summary>
    public LeadEventKind Kind { get; init; }

    /// <summary>Where it came from.</summary>
    public ChangeOrigin Origin { get; init; }

    /// <summary>When (UTC); for things that happened in HubSpot, HubSpot's time.</summary>
    public DateTimeOffset OccurredAt { get; init; }

    /// <summary>The portal user who did it; null for HubSpot's people and the hub itself.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>Name of who did it, as it was then.</summary>
    public required string ActorName { get; init; }

    /// <summary>Network address of who did it.</summary>
    public string? Address { get; init; }

    /// <summary>Fields before and after.</summary>
    public IReadOnlyList<FieldChange> Changes { get; init; } = [];

    /// <summary>The comment, activity or follow-up the event is about.</summary>
    public Guid? SubjectId { get; init; }

    /// <summary>The lead's agent after the change: decides who may be told.</summary>
    public Guid? AgentId { get; init; }

    /// <summary>The lead's agent before the change, when another.</summary>
    public Guid? PreviousAgentId { get; init; }

    /// <summary>The lead's team after the change.</summary>
    public Guid? TeamId { get; init; }

    /// <summary>The lead's team before the change, when another.</summary>
    public Guid? PreviousTeamId { get; init; }

    /// <summary>When its content was erased (UTC); who, what and when stay.</summary>
    public DateTimeOffset? ErasedAt { get; init; }
}
