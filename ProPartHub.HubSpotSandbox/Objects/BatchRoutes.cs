using ProPartHub.HubSpotSandbox.Account;
using ProPartHub.HubSpotSandbox.Http;
using ProPartHub.HubSpotSandbox.Schema;

namespace ProPartHub.HubSpotSandbox.Objects;

/// <summary>Up to a hundred records at a time.</summary>
internal sealed class BatchRoutes(
    HubSpotAccount account,
    RecordFinder finder,
    WriteRules rules,
    RecordWriter writer,
    BatchWriter batches,
    RecordProjector projector
)
{
    public void Map(ApiRoutes routes, ApiVersion version)
    {
        var (read, write) = (Scopes.ReadObjects(), Scopes.WriteObjects());
        var batch = $"{version.Objects}/{{type}}/batch";
        routes.Post($"{batch}/read", read, call => Read(call, version));
        routes.Post($"{batch}/create", write, call => Create(call, version));
        routes.Post($"{batch}/update", write, call => Update(call, version));
        routes.Post($"{batch}/upsert", write, call => Upsert(call, version));
        routes.Post($"{batch}/archive", write, Archive);
    }

    private ApiAnswer Read(ApiCall call, ApiVersion version)
    {
        var type = TypeOf(call);
        var input = call.Body<ReadInput>();
        var projection = new Projection
        {
            Properties = input.Properties ?? [],
            WithHistory = input.PropertiesWithHistory ?? [],
        };

        var found = new List<CrmRecord>();
        var missing = new List<string>();
        foreach (var id in new BatchInput<IdInput>(input.Inputs).Inputs().Select(one => one.Id ?? ""))
        {
            if (finder.Find(type, id, input.IdProperty, call.Flag("archived")) is { } record)
                found.Add(record);
            else
                missing.Add(id);
        }

        var results = found.Distinct().Select(record => projector.Show(record, projection)).ToList();
        return account.Answer(version, StatusCodes.Status200OK, results, NotFound(type, missing));
    }

    private static IReadOnlyList<ApiError> NotFound(ObjectType type, List<string> ids) =>
        ids.Count == 0
            ? []
            :
            [
                ApiError
                    .NotFound($"Could not get some {type.Singular.ToUpperInvariant()} objects, they may be deleted.")
                    .About("ids", ids),
            ];

    private ApiAnswer Create(ApiCall call, ApiVersion version)
    {
        var type = TypeOf(call);
        var inputs = call.Body<BatchInput<WriteInput>>().Inputs();
        RefuseSharedValues(type, inputs);
        return batches.Write(version, StatusCodes.Status201Created, inputs, input => rules.Create(type, input));
    }

    // Each input alone may be in order; carried out one after the other they would share what must be unique.
    private void RefuseSharedValues(ObjectType type, IReadOnlyList<WriteInput> inputs)
    {
        foreach (var property in account.Schema.UniqueProperties(type))
            BatchWriter.RefuseRepeated($"values of {property}", inputs.Select(input => ValueOf(input, property)));
    }

    private ApiAnswer Update(ApiCall call, ApiVersion version)
    {
        var type = TypeOf(call);
        var inputs = call.Body<BatchInput<WriteInput>>().Inputs();
        BatchWriter.RefuseRepeated("IDs", inputs.Select(input => input.Id));
        RefuseSharedValues(type, inputs);
        if (type == ObjectType.Contacts && inputs.Any(input => input.IdProperty is not null and not "hs_object_id"))
            throw ApiError.Validation("Contacts can be batch updated by record id only").Exception();

        return batches.Write(
            version,
            StatusCodes.Status200OK,
            inputs,
            input => rules.Update(finder.Get(type, input.Id ?? "", input.IdProperty), input)
        );
    }

    private ApiAnswer Upsert(ApiCall call, ApiVersion version)
    {
        var type = TypeOf(call);
        var inputs = call.Body<BatchInput<WriteInput>>().Inputs();
        BatchWriter.RefuseRepeated("IDs", inputs.Select(input => input.Id));
        RefuseSharedValues(type, inputs);
        return batches.Write(version, StatusCodes.Status200OK, inputs, input => Upsert(type, input), tellsNew: true);
    }

    private PreparedWrite Upsert(ObjectType type, WriteInput input)
    {
        if (input is not { Id: { } id, IdProperty: { } idProperty })
            throw ApiError.Validation("An upsert needs id and idProperty on every input").Exception();

        var properties = new Dictionary<string, string?>(input.Properties ?? [], StringComparer.Ordinal);
        if (finder.Find(type, id, idProperty) is not { } record)
        {
            properties[idProperty] = id;
            return rules.Create(type, input with { Properties = properties });
        }

        if (idProperty == UniqueValues.Email)
            ClearWhatIsLeftOut(record, properties);
        return rules.Update(record, input with { Properties = properties });
    }

    // An upsert by e-mail is not a partial update: what is left out is emptied.
    private void ClearWhatIsLeftOut(CrmRecord record, Dictionary<string, string?> properties)
    {
        var writable = record.PropertyNames.Where(name =>
            account.Schema.Find(record.Type, name) is PropertyDefinition { ModificationMetadata.ReadOnlyValue: false }
        );
        foreach (var name in writable.Where(name => name != UniqueValues.Email))
            properties.TryAdd(name, "");
    }

    private ApiAnswer Archive(ApiCall call)
    {
        var records = account.Records(TypeOf(call));
        foreach (var input in call.Body<BatchInput<IdInput>>().Inputs())
        {
            if (records.Find(input.Id ?? "") is { Archived: false } record)
                writer.Archive(record, account.Now, ChangeSource.Integration(account.Options.AppId));
        }

        return ApiAnswer.NoContent;
    }

    private static string? ValueOf(WriteInput input, string property) =>
        input.Properties?.GetValueOrDefault(property) is { Length: > 0 } value ? value : null;

    private static ObjectType TypeOf(ApiCall call) => ObjectType.Parse(call.Route("type"));

    private sealed record ReadInput(
        IReadOnlyList<string>? Properties,
        IReadOnlyList<string>? PropertiesWithHistory,
        string? IdProperty,
        IReadOnlyList<IdInput>? Inputs
    );
}
