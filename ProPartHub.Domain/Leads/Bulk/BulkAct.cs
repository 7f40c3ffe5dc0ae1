namespace ProPartHub.Domain.Leads.Bulk;

/// <summary>What is done to many leads at once. Numbers are stored.</summary>
public enum BulkKind
{
    /// <summary>Moved to a stage.</summary>
    Move = 1,

    /// <summary>Handed to an agent or to the pool.</summary>
    Transfer,

    /// <summary>Given a tag.</summary>
    AddTag,

    /// <summary>A tag is taken off.</summary>
    RemoveTag,

    /// <summary>Archived.</summary>
    Archive,

    /// <summary>Brought back from the archive.</summary>
    Restore,

    /// <summary>An earlier act is taken back.</summary>
    Undo,
}

/// <summary>How an act stands.</summary>
public enum BulkState
{
    /// <summary>It waits or is being carried out.</summary>
    Running,

    /// <summary>Every lead had its turn.</summary>
    Done,

    /// <summary>It was stopped before every lead had its turn.</summary>
    Stopped,
}

/// <summary>
/// One act upon many leads: who wants what, and how far it has come. The row is the job itself: whoever carries it out holds
/// its lock for one batch at a time, so a process that dies leaves it to the next, and a closed browser changes nothing.
/// </summary>
public sealed class BulkAct
{
    /// <summary>Most leads of one act.</summary>
    public const int Most = 10_000;

    /// <summary>Most acts of a person that wait or run at once.</summary>
    public const int MostAtOnce = 5;

    /// <summary>How long an act can be taken back.</summary>
    public static readonly TimeSpan UndoWithin = TimeSpan.FromDays(1);

    /// <summary>How long it is kept with what became of each lead; the leads' own history stays.</summary>
    public static readonly TimeSpan Keep = TimeSpan.FromDays(30);

    /// <summary>Key, made by the caller (UUIDv7).</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Who wants it.</summary>
    public Guid ActorId { get; init; }

    /// <summary>The network address it was asked from.</summary>
    public string? Address { get; init; }

    /// <summary>What is done.</summary>
    public BulkKind Kind { get; init; }

    /// <summary>The stage of a move.</summary>
    public Guid? StageId { get; init; }

    /// <summary>Why, for a stage that means lost.</summary>
    public string? RefusalReason { get; init; }

    /// <summary>The new agent; null for the pool.</summary>
    public Guid? AgentId { get; init; }

    /// <summary>Why leads are handed over.</summary>
    public string? Reason { get; init; }

    /// <summary>The tag.</summary>
    public Guid? TagId { get; init; }

    /// <summary>The act that this one takes back.</summary>
    public Guid? UndoOfId { get; init; }

    /// <summary>How many leads it is about.</summary>
    public int Total { get; init; }

    /// <summary>How many had their turn.</summary>
    public int Processed { get; set; }

    /// <summary>How many were changed.</summary>
    public int Changed { get; set; }

    /// <summary>How many were refused.</summary>
    public int Refused { get; set; }

    /// <summary>When it was asked for (UTC).</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its next batch is due (UTC).</summary>
    public DateTimeOffset DueAt { get; set; }

    /// <summary>How often a batch failed in a row.</summary>
    public int Failures { get; set; }

    /// <summary>When somebody asked to stop it (UTC).</summary>
    public DateTimeOffset? StopAskedAt { get; set; }

    /// <summary>When it ended (UTC).</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>When the person put the report away (UTC).</summary>
    public DateTimeOffset? DismissedAt { get; set; }

    /// <summary>How it stands.</summary>
    public BulkState State =>
        FinishedAt is null ? BulkState.Running
        : Processed < Total ? BulkState.Stopped
        : BulkState.Done;
}

/// <summary>What became of one lead of an act. Numbers are stored.</summary>
public enum BulkOutcome
{
    /// <summary>Its turn is to come.</summary>
    Waiting = 0,

    /// <summary>Changed.</summary>
    Changed = 1,

    /// <summary>It was so already.</summary>
    Unchanged = 2,

    /// <summary>Refused; the code says why.</summary>
    Refused = 3,

    /// <summary>Not taken back, as somebody has changed it since.</summary>
    LeftAlone = 4,
}

/// <summary>One lead of an act, with what is needed to take it back.</summary>
public sealed class BulkMember
{
    /// <summary>The act.</summary>
    public Guid ActId { get; init; }

    /// <summary>The lead.</summary>
    public Guid LeadId { get; init; }

    /// <summary>What became of it.</summary>
    public BulkOutcome Outcome { get; set; }

    /// <summary>Why it was refused: one of <see cref="Errors.FieldErrorCode"/> or <see cref="BulkRefusal"/>.</summary>
    public string? Code { get; set; }

    /// <summary>The stage before a move.</summary>
    public Guid? StageBefore { get; set; }

    /// <summary>The reason of a refusal before a move.</summary>
    public string? RefusalReasonBefore { get; set; }

    /// <summary>The agent before a transfer; null for the pool.</summary>
    public Guid? AgentBefore { get; set; }

    /// <summary>The last event that the act wrote about the lead: what is later was done by somebody else.</summary>
    public long? EventId { get; set; }
}

/// <summary>Codes of <see cref="BulkMember.Code"/> beside those of fields.</summary>
public static class BulkRefusal
{
    /// <summary>The person may not do this, to this lead or at all.</summary>
    public const string Forbidden = nameof(Forbidden);

    /// <summary>The person may not see the lead any more.</summary>
    public const string OutOfSight = nameof(OutOfSight);

    /// <summary>The client was erased.</summary>
    public const string Erased = nameof(Erased);

    /// <summary>The lead was merged into another.</summary>
    public const string Merged = nameof(Merged);
}
