using ProPartHub.HubSpotSandbox.Objects;

namespace ProPartHub.HubSpotSandbox.Search;

/// <summary>A record as the search index knows it: as it was the index delay ago.</summary>
internal readonly record struct IndexedRecord(CrmRecord Record, DateTimeOffset AsOf)
{
    public string? this[string property] =>
        Record.UpdatedAt <= AsOf ? Record[property] : Record.ValueAt(property, AsOf);

    public bool IsIndexed => !Record.Archived && Record.CreatedAt <= AsOf;
}
