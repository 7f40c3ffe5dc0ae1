namespace ProPartHub.Domain.HubSpot.Api;

public sealed partial class HubSpotClient
{
    /// <summary>
    /// A page of all records of a type, by ascending id: a stable walk for a first import. Where the names of the
    /// properties would not fit an address, values come by a batch read of the page (one call more).
    /// </summary>
    /// <param name="type">Of <see cref="HubSpotObjectTypes"/>.</param>
    /// <param name="properties">Internal names; without any HubSpot gives a few of its choice.</param>
    /// <param name="after"><see cref="HubSpotObjectPage.Next"/> of the page before, or null for the first.</param>
    /// <param name="priority">Who waits.</param>
    /// <param name="archived">The recycle bin instead of the live records.</param>
    /// <param name="associations">Types whose first associated ids to give along.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<HubSpotObjectPage> ListAsync(
        string type,
        IReadOnlyList<string> properties,
        string? after,
        HubSpotPriority priority,
        bool archived = false,
        IReadOnlyList<string>? associations = null,
        CancellationToken cancellationToken = default
    )
    {
        string Path(IReadOnlyList<string> names) =>
            WithQuery(
                _paths.Objects(type),
                ("limit", Text(BatchSize)),
                ("after", after),
                ("properties", string.Join(',', names)),
                ("associations", string.Join(',', associations ?? [])),
                ("archived", Text(archived))
            );

        var fits = Path(properties).Length <= LongestPath;
        var call = new HubSpotCall($"list {type}", HttpMethod.Get, Path(fits ? properties : []), priority);
        var page = await SendAsync(call, HubSpotJson.Http.HubSpotObjectPage, cancellationToken);
        if (fits || page.Results.Count == 0)
        {
            return page;
        }

        var ids = page.Results.Select(record => record.Id).ToList();
        var values = await ReadBatchAsync(
            type,
            ids,
            properties,
            priority,
            archived,
            cancellationToken: cancellationToken
        );
        return page with
        {
            // What vanished between the two calls is left out: it is no longer there to be listed.
            Results =
            [
                .. page
                    .Results.Where(record => values.Found.ContainsKey(record.Id))
                    .Select(record => values.Found[record.Id] with { Associations = record.Associations }),
            ],
        };
    }

    /// <summary>
    /// The record with this id, or null if there is none. After a merge the survivor comes back, under another id.
    /// </summary>
    /// <param name="type">Of <see cref="HubSpotObjectTypes"/>.</param>
    /// <param name="id">The record's id.</param>
    /// <param name="properties">Internal names.</param>
    /// <param name="priority">Who waits.</param>
    /// <param name="archived">Look in the recycle bin instead.</param>
    /// <param name="associations">Types whose first associated ids to give along.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<HubSpotObject?> FindAsync(
        string type,
        string id,
        IReadOnlyList<string> properties,
        HubSpotPriority priority,
        bool archived = false,
        IReadOnlyList<string>? associations = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        var path = WithQuery(
            _paths.Object(type, id),
            ("properties", string.Join(',', properties)),
            ("associations", string.Join(',', associations ?? [])),
            ("archived", Text(archived))
        );
        if (path.Length > LongestPath)
        {
            throw new ArgumentException("Too many properties for one address: read them by batch.", nameof(properties));
        }

        try
        {
            var call = new HubSpotCall($"read one of {type}", HttpMethod.Get, path, priority);
            return await SendAsync(call, HubSpotJson.Http.HubSpotObject, cancellationToken);
        }
        catch (HubSpotNotFoundException missing) when (missing.Fault.Category == "OBJECT_NOT_FOUND")
        {
            // Any other 404 is a wrong address: "no such record" would then make the caller create a second one.
            return null;
        }
    }

    /// <summary>
    /// The record with this value of a unique property, or null. Unlike a search it sees what was written a moment ago.
    /// Read by batch, so that the value (an e-mail, say) stands in the body and not in the address.
    /// </summary>
    /// <param name="type">Of <see cref="HubSpotObjectTypes"/>.</param>
    /// <param name="uniqueProperty"><c>email</c>, or a property made with <c>hasUniqueValue</c>.</param>
    /// <param name="value">Its value.</param>
    /// <param name="properties">Internal names.</param>
    /// <param name="priority">Who waits.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<HubSpotObject?> FindByAsync(
        string type,
        string uniqueProperty,
        string value,
        IReadOnlyList<string> properties,
        HubSpotPriority priority,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        var body = new BatchReadBody([new(value)], properties, [], uniqueProperty);
        var answer = await SendAsync(
            BatchRead($"find one of {type} by {uniqueProperty}", type, body, priority, archived: false),
            HubSpotJson.Http.BatchAnswerHubSpotObject,
            cancellationToken
        );
        if (answer.Results is [var found, ..])
        {
            return found;
        }

        // Nothing found is only believed when nothing else went wrong.
        return
            answer
                .Errors.Select(HubSpotErrorReader.ReadBatchError)
                .FirstOrDefault(e => e is not HubSpotNotFoundException)
                is { } failure
            ? throw failure
            : null;
    }

    /// <summary>Creates a record, tied to existing ones in the same step.</summary>
    /// <returns>The record as HubSpot now has it.</returns>
    /// <exception cref="HubSpotConflictException">A contact with this e-mail exists.</exception>
    /// <exception cref="HubSpotWriteOutcomeUnknownException">It may have been created: look it up first.</exception>
    public Task<HubSpotObject> CreateAsync(
        string type,
        IReadOnlyDictionary<string, string?> properties,
        IReadOnlyList<HubSpotAssociationTarget>? associations,
        HubSpotPriority priority,
        CancellationToken cancellationToken = default
    )
    {
        var body = ObjectBody.Of(properties) with { Associations = AssociationBody.Of(associations) };
        var call = new HubSpotCall($"create one of {type}", HttpMethod.Post, _paths.Objects(type), priority)
        {
            Body = Write(body, HubSpotJson.Http.ObjectBody),
            IsRepeatable = false,
        };
        return SendAsync(call, HubSpotJson.Http.HubSpotObject, cancellationToken);
    }

    /// <summary>Changes the given values of a record; null or empty clears. One bad value refuses the whole.</summary>
    /// <returns>The record as HubSpot now has it.</returns>
    /// <exception cref="HubSpotNotFoundException">It is not there (any more): deleted or merged?</exception>
    public Task<HubSpotObject> UpdateAsync(
        string type,
        string id,
        IReadOnlyDictionary<string, string?> properties,
        HubSpotPriority priority,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        var call = new HubSpotCall($"update one of {type}", HttpMethod.Patch, _paths.Object(type, id), priority)
        {
            Body = Write(ObjectBody.Of(properties), HubSpotJson.Http.ObjectBody),
        };
        return SendAsync(call, HubSpotJson.Http.HubSpotObject, cancellationToken);
    }

    /// <summary>Puts a record into HubSpot's recycle bin, from which it can be restored for 90 days. Again is no error.</summary>
    public async Task ArchiveAsync(
        string type,
        string id,
        HubSpotPriority priority,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        try
        {
            var call = new HubSpotCall($"archive one of {type}", HttpMethod.Delete, _paths.Object(type, id), priority);
            await SendAsync(call, cancellationToken);
        }
        catch (HubSpotNotFoundException missing) when (missing.Fault.Category == "OBJECT_NOT_FOUND")
        {
            // It is where it should be.
        }
    }
}
