using ProPartHub.Domain.Outbox;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>What would become of a lead that HubSpot does not have, were writing on.</summary>
public enum PreviewOutcome
{
    /// <summary>Its deal would be made and tied to a contact that is there.</summary>
    TiedToContact = 1,

    /// <summary>Its deal and its contact would be made.</summary>
    ContactMade,

    /// <summary>Its deal would be made and tied to the contact that is made for an earlier lead of the same client.</summary>
    ContactShared,

    /// <summary>Its deal would be made alone: it has neither phone nor mail.</summary>
    WithoutContact,

    /// <summary>A deal that an earlier try made would be recognised as its own.</summary>
    DealRecognised,

    /// <summary>It would be set aside: <see cref="LeadPreview.Reason"/> says why.</summary>
    SetAside,
}

/// <summary>What would become of one field where a lead and a contact meet.</summary>
public enum PreviewFate
{
    /// <summary>HubSpot's blank would be filled with our value.</summary>
    FilledThere = 1,

    /// <summary>Our blank would be filled with HubSpot's value.</summary>
    FilledHere,

    /// <summary>Both have a value: HubSpot's would stand and ours would be kept as a conflict's loser.</summary>
    OverwrittenHere,
}

/// <summary>A field that would change on one side.</summary>
/// <param name="Field">Its name, as in <see cref="LeadSync.Agreed"/>.</param>
/// <param name="Fate">What would become of it.</param>
/// <param name="Ours">The lead's value.</param>
/// <param name="Theirs">The contact's value.</param>
public sealed record PreviewField(string Field, PreviewFate Fate, string? Ours, string? Theirs);

/// <summary>
/// What the first exchange would do with a lead that HubSpot does not have yet, worked out while writing is off. A table
/// of the sync's own: working it out writes neither to HubSpot nor to the lead.
/// </summary>
public sealed class LeadPreview
{
    /// <summary>The lead.</summary>
    public Guid LeadId { get; init; }

    /// <summary>Revision of the lead's mark for which it holds; an edit since then makes it out of date.</summary>
    public long Revision { get; set; }

    /// <summary>Parts of the exchange, but for writing, that were off.</summary>
    public SyncPart SwitchedOff { get; set; }

    /// <summary>What would become of the lead.</summary>
    public PreviewOutcome Outcome { get; set; }

    /// <summary>One of <see cref="ParkedReason"/>, where it would be set aside.</summary>
    public string? Reason { get; set; }

    /// <summary>HubSpot's contact, where there is one.</summary>
    public string? ContactId { get; set; }

    /// <summary>What the contact is called there: its name, else its mail or phone.</summary>
    public string? ContactName { get; set; }

    /// <summary>How it was found.</summary>
    public ContactFoundBy? FoundBy { get; set; }

    /// <summary>How many other contacts fitted as well.</summary>
    public int OtherContacts { get; set; }

    /// <summary>The lead whose contact it would share.</summary>
    public Guid? MakerId { get; set; }

    /// <summary>Fields that would change where lead and contact meet.</summary>
    public IReadOnlyList<PreviewField> Fields { get; set; } = [];

    /// <summary>How many of them are HubSpot's blanks.</summary>
    public int FilledThere { get; set; }

    /// <summary>How many are blanks here.</summary>
    public int FilledHere { get; set; }

    /// <summary>How many of our values would be overwritten.</summary>
    public int Overwritten { get; set; }

    /// <summary>When it was worked out (UTC).</summary>
    public DateTimeOffset WorkedOutAt { get; set; }

    /// <summary>When it is worked out again (UTC), for what nobody told: contacts are searched, not watched.</summary>
    public DateTimeOffset DueAt { get; set; }
}
