using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>The HubSpot account this database is bound to; one row.</summary>
public sealed class HubSpotAccount
{
    /// <summary>Always 1: there is one account.</summary>
    public int Id { get; init; } = 1;

    /// <summary>HubSpot's portal id.</summary>
    public long PortalId { get; init; }

    /// <summary>True when the account is the built-in sandbox: demo leads may go there and nowhere else.</summary>
    public bool IsSandbox { get; init; }

    /// <summary>The account's IANA time zone; the daily limit resets at its midnight.</summary>
    public required string TimeZone { get; set; }

    /// <summary>Host for links to records.</summary>
    public string? UiDomain { get; set; }

    /// <summary>When the database was bound to the account (UTC).</summary>
    public DateTimeOffset BoundAt { get; init; }

    /// <summary>Rises by one with each holder of the sync lease; writes of an older holder are refused.</summary>
    public long Fence { get; set; }

    /// <summary>When the last holder of the lease let go of it in good order (UTC); null while it is held.</summary>
    public DateTimeOffset? ReleasedAt { get; set; }

    /// <summary>When a person paused the sync (UTC).</summary>
    public DateTimeOffset? PausedAt { get; set; }

    /// <summary>Parts of the exchange that are turned off.</summary>
    public SyncPart SwitchedOff { get; set; }

    /// <summary>When an admin asked for a check of the account that has not been made yet (UTC).</summary>
    public DateTimeOffset? CheckAskedAt { get; set; }

    /// <summary>When the account was checked last (UTC).</summary>
    public DateTimeOffset? CheckedAt { get; set; }

    /// <summary>What that check found.</summary>
    public IReadOnlyList<CheckFinding> CheckFindings { get; set; } = [];
}

/// <summary>A HubSpot user or queue that deals are assigned to.</summary>
public sealed class HubSpotOwner
{
    /// <summary>HubSpot's owner id (not the user id).</summary>
    public required string Id { get; init; }

    /// <summary>Mail address, lower case.</summary>
    public string? Email { get; set; }

    /// <summary>First and last name.</summary>
    public required string Name { get; set; }

    /// <summary>True when HubSpot archived the owner.</summary>
    public bool IsArchived { get; set; }
}

/// <summary>How far an import or poll of one object type has come.</summary>
public sealed class SyncCursor
{
    /// <summary>HubSpot's object type: contacts, deals, notes…</summary>
    public required string ObjectType { get; init; }

    /// <summary>Where the next page of the first import starts.</summary>
    public string? ImportAfter { get; set; }

    /// <summary>Objects brought in by the first import.</summary>
    public int Imported { get; set; }

    /// <summary>Objects HubSpot says there are.</summary>
    public int? Total { get; set; }

    /// <summary>When the first import started (UTC): polls begin there.</summary>
    public DateTimeOffset? ImportStartedAt { get; set; }

    /// <summary>When the first import ended (UTC).</summary>
    public DateTimeOffset? ImportedAt { get; set; }

    /// <summary>Everything modified up to here (UTC) has been read.</summary>
    public DateTimeOffset? PolledUpTo { get; set; }
}

/// <summary>A webhook event as HubSpot sent it, stored before it was answered.</summary>
public sealed class WebhookEvent
{
    /// <summary>Key and order of arrival; given by the database.</summary>
    public long Id { get; init; }

    /// <summary>Tells repeated deliveries of one event.</summary>
    public required string DedupeKey { get; init; }

    /// <summary>HubSpot's subscription type, as it came.</summary>
    public required string Type { get; init; }

    /// <summary>The object it is about, when it names one.</summary>
    public string? ObjectId { get; init; }

    /// <summary>The event as JSON.</summary>
    public required string Payload { get; init; }

    /// <summary>When it came (UTC).</summary>
    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>When it was acted on or found to need nothing (UTC).</summary>
    public DateTimeOffset? ProcessedAt { get; set; }
}

/// <summary>One fact of what the sync did, for the sync page and a lead's sync history.</summary>
public sealed class SyncLogEntry
{
    /// <summary>Key and order of writing; given by the database.</summary>
    public long Id { get; init; }

    /// <summary>When (UTC).</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The lead, when it is about one.</summary>
    public Guid? LeadId { get; init; }

    /// <summary>To HubSpot or from it.</summary>
    public ChangeOrigin Towards { get; init; }

    /// <summary>What was done: a resource key's last part, such as <c>DealCreated</c>.</summary>
    public required string What { get; init; }

    /// <summary>HubSpot's id or words, when they help.</summary>
    public string? Detail { get; init; }

    /// <summary>False when it failed.</summary>
    public bool Succeeded { get; init; } = true;
}
