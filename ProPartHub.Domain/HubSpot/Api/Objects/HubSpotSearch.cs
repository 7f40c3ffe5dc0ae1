namespace ProPartHub.Domain.HubSpot.Api;

/// <summary>
/// A search. Archived records never appear, and a record is found only some time after it was written: seconds as a
/// rule, minutes at worst. At most 10,000 results can be paged through.
/// </summary>
public sealed record HubSpotSearch
{
    /// <summary>Any of the groups must hold; stay at three.</summary>
    public IReadOnlyList<HubSpotFilterGroup> FilterGroups { get; init; } = [];

    /// <summary>HubSpot takes one.</summary>
    public IReadOnlyList<HubSpotSort> Sorts { get; init; } = [];

    /// <summary>Values to return. Keep it short (the body may have 3,000 characters) and batch-read the rest.</summary>
    public IReadOnlyList<string> Properties { get; init; } = [];

    /// <summary>Page size, 200 at most.</summary>
    public int Limit { get; init; } = HubSpotClient.SearchPageSize;

    /// <summary>Cursor of the page, or null for the first.</summary>
    public string? After { get; init; }
}

/// <summary>Filters that must all hold; three at most.</summary>
public sealed record HubSpotFilterGroup(params IReadOnlyList<HubSpotFilter> Filters);

/// <summary>A condition on one property.</summary>
/// <param name="PropertyName">Internal name.</param>
/// <param name="Operator">Such as <c>EQ</c>, <c>GTE</c>, <c>IN</c>, <c>CONTAINS_TOKEN</c>.</param>
/// <param name="Value">One value; times as epoch milliseconds.</param>
/// <param name="Values">Several values, for <c>IN</c>; in lower case for texts.</param>
public sealed record HubSpotFilter(
    string PropertyName,
    string Operator,
    string? Value,
    IReadOnlyList<string>? Values = null
);

/// <summary>The order of a search.</summary>
/// <param name="PropertyName">Internal name.</param>
/// <param name="Direction"><c>ASCENDING</c> or <c>DESCENDING</c>.</param>
public sealed record HubSpotSort(string PropertyName, string Direction = "ASCENDING");

/// <summary>A record that changed inside a window.</summary>
/// <param name="Id">Its id.</param>
/// <param name="ModifiedAt">When it last changed (UTC), as the search index knows it.</param>
public sealed record HubSpotChange(string Id, DateTimeOffset? ModifiedAt);

/// <summary>Some of the records that changed inside a window.</summary>
/// <param name="Changes">By ascending id.</param>
/// <param name="AfterId">What to pass for the next part, or null if this was the last.</param>
public sealed record HubSpotChangePage(IReadOnlyList<HubSpotChange> Changes, string? AfterId);
