namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>
/// What is known of a lead's deal and contact in HubSpot. A table of its own, so that syncing never disturbs a
/// person's edit of the lead.
/// </summary>
public sealed class LeadSync
{
    /// <summary>The lead.</summary>
    public Guid LeadId { get; init; }

    /// <summary>HubSpot's contact; two leads may share one.</summary>
    public string? ContactId { get; set; }

    /// <summary>HubSpot's deal; belongs to one lead.</summary>
    public string? DealId { get; set; }

    /// <summary>Contact properties last agreed by both sides, normalised: the base of the three-way merge.</summary>
    public Dictionary<string, string?> ContactSnapshot { get; set; } = [];

    /// <summary>Deal properties last agreed by both sides, normalised.</summary>
    public Dictionary<string, string?> DealSnapshot { get; set; } = [];

    /// <summary>
    /// The lead's own values, by field name, at the last agreement. They are kept beside the snapshots because one does
    /// not follow from the other: a range here is one amount there, an agent here is an owner there.
    /// </summary>
    public Dictionary<string, string?> Agreed { get; set; } = [];

    /// <summary>
    /// When a create was sent whose answer has not been stored (UTC): before another one, HubSpot is asked whether the
    /// first was carried out.
    /// </summary>
    public DateTimeOffset? CreatingSince { get; set; }

    /// <summary>Last time HubSpot took our values (UTC).</summary>
    public DateTimeOffset? PushedAt { get; set; }

    /// <summary>Last time we took HubSpot's values (UTC).</summary>
    public DateTimeOffset? PulledAt { get; set; }

    /// <summary>When the deal was found deleted in HubSpot (UTC).</summary>
    public DateTimeOffset? DeletedAt { get; set; }
}

/// <summary>What is known of a comment's note in HubSpot.</summary>
public sealed class NoteSync
{
    /// <summary>The comment.</summary>
    public Guid CommentId { get; init; }

    /// <summary>HubSpot's note; null while it has not been made.</summary>
    public string? NoteId { get; set; }

    /// <summary>
    /// What stands in front of the comment's text in the note ("Name: "), as a note has no author of ours; null for a note
    /// that names nobody.
    /// </summary>
    public string? Signature { get; set; }

    /// <summary>Text last agreed by both sides, without the signature.</summary>
    public string? BodySnapshot { get; set; }

    /// <summary>
    /// When the note's removal was sent (UTC), stored before the call: from then on the note may be gone because this side
    /// wanted so. Null while nothing was sent.
    /// </summary>
    public DateTimeOffset? RemovalSentAt { get; set; }

    /// <summary>Last exchange in either direction (UTC).</summary>
    public DateTimeOffset SyncedAt { get; set; }
}

/// <summary>A field that both sides changed: the winner stands in the lead, the loser is kept here.</summary>
public sealed class SyncConflict
{
    /// <summary>Key, made by the application (UUIDv7).</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The lead.</summary>
    public Guid LeadId { get; init; }

    /// <summary>Name of the <see cref="Leads.LeadField"/>, or <c>Budget</c> for both ends of it (<c>200000..500000</c>).</summary>
    public required string Field { get; init; }

    /// <summary>Value last agreed.</summary>
    public string? Base { get; init; }

    /// <summary>The portal's value.</summary>
    public string? Ours { get; init; }

    /// <summary>HubSpot's value.</summary>
    public string? Theirs { get; init; }

    /// <summary>True when HubSpot's value won.</summary>
    public bool TheirsWon { get; init; }

    /// <summary>When it was found (UTC).</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>When a person restored the loser or let the winner stand (UTC).</summary>
    public DateTimeOffset? SettledAt { get; set; }
}
