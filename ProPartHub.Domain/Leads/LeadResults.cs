namespace ProPartHub.Domain.Leads;

/// <summary>A lead that was just registered.</summary>
public sealed record LeadCreated(Guid Id, long Number);

/// <summary>What became of an edit.</summary>
/// <param name="Saved">True when it was stored; false when <paramref name="Conflicts"/> must be settled first.</param>
/// <param name="Changed">Fields that changed.</param>
/// <param name="Conflicts">Fields that somebody else changed to something else while the form was open.</param>
public sealed record LeadEditResult(
    bool Saved,
    IReadOnlyList<LeadField> Changed,
    IReadOnlyList<LeadEditConflict> Conflicts
);

/// <summary>One field that two people changed differently.</summary>
/// <param name="Field">The field.</param>
/// <param name="Opened">Value when the form was opened.</param>
/// <param name="Typed">Value that the person typed.</param>
/// <param name="Current">Value that somebody else stored meanwhile.</param>
/// <param name="ChangedBy">Who stored it, when known.</param>
/// <param name="ChangedAt">When it was stored (UTC), when known.</param>
public sealed record LeadEditConflict(
    LeadField Field,
    string? Opened,
    string? Typed,
    string? Current,
    string? ChangedBy,
    DateTimeOffset? ChangedAt
);
