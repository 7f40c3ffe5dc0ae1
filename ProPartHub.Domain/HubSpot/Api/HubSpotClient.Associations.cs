namespace ProPartHub.Domain.HubSpot.Api;

public sealed partial class HubSpotClient
{
    /// <summary>
    /// All associations of up to <see cref="AssociationsReadSize"/> records with records of another type. Long lists take
    /// more than one call.
    /// </summary>
    /// <returns>By the id asked for; one without any has an empty list.</returns>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<HubSpotAssociation>>> ReadAssociationsAsync(
        string fromType,
        string toType,
        IReadOnlyList<string> ids,
        HubSpotPriority priority,
        CancellationToken cancellationToken = default
    )
    {
        RequireSize(ids, AssociationsReadSize);
        RequireUnique(ids);
        var found = ids.ToDictionary(id => id, _ => new List<HubSpotAssociation>());
        List<AssociationsOfBody> inputs = [.. ids.Select(id => new AssociationsOfBody(id, After: null))];
        while (inputs.Count > 0)
        {
            var call = Associations(
                $"read associations of {inputs.Count} of {fromType} with {toType}",
                $"{_paths.Associations(fromType, toType)}/batch/read",
                Write(new BatchBody<AssociationsOfBody>(inputs), HubSpotJson.Http.BatchBodyAssociationsOfBody),
                priority
            );
            var answer = await SendAsync(call, HubSpotJson.Http.BatchAnswerAssociationsAnswer, cancellationToken);
            RequireOnlyMissing(answer.Errors);
            inputs.Clear();
            foreach (var entry in answer.Results)
            {
                if (entry.From is null || !found.TryGetValue(entry.From.Id, out var associations))
                {
                    continue;
                }

                associations.AddRange(
                    (entry.To ?? []).Select(to => new HubSpotAssociation(to.ToObjectId, to.AssociationTypes ?? []))
                );
                if (entry.Paging?.Next?.After is { } after)
                {
                    inputs.Add(new(entry.From.Id, after));
                }
            }
        }

        return found.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<HubSpotAssociation>)pair.Value);
    }

    /// <summary>
    /// Ties up to <see cref="AssociateSize"/> pairs by the plain association. Tying again changes nothing, so this may be
    /// repeated at will.
    /// </summary>
    public async Task<HubSpotAssociateResult> AssociateAsync(
        string fromType,
        string toType,
        IReadOnlyList<HubSpotAssociationPair> pairs,
        HubSpotPriority priority,
        CancellationToken cancellationToken = default
    )
    {
        RequireSize(pairs, AssociateSize);
        var inputs = pairs.Select(pair => new AssociationPairBody(new(pair.FromId), new(pair.ToId)));
        var call = Associations(
            $"associate {pairs.Count} of {fromType} with {toType}",
            $"{_paths.Associations(fromType, toType)}/batch/associate/default",
            Write(new BatchBody<AssociationPairBody>([.. inputs]), HubSpotJson.Http.BatchBodyAssociationPairBody),
            priority
        );
        var answer = await SendAsync(call, HubSpotJson.Http.BatchAnswerAssociationPairAnswer, cancellationToken);
        return new([.. answer.Errors.Select(HubSpotErrorReader.ReadBatchError)]);
    }

    private static HubSpotCall Associations(string operation, string path, byte[] body, HubSpotPriority priority) =>
        new(operation, HttpMethod.Post, path, priority) { Bucket = HubSpotBucket.Associations, Body = body };

    // A record without associations may come as an error "not found"; anything else must not read as "no associations".
    private static void RequireOnlyMissing(IReadOnlyList<HubSpotErrorBody> errors)
    {
        foreach (var error in errors.Where(error => error.Category != "OBJECT_NOT_FOUND"))
        {
            throw HubSpotErrorReader.ReadBatchError(error);
        }
    }
}
