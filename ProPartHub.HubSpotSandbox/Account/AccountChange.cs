using ProPartHub.HubSpotSandbox.Objects;

namespace ProPartHub.HubSpotSandbox.Account;

/// <summary>Something that happened to the account and that webhooks may tell of.</summary>
public abstract record AccountChange(DateTimeOffset At, ChangeSource Source);

public sealed record RecordCreated(CrmRecord Record, DateTimeOffset At, ChangeSource Source)
    : AccountChange(At, Source);

public sealed record PropertyChanged(
    CrmRecord Record,
    string Property,
    string Value,
    DateTimeOffset At,
    ChangeSource Source
) : AccountChange(At, Source);

public sealed record RecordDeleted(CrmRecord Record, DateTimeOffset At, ChangeSource Source)
    : AccountChange(At, Source);

public sealed record RecordRestored(CrmRecord Record, DateTimeOffset At, ChangeSource Source)
    : AccountChange(At, Source);

/// <summary>A record erased for good on a person's request.</summary>
public sealed record RecordErased(CrmRecord Record, DateTimeOffset At, ChangeSource Source) : AccountChange(At, Source);

public sealed record RecordsMerged(
    CrmRecord Survivor,
    long PrimaryId,
    long MergedId,
    int PropertiesMoved,
    DateTimeOffset At,
    ChangeSource Source
) : AccountChange(At, Source);

/// <summary>Something the account keeps but no webhook tells of, such as a new property or a moved time.</summary>
public sealed record AccountTouched(DateTimeOffset At, ChangeSource Source) : AccountChange(At, Source);

/// <summary>One direction of a link; a link makes two of these.</summary>
public sealed record AssociationChanged(
    CrmRecord From,
    CrmRecord To,
    bool Removed,
    bool Primary,
    DateTimeOffset At,
    ChangeSource Source
) : AccountChange(At, Source);
