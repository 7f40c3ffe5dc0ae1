using System.Text.Json.Serialization;

namespace ProPartHub.Domain.HubSpot.Api;

/// <summary>A page of records, from a list or a search.</summary>
public sealed record HubSpotObjectPage
{
    /// <summary>The records; a list gives them by ascending id.</summary>
    public IReadOnlyList<HubSpotObject> Results
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>Absent on the last page.</summary>
    public HubSpotPaging? Paging { get; init; }

    /// <summary>How many a search found in all; null for a list.</summary>
    public int? Total { get; init; }

    /// <summary>Cursor of the next page, or null at the end. Save it together with the page's records.</summary>
    [JsonIgnore]
    public string? Next => Paging?.Next?.After;
}

/// <summary>Where a longer answer goes on.</summary>
/// <param name="Next">Null at the end.</param>
public sealed record HubSpotPaging(HubSpotNextPage? Next);

/// <summary>The next page.</summary>
/// <param name="After">Its cursor.</param>
public sealed record HubSpotNextPage(string? After);

/// <summary>Any other answer that is a list of results.</summary>
internal sealed record ListAnswer<T>
{
    public IReadOnlyList<T> Results
    {
        get;
        init => field = value ?? [];
    } = [];

    public HubSpotPaging? Paging { get; init; }
}
