using System.Globalization;
using ProPartHub.HubSpotSandbox.Account;
using ProPartHub.HubSpotSandbox.Http;
using ProPartHub.HubSpotSandbox.Objects;

namespace ProPartHub.HubSpotSandbox.Associations;

/// <summary>The links of one record. Unlike the batch paths, these draw on the ten-second budget.</summary>
internal sealed class RecordAssociationRoutes(HubSpotAccount account, RecordFinder finder, Linker linker)
{
    private const int DefaultPage = 500;

    private ChangeSource App => ChangeSource.Integration(account.Options.AppId);

    public void Map(ApiRoutes routes, ApiVersion version)
    {
        var record = $"{version.RecordAssociations}/{{type}}/{{id}}/associations";
        var write = Scopes.WriteObjects();
        if (version.ReadsRecordAssociations)
            routes.Get($"{record}/{{toType}}", Scopes.ReadObjects(), call => List(call, version));
        routes.Put($"{record}/default/{{toType}}/{{toId}}", write, LinkByDefault);
        routes.Put($"{record}/{{toType}}/{{toId}}", write, LinkLabelled);
        routes.Delete($"{record}/{{toType}}/{{toId}}", write, Unlink);
    }

    private ApiAnswer List(ApiCall call, ApiVersion version)
    {
        var limit = call.Limit(DefaultPage, DefaultPage);
        var links = account
            .Associations.Of(From(call), ObjectType.Parse(call.Route("toType")))
            .Where(link => call.After() is not { } after || link.To.Id >= after)
            .Take(limit + 1)
            .ToList();
        var next = links.Count > limit ? links[limit].To.Id.ToString(CultureInfo.InvariantCulture) : null;
        return ApiAnswer.Ok(
            new Page<LinkView>(
                [.. links.Take(limit).Select(link => LinkView.Of(link, version))],
                next is null ? null : Paging.After(next, call.LinkAfter(next))
            )
        );
    }

    private ApiAnswer LinkByDefault(ApiCall call)
    {
        var (from, to) = (From(call), To(call));
        var type = AssociationType.Default(from.Type, to.Type);
        linker.Link(from, to, [type], account.Now, App);
        var now = HubSpotTime.Format(account.Now);
        return ApiAnswer.Ok(
            new BatchView<DefaultLinkView>(
                [DefaultLinkView.Of(from, to, type), DefaultLinkView.Of(to, from, type.Inverse)],
                now,
                now
            )
        );
    }

    private ApiAnswer LinkLabelled(ApiCall call)
    {
        var (from, to) = (From(call), To(call));
        var types = call.Body<List<AssociationTypeInput>>()
            .Select(type => AssociationType.Get(from.Type, to.Type, type))
            .ToList();
        if (types.Count == 0)
            throw ApiError.Validation("At least one association type is required").Exception();

        linker.Link(from, to, types, account.Now, App);
        return ApiAnswer.Created(LabelledLinkView.Of(from, to, types));
    }

    private ApiAnswer Unlink(ApiCall call)
    {
        linker.Unlink(From(call), To(call), account.Now, App);
        return ApiAnswer.NoContent;
    }

    private CrmRecord From(ApiCall call) => finder.Get(ObjectType.Parse(call.Route("type")), call.Route("id"));

    private CrmRecord To(ApiCall call) => finder.Get(ObjectType.Parse(call.Route("toType")), call.Route("toId"));
}
