using System.Globalization;
using ProPartHub.HubSpotSandbox.Http;

namespace ProPartHub.HubSpotSandbox.Search;

/// <summary>The size limits of a search.</summary>
internal static class SearchRules
{
    private const int LongestBody = 3_000;
    private const int MostGroups = 5;
    private const int MostFiltersOfGroup = 6;
    private const int MostFilters = 18;
    private const int LargestPage = 200;
    private const int MostResults = 10_000;

    public static (int Offset, int Limit) Check(SearchRequest request, int bodyLength)
    {
        var groups = request.AllGroups();
        var counts = groups.Select(group => group.Filters?.Count ?? 0).ToList();
        if (bodyLength > LongestBody)
            throw ApiError.Validation($"The request body must be at most {LongestBody} characters").Exception();
        if (groups.Count > MostGroups)
            throw ApiError.Validation($"At most {MostGroups} filterGroups are supported").Exception();
        if (counts.Any(count => count > MostFiltersOfGroup) || counts.Sum() > MostFilters)
            throw ApiError
                .Validation($"At most {MostFiltersOfGroup} filters a group and {MostFilters} in all are supported")
                .Exception();
        if (request.Sorts is { Count: > 1 })
            throw ApiError.Validation("Only one sort is supported").Exception();

        var limit = request.Limit ?? 10;
        if (limit is < 0 or > LargestPage)
            throw ApiError.Validation($"limit must be at most {LargestPage}, it was {limit}").Exception();

        var offset = 0;
        if (
            request.After is { } after
            && !int.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out offset)
        )
            throw ApiError.Validation($"Invalid paging cursor '{after}'").Exception();
        if (offset + limit > MostResults)
            throw ApiError.Validation($"A search cannot go beyond {MostResults} results").Exception();

        return (offset, limit);
    }
}
