namespace ProPartHub.Domain.HubSpot.Api;

public sealed partial class HubSpotClient
{
    /// <summary>
    /// The records with these values of a unique property, up to <see cref="BatchSize"/>. Like <see cref="FindByAsync"/> it
    /// sees what was written a moment ago.
    /// </summary>
    /// <returns>By the value asked for, whatever its case; values without a record are left out.</returns>
    public async Task<IReadOnlyDictionary<string, HubSpotObject>> FindManyByAsync(
        string type,
        string uniqueProperty,
        IReadOnlyList<string> values,
        IReadOnlyList<string> properties,
        HubSpotPriority priority,
        CancellationToken cancellationToken = default
    )
    {
        RequireSize(values, BatchSize);
        RequireUnique(values);
        string[] names = [.. properties.Append(uniqueProperty).Distinct()];
        var body = new BatchReadBody([.. values.Select(value => new IdBody(value))], names, [], uniqueProperty);
        var answer = await SendAsync(
            BatchRead($"find {values.Count} of {type} by {uniqueProperty}", type, body, priority, archived: false),
            HubSpotJson.Http.BatchAnswerHubSpotObject,
            cancellationToken
        );
        RequireOnlyMissing(answer.Errors);
        return answer
            .Results.Where(record => record[uniqueProperty] is not null)
            .DistinctBy(record => record[uniqueProperty], StringComparer.OrdinalIgnoreCase)
            .ToDictionary(record => record[uniqueProperty]!, StringComparer.OrdinalIgnoreCase);
    }
}
