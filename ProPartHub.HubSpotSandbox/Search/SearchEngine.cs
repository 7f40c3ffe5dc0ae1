using System.Globalization;
using ProPartHub.HubSpotSandbox.Account;
using ProPartHub.HubSpotSandbox.Http;
using ProPartHub.HubSpotSandbox.Objects;

namespace ProPartHub.HubSpotSandbox.Search;

/// <summary>Finds records as HubSpot's search does: in an index that lags, never archived ones, never associations.</summary>
internal sealed class SearchEngine(HubSpotAccount account, FilterMatcher matcher, RecordProjector projector)
{
    public SearchPage Search(ObjectType type, SearchRequest request, int bodyLength)
    {
        var (offset, limit) = SearchRules.Check(request, bodyLength);
        var asOf = account.Now - account.Options.SearchIndexDelay;
        var groups = request
            .AllGroups()
            .Select(group => (group.Filters ?? []).Select(filter => matcher.Build(type, filter)).ToArray())
            .ToArray();

        var found = account
            .Records(type)
            .All.Select(record => new IndexedRecord(record, asOf))
            .Where(record =>
                record.IsIndexed
                && (groups.Length == 0 || groups.Any(group => group.All(test => test(record))))
                && FreeText.Matches(record, request.Query)
            )
            .ToList();
        Sort(type, found, request.Sorts is [var sort] ? sort : null);

        var results = found
            .Skip(offset)
            .Take(limit)
            .Select(hit => projector.ShowAsOf(hit.Record, request.Properties ?? [], asOf))
            .ToList();
        var reached = offset + results.Count;
        return new SearchPage(
            found.Count,
            results,
            reached < found.Count && limit > 0 ? Paging.After(reached.ToString(CultureInfo.InvariantCulture)) : null
        );
    }

    // Records stand in the order of their ids, which is that of their creation: the default. Sorting must be stable on it.
    private void Sort(ObjectType type, List<IndexedRecord> found, SearchSort? sort)
    {
        if (sort is null)
            return;

        var property =
            account.Schema.Find(type, sort.PropertyName)
            ?? throw ApiError.Validation($"Property name '{sort.PropertyName}' cannot be sorted by").Exception();
        var keyed = found.Select(record =>
            (record, key: record[property.Name] is { } value ? SearchValue.Of(property, value) : (SearchValue?)null)
        );
        var sorted = sort.Descending
            ? keyed.OrderByDescending(one => one.key, Comparer<SearchValue?>.Default)
            : keyed.OrderBy(one => one.key is null).ThenBy(one => one.key, Comparer<SearchValue?>.Default);
        var ordered = sorted.Select(one => one.record).ToList();
        found.Clear();
        found.AddRange(ordered);
    }
}

internal sealed record SearchPage(int Total, IReadOnlyList<RecordView> Results, Paging? Paging);
