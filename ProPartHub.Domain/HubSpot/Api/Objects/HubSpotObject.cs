using System.Collections.Frozen;
using System.Text.Json.Serialization;

namespace ProPartHub.Domain.HubSpot.Api;

/// <summary>A record of any type, its values as HubSpot's text.</summary>
public sealed record HubSpotObject
{
    /// <summary>Decimal id, unique inside the type only. After a merge it may differ from the id asked for.</summary>
    public string Id { get; init; } = "";

    /// <summary>Values by internal name. A requested empty one is null, a requested unknown one is absent.</summary>
    public IReadOnlyDictionary<string, string?> Properties
    {
        get;
        init => field = value ?? FrozenDictionary<string, string?>.Empty;
    } = FrozenDictionary<string, string?>.Empty;

    /// <summary>Every value that properties had, newest first, by internal name; only of those asked for with history.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<HubSpotVersion>> PropertiesWithHistory
    {
        get;
        init => field = value ?? FrozenDictionary<string, IReadOnlyList<HubSpotVersion>>.Empty;
    } = FrozenDictionary<string, IReadOnlyList<HubSpotVersion>>.Empty;

    /// <summary>When it was made (UTC).</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it last changed (UTC): also by our own writes and by HubSpot's internal properties.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>In HubSpot's recycle bin.</summary>
    public bool Archived { get; init; }

    /// <summary>First associated ids by type, where asked for; see <see cref="AssociatedIds"/>.</summary>
    public IReadOnlyDictionary<string, HubSpotAssociatedPage> Associations
    {
        get;
        init => field = value ?? FrozenDictionary<string, HubSpotAssociatedPage>.Empty;
    } = FrozenDictionary<string, HubSpotAssociatedPage>.Empty;

    /// <summary>The mark given to a batch create, where HubSpot returns it.</summary>
    [JsonInclude]
    internal string? ObjectWriteTraceId { get; init; }

    /// <summary>The value, or null if it is empty, unknown or was not asked for.</summary>
    public string? this[string property] => Properties.GetValueOrDefault(property);

    /// <summary>Ids of associated records of this type as far as the answer lists them, each once.</summary>
    public IReadOnlyList<string> AssociatedIds(string type) =>
        Associations.TryGetValue(type, out var page) ? [.. page.Results.Select(entry => entry.Id).Distinct()] : [];

    /// <summary>Ids of records that were merged into this one, where <c>hs_merged_object_ids</c> was read.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> MergedIds =>
        this[MergedIdsProperty]?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        ?? [];

    internal const string MergedIdsProperty = "hs_merged_object_ids";
}

/// <summary>A value that a property had.</summary>
/// <param name="Value">HubSpot's text.</param>
/// <param name="Timestamp">Since when (UTC).</param>
public sealed record HubSpotVersion(string? Value, DateTimeOffset? Timestamp);

/// <summary>The associations a record's own answer lists; there may be more than that.</summary>
public sealed record HubSpotAssociatedPage
{
    /// <summary>One entry for each association; two labels make two entries of one id.</summary>
    public IReadOnlyList<HubSpotAssociatedId> Results
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>Present if there are more: read them by the associations call.</summary>
    public HubSpotPaging? Paging { get; init; }
}

/// <summary>An associated record.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Type">Such as <c>deal_to_contact</c>.</param>
public sealed record HubSpotAssociatedId(string Id, string? Type);
