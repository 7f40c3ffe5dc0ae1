namespace ProPartHub.Domain.HubSpot.Api;

public sealed partial class HubSpotClient
{
    /// <summary>
    /// Reads up to <see cref="BatchSize"/> records. <c>hs_merged_object_ids</c> is always asked for along with the
    /// properties: it tells which record answers for an id that went under in a merge.
    /// </summary>
    /// <param name="type">Of <see cref="HubSpotObjectTypes"/>.</param>
    /// <param name="ids">Record ids, each once.</param>
    /// <param name="properties">Internal names.</param>
    /// <param name="priority">Who waits.</param>
    /// <param name="archived">Look in the recycle bin instead.</param>
    /// <param name="withHistory">Properties of which to give every value that they had.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<HubSpotBatchRead> ReadBatchAsync(
        string type,
        IReadOnlyList<string> ids,
        IReadOnlyList<string> properties,
        HubSpotPriority priority,
        bool archived = false,
        IReadOnlyList<string>? withHistory = null,
        CancellationToken cancellationToken = default
    )
    {
        RequireSize(ids, BatchSize);
        RequireUnique(ids);
        string[] names = [.. properties.Append(HubSpotObject.MergedIdsProperty).Distinct()];
        var body = new BatchReadBody([.. ids.Select(id => new IdBody(id))], names, withHistory ?? [], IdProperty: null);
        var answer = await SendAsync(
            BatchRead($"read {ids.Count} of {type}", type, body, priority, archived),
            HubSpotJson.Http.BatchAnswerHubSpotObject,
            cancellationToken
        );
        return BatchPairing.Read(ids, answer);
    }

    /// <summary>
    /// Creates up to <see cref="BatchSize"/> records. Trace ids make HubSpot create the good ones and refuse the bad ones
    /// one by one.
    /// </summary>
    /// <param name="type">Of <see cref="HubSpotObjectTypes"/>.</param>
    /// <param name="inputs">Each with a trace id of its own.</param>
    /// <param name="uniqueProperty">
    /// A property whose value tells the inputs apart, to pair by where an answer leaves the trace id out; or null.
    /// </param>
    /// <param name="priority">Who waits.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="HubSpotWriteOutcomeUnknownException">Any of them may have been created: look them up.</exception>
    /// <exception cref="HubSpotException">The whole batch was refused and nothing created.</exception>
    public async Task<HubSpotBatchWrite> CreateBatchAsync(
        string type,
        IReadOnlyList<HubSpotCreate> inputs,
        string? uniqueProperty,
        HubSpotPriority priority,
        CancellationToken cancellationToken = default
    )
    {
        RequireSize(inputs, BatchSize);
        RequireUnique(inputs.Select(input => input.TraceId));
        var bodies = inputs.Select(input =>
            ObjectBody.Of(input.Properties) with
            {
                Associations = AssociationBody.Of(input.Associations),
                ObjectWriteTraceId = input.TraceId,
            }
        );
        var call = Batch($"create {inputs.Count} of {type}", type, "create", [.. bodies], priority) with
        {
            IsRepeatable = false,
        };
        var answer = await SendAsync(call, HubSpotJson.Http.BatchAnswerHubSpotObject, cancellationToken);
        return BatchPairing.Created(inputs, uniqueProperty, answer);
    }

    /// <summary>Changes up to <see cref="BatchSize"/> records by id. Record ids serve as trace ids.</summary>
    /// <exception cref="HubSpotException">The whole batch was refused.</exception>
    public async Task<HubSpotBatchWrite> UpdateBatchAsync(
        string type,
        IReadOnlyList<HubSpotUpdate> inputs,
        HubSpotPriority priority,
        CancellationToken cancellationToken = default
    )
    {
        RequireSize(inputs, BatchSize);
        RequireUnique(inputs.Select(input => input.Id));
        var bodies = inputs.Select(input =>
            ObjectBody.Of(input.Properties) with
            {
                Id = input.Id,
                ObjectWriteTraceId = input.Id,
            }
        );
        var answer = await SendAsync(
            Batch($"update {inputs.Count} of {type}", type, "update", [.. bodies], priority),
            HubSpotJson.Http.BatchAnswerHubSpotObject,
            cancellationToken
        );
        return BatchPairing.Updated(inputs, answer);
    }

    private HubSpotCall Batch(
        string operation,
        string type,
        string verb,
        IReadOnlyList<ObjectBody> inputs,
        HubSpotPriority priority
    ) =>
        new(operation, HttpMethod.Post, $"{_paths.Objects(type)}/batch/{verb}", priority)
        {
            Body = Write(new BatchBody<ObjectBody>(inputs), HubSpotJson.Http.BatchBodyObjectBody),
        };

    private HubSpotCall BatchRead(
        string operation,
        string type,
        BatchReadBody body,
        HubSpotPriority priority,
        bool archived
    ) =>
        new(
            operation,
            HttpMethod.Post,
            WithQuery($"{_paths.Objects(type)}/batch/read", ("archived", Text(archived))),
            priority
        )
        {
            Body = Write(body, HubSpotJson.Http.BatchReadBody),
        };
}
