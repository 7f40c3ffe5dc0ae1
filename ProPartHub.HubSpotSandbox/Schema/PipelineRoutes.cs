using ProPartHub.HubSpotSandbox.Account;
using ProPartHub.HubSpotSandbox.Http;
using ProPartHub.HubSpotSandbox.Objects;

namespace ProPartHub.HubSpotSandbox.Schema;

/// <summary>Reads the deal pipelines, which are never paged, and makes and deletes their stages.</summary>
internal sealed class PipelineRoutes(HubSpotAccount account, StageEditor stages)
{
    public void Map(ApiRoutes routes, ApiVersion version)
    {
        var pipelines = $"{version.Pipelines}/{{type}}";
        routes.Get(pipelines, Scopes.ReadSchema, List);
        routes.Get($"{pipelines}/{{id}}", Scopes.ReadSchema, call => ApiAnswer.Ok(Pipeline(call)));
        routes.Get(
            $"{pipelines}/{{id}}/stages",
            Scopes.ReadSchema,
            call => ApiAnswer.Ok(new Page<PipelineStage>(Pipeline(call).Stages))
        );
        routes.Post(
            $"{pipelines}/{{id}}/stages",
            Scopes.WriteSchema,
            call => ApiAnswer.Created(stages.Add(Pipeline(call), call.Body<StageInput>()))
        );
        routes.Delete($"{pipelines}/{{id}}/stages/{{stageId}}", Scopes.WriteSchema, DeleteStage);
    }

    private ApiAnswer List(ApiCall call) =>
        ApiAnswer.Ok(new Page<Pipeline>(TypeOf(call) == ObjectType.Deals ? account.Pipelines.All : []));

    private ApiAnswer DeleteStage(ApiCall call)
    {
        stages.Delete(Pipeline(call), call.Route("stageId"));
        return ApiAnswer.NoContent;
    }

    private Pipeline Pipeline(ApiCall call) =>
        TypeOf(call) == ObjectType.Deals
            ? account.Pipelines.Get(call.Route("id"))
            : throw ApiError.NotFound("Pipeline not found").Exception();

    private static ObjectType TypeOf(ApiCall call) => ObjectType.Parse(call.Route("type"));
}
