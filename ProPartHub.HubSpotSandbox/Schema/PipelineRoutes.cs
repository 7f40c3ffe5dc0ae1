using ProPartHub.HubSpotSandbox.Account;
using ProPartHub.HubSpotSandbox.Http;
using ProPartHub.HubSpotSandbox.Objects;

namespace ProPartHub.HubSpotSandbox.Schema;

/// <summary>Reads the deal pipelines. They are never paged.</summary>
internal sealed class PipelineRoutes(HubSpotAccount account)
{
    public void Map(ApiRoutes routes, ApiVersion version)
    {
        routes.Get($"{version.Pipelines}/{{type}}", Scopes.ReadSchema, List);
        routes.Get($"{version.Pipelines}/{{type}}/{{id}}", Scopes.ReadSchema, call => ApiAnswer.Ok(Pipeline(call)));
        routes.Get(
            $"{version.Pipelines}/{{type}}/{{id}}/stages",
            Scopes.ReadSchema,
            call => ApiAnswer.Ok(new Page<PipelineStage>(Pipeline(call).Stages))
        );
    }

    private ApiAnswer List(ApiCall call) =>
        ApiAnswer.Ok(new Page<Pipeline>(TypeOf(call) == ObjectType.Deals ? account.Pipelines.All : []));

    private Pipeline Pipeline(ApiCall call) =>
        TypeOf(call) == ObjectType.Deals
            ? account.Pipelines.Get(call.Route("id"))
            : throw ApiError.NotFound("Pipeline not found").Exception();

    private static ObjectType TypeOf(ApiCall call) => ObjectType.Parse(call.Route("type"));
}
