using System.Globalization;
using ProPartHub.HubSpotSandbox.Account;
using ProPartHub.HubSpotSandbox.Http;
using ProPartHub.HubSpotSandbox.Limits;
using ProPartHub.HubSpotSandbox.Objects;

namespace ProPartHub.HubSpotSandbox.Associations;

/// <summary>Links of many records at a time, on a budget of their own.</summary>
internal sealed class BatchAssociationRoutes(HubSpotAccount account, RecordFinder finder, Linker linker)
{
    private const int LargestRead = 1_000;
    private const int LargestWrite = 2_000;
    private const int LinksOfPage = 500;

    private ChangeSource App => ChangeSource.Integration(account.Options.AppId);

    public void Map(ApiRoutes routes, ApiVersion version)
    {
        var pair = $"{version.BatchAssociations}/{{fromType}}/{{toType}}";
        var (read, write) = (Scopes.ReadObjects("fromType"), Scopes.WriteObjects("fromType"));
        routes.Post($"{pair}/batch/read", read, call => Read(call, version), RateBucket.Associations);
        routes.Post($"{pair}/batch/associate/default", write, c => LinkByDefault(c, version), RateBucket.Associations);
        routes.Post($"{pair}/batch/create", write, call => LinkLabelled(call, version), RateBucket.Associations);
        routes.Post($"{pair}/batch/archive", write, call => Unlink(call, version), RateBucket.Associations);
        routes.Map(HttpMethods.Get, $"{pair}/labels", read, Labels, RateBucket.Associations);
    }

    private ApiAnswer Read(ApiCall call, ApiVersion version)
    {
        var (fromType, toType) = Types(call);
        var results = new List<LinksView>();
        var errors = new List<ApiError>();
        foreach (var input in call.Body<BatchInput<ReadInput>>().Inputs(LargestRead))
        {
            var page = Page(input, fromType, toType);
            if (page.Count == 0)
                errors.Add(NoLinks(fromType, toType, input.Id ?? ""));
            else
                results.Add(
                    new LinksView(
                        new(input.Id!),
                        [.. page.Take(LinksOfPage).Select(link => LinkView.Of(link, version))],
                        page.Count > LinksOfPage ? Paging.After(page[LinksOfPage].To.IdText) : null
                    )
                );
        }

        return account.Answer(version, StatusCodes.Status200OK, results, errors);
    }

    private List<Link> Page(ReadInput input, ObjectType fromType, ObjectType toType)
    {
        _ = long.TryParse(input.After, NumberStyles.None, CultureInfo.InvariantCulture, out var after);
        return finder.Find(fromType, input.Id ?? "") is { } from
            ? [.. account.Associations.Of(from, toType).Where(link => link.To.Id >= after).Take(LinksOfPage + 1)]
            : [];
    }

    private ApiAnswer LinkByDefault(ApiCall call, ApiVersion version)
    {
        var type = AssociationType.Default(Types(call).From, Types(call).To);
        var pairs = call.Body<BatchInput<LinkInput>>()
            .Inputs(LargestWrite)
            .Select(input => (From: Get(type.From, input.From), To: Get(type.To, input.To)))
            .ToList();
        var results = new List<DefaultLinkView>();
        foreach (var (from, to) in pairs)
        {
            linker.Link(from, to, [type], account.Now, App);
            results.Add(DefaultLinkView.Of(from, to, type));
            results.Add(DefaultLinkView.Of(to, from, type.Inverse));
        }

        return account.Answer(version, StatusCodes.Status200OK, results, []);
    }

    private ApiAnswer LinkLabelled(ApiCall call, ApiVersion version)
    {
        var (fromType, toType) = Types(call);
        var results = new List<LabelledLinkView>();
        var errors = new List<ApiError>();
        foreach (var input in call.Body<BatchInput<LinkInput>>().Inputs(LargestWrite))
        {
            try
            {
                var (from, to) = (Get(fromType, input.From), Get(toType, input.To));
                var types = (input.Types ?? []).Select(type => AssociationType.Get(fromType, toType, type)).ToList();
                linker.Link(from, to, types, account.Now, App);
                results.Add(LabelledLinkView.Of(from, to, types));
            }
            catch (ApiException refusal)
            {
                errors.Add(
                    refusal.Error with
                    {
                        Context = Context(("fromObjectId", input.From?.Id ?? ""), ("toObjectId", input.To?.Id ?? "")),
                    }
                );
            }
        }

        return account.Answer(version, StatusCodes.Status201Created, results, errors);
    }

    private ApiAnswer Unlink(ApiCall call, ApiVersion version)
    {
        var (fromType, toType) = Types(call);
        foreach (var input in call.Body<BatchInput<UnlinkInput>>().Inputs(LargestWrite))
        {
            var from = finder.Find(fromType, input.From?.Id ?? "");
            foreach (var to in (input.To ?? []).Select(to => finder.Find(toType, to.Id ?? "")))
            {
                if (from is not null && to is not null)
                    linker.Unlink(from, to, account.Now, App);
            }
        }

        var now = HubSpotTime.Format(account.Now);
        return version.AssociationBatchArchiveStatus == StatusCodes.Status204NoContent
            ? ApiAnswer.NoContent
            : new ApiAnswer(version.AssociationBatchArchiveStatus, new BatchView<LinksView>([], now, now));
    }

    private static ApiAnswer Labels(ApiCall call)
    {
        var (from, to) = Types(call);
        return ApiAnswer.Ok(
            new Page<LinkTypeView>([
                .. AssociationType
                    .Between(from, to)
                    .Select(type => new LinkTypeView(type.Category, type.TypeId, type.Label)),
            ])
        );
    }

    private static ApiError NoLinks(ObjectType from, ObjectType to, string id) =>
        ApiError.NotFound($"No {to.Singular} is associated with {from.Singular} {id}.") with
        {
            SubCategory = "crm.associations.NO_ASSOCIATIONS_FOUND",
            Context = Context(("fromObjectId", id)),
        };

    private static Dictionary<string, IReadOnlyList<string>> Context(
        params IEnumerable<(string Key, string Value)> entries
    ) => entries.ToDictionary(entry => entry.Key, IReadOnlyList<string> (entry) => [entry.Value]);

    private CrmRecord Get(ObjectType type, IdInput? input) => finder.Get(type, input?.Id ?? "");

    private static (ObjectType From, ObjectType To) Types(ApiCall call) =>
        (ObjectType.Parse(call.Route("fromType")), ObjectType.Parse(call.Route("toType")));

    private sealed record ReadInput(string? Id, string? After);

    private sealed record LinkInput(IdInput? From, IdInput? To, IReadOnlyList<AssociationTypeInput>? Types);

    private sealed record UnlinkInput(IdInput? From, IReadOnlyList<IdInput>? To);
}
