using System.Globalization;
using ProPartHub.HubSpotSandbox.Account;
using ProPartHub.HubSpotSandbox.Http;

namespace ProPartHub.HubSpotSandbox.Objects;

/// <summary>One record at a time: list, read, create, update, archive, merge, erase.</summary>
internal sealed class ObjectRoutes(
    HubSpotAccount account,
    RecordFinder finder,
    WriteRules rules,
    RecordWriter writer,
    RecordMerger merger,
    RecordProjector projector
)
{
    private const int LargestPage = 100;
    private const int LargestPageWithHistory = 50;

    private ChangeSource App => ChangeSource.Integration(account.Options.AppId);

    public void Map(ApiRoutes routes, ApiVersion version)
    {
        var (read, write) = (Scopes.ReadObjects(), Scopes.WriteObjects());
        var type = $"{version.Objects}/{{type}}";
        routes.Get(type, read, List);
        routes.Post(type, write, Create);
        routes.Get($"{type}/{{id}}", read, Get);
        routes.Patch($"{type}/{{id}}", write, Update);
        routes.Delete($"{type}/{{id}}", write, Archive);
        routes.Post($"{type}/merge", write, Merge);
        routes.Post($"{type}/gdpr-delete", write, Erase);
    }

    private ApiAnswer List(ApiCall call)
    {
        var projection = ReadProjection(call);
        var limit = call.Limit(10, projection.WithHistory.Count > 0 ? LargestPageWithHistory : LargestPage);
        var archived = call.Flag("archived");
        var page = account
            .Records(TypeOf(call))
            .From(call.After() ?? 0)
            .Where(record => record.Archived == archived)
            .Take(limit + 1)
            .ToList();
        var results = page.Take(limit).Select(record => projector.Show(record, projection)).ToList();
        return ApiAnswer.Ok(new Page<RecordView>(results, page.Count > limit ? Next(call, page[limit]) : null));
    }

    private static Paging Next(ApiCall call, CrmRecord next)
    {
        var after = next.Id.ToString(CultureInfo.InvariantCulture);
        return Paging.After(after, call.LinkAfter(after));
    }

    private ApiAnswer Get(ApiCall call)
    {
        var record = finder.Get(TypeOf(call), call.Route("id"), call.Query("idProperty"), call.Flag("archived"));
        return ApiAnswer.Ok(projector.Show(record, ReadProjection(call)));
    }

    private ApiAnswer Create(ApiCall call)
    {
        var write = rules.Create(TypeOf(call), call.Body<WriteInput>());
        return ApiAnswer.Created(RecordProjector.ShowCreated(writer.Commit(write, account.Now, App)));
    }

    private ApiAnswer Update(ApiCall call)
    {
        var record = finder.Get(TypeOf(call), call.Route("id"), call.Query("idProperty"));
        var input = call.Body<WriteInput>();
        writer.Commit(rules.Update(record, input), account.Now, App);
        return ApiAnswer.Ok(projector.ShowUpdated(record, input.Properties?.Keys ?? Enumerable.Empty<string>()));
    }

    private ApiAnswer Archive(ApiCall call)
    {
        var records = account.Records(TypeOf(call));
        var record = records.Find(call.Route("id")) ?? throw ApiError.NotFound().Exception();
        if (!record.Archived)
            writer.Archive(record, account.Now, App);
        return ApiAnswer.NoContent;
    }

    private ApiAnswer Merge(ApiCall call)
    {
        var type = TypeOf(call);
        var input = call.Body<MergeInput>();
        var primary = finder.Get(type, input.PrimaryObjectId ?? "");
        var other = finder.Get(type, input.ObjectIdToMerge ?? "");
        return ApiAnswer.Ok(RecordProjector.ShowCreated(merger.Merge(primary, other, account.Now, App)));
    }

    private ApiAnswer Erase(ApiCall call)
    {
        var type = TypeOf(call);
        var input = call.Body<EraseInput>();
        var id = input.ObjectId ?? "";
        var record = finder.Find(type, id, input.IdProperty) ?? finder.Find(type, id, input.IdProperty, archived: true);
        if (record is not null)
            writer.Erase(record, account.Now, App);
        else if (input.IdProperty == UniqueValues.Email)
            Block(id);
        else
            throw ApiError.NotFound().Exception();

        return ApiAnswer.NoContent;
    }

    private void Block(string email)
    {
        account.BlockedEmails.Add(email);
        account.PublishTouch();
    }

    private static ObjectType TypeOf(ApiCall call) => ObjectType.Parse(call.Route("type"));

    private static Projection ReadProjection(ApiCall call) =>
        new()
        {
            Properties = call.QueryList("properties"),
            WithHistory = call.QueryList("propertiesWithHistory"),
            Associations = [.. call.QueryList("associations").Select(ObjectType.Parse)],
        };

    private sealed record MergeInput(string? PrimaryObjectId, string? ObjectIdToMerge);

    private sealed record EraseInput(string? ObjectId, string? IdProperty);
}
