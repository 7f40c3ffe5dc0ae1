namespace ProPartHub.HubSpotSandbox.Search;

/// <summary>The body of a search.</summary>
internal sealed record SearchRequest
{
    public IReadOnlyList<SearchFilterGroup>? FilterGroups { get; init; }

    /// <summary>Filters without a group, which HubSpot takes as well.</summary>
    public IReadOnlyList<SearchFilter>? Filters { get; init; }

    public IReadOnlyList<SearchSort>? Sorts { get; init; }
    public string? Query { get; init; }
    public IReadOnlyList<string>? Properties { get; init; }
    public int? Limit { get; init; }
    public string? After { get; init; }

    /// <summary>Groups are alternatives; the filters of a group must all hold.</summary>
    public IReadOnlyList<SearchFilterGroup> AllGroups() =>
        Filters is { Count: > 0 } ? [.. FilterGroups ?? [], new SearchFilterGroup(Filters)] : FilterGroups ?? [];
}

internal sealed record SearchFilterGroup(IReadOnlyList<SearchFilter>? Filters);

internal sealed record SearchFilter
{
    public string PropertyName { get; init; } = "";
    public string Operator { get; init; } = "";
    public string? Value { get; init; }
    public string? HighValue { get; init; }
    public IReadOnlyList<string>? Values { get; init; }
}
