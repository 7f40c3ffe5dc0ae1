namespace ProPartHub.Domain.HubSpot.Api;

public sealed partial class HubSpotClient
{
    /// <summary>A page of a search. See <see cref="HubSpotSearch"/> for what a search cannot see.</summary>
    public Task<HubSpotObjectPage> SearchAsync(
        string type,
        HubSpotSearch search,
        HubSpotPriority priority,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(search.Limit, SearchPageSize);
        var call = new HubSpotCall($"search {type}", HttpMethod.Post, $"{_paths.Objects(type)}/search", priority)
        {
            Bucket = HubSpotBucket.Search,
            Body = Write(search, HubSpotJson.Http.HubSpotSearch),
        };
        return SendAsync(call, HubSpotJson.Http.HubSpotObjectPage, cancellationToken);
    }

    /// <summary>
    /// Ids of records that changed between two moments, both included, by ascending id. Walking by id inside a closed
    /// window neither loops nor loses records where thousands share one modified time, and meets no 10,000 limit.
    /// </summary>
    /// <param name="type">Of <see cref="HubSpotObjectTypes"/>.</param>
    /// <param name="from">Start of the window; let windows overlap by minutes, since the search index lags.</param>
    /// <param name="to">End of the window; keep it the same for all parts.</param>
    /// <param name="afterId"><see cref="HubSpotChangePage.AfterId"/> of the part before, or null for the first.</param>
    /// <param name="priority">Who waits.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<HubSpotChangePage> SearchChangedAsync(
        string type,
        DateTimeOffset from,
        DateTimeOffset to,
        string? afterId,
        HubSpotPriority priority,
        CancellationToken cancellationToken = default
    )
    {
        const string idProperty = "hs_object_id";
        var modified = HubSpotObjectTypes.ModifiedProperty(type);
        List<HubSpotFilter> filters =
        [
            new(modified, "GTE", HubSpotTime.ToMilliseconds(from)),
            new(modified, "LTE", HubSpotTime.ToMilliseconds(to)),
        ];
        if (afterId is not null)
        {
            filters.Add(new(idProperty, "GT", afterId));
        }

        var search = new HubSpotSearch
        {
            FilterGroups = [new([.. filters])],
            Sorts = [new(idProperty)],
            Properties = [modified],
        };
        var page = await SearchAsync(type, search, priority, cancellationToken);
        return new(
            [
                .. page.Results.Select(found => new HubSpotChange(
                    found.Id,
                    HubSpotTime.Parse(found[modified]) ?? found.UpdatedAt
                )),
            ],
            page.Next is null ? null : page.Results[^1].Id
        );
    }
}
