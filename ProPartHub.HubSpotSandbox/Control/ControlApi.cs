using System.Globalization;
using ProPartHub.HubSpotSandbox.Faults;
using ProPartHub.HubSpotSandbox.Http;
using ProPartHub.HubSpotSandbox.Limits;
using ProPartHub.HubSpotSandbox.Objects;
using ProPartHub.HubSpotSandbox.Webhooks;

namespace ProPartHub.HubSpotSandbox.Control;

/// <summary>What the control page's buttons, and tests in other processes, call. No token: it is for this machine only.</summary>
internal sealed class ControlApi(
    HeadOffice office,
    FaultInjector faults,
    WebhookDispatcher webhooks,
    RateLimits limits,
    CallLog calls,
    LivelyScenario scenario
)
{
    private const int ShownCalls = 200;

    public void Map(IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/sandbox/api");
        MapObjects(api.MapGroup("/objects/{type}"));
        MapFaults(api.MapGroup("/faults"));

        Route(api, HttpMethods.Get, "/webhooks", _ => webhooks.Settings);
        Route(api, HttpMethods.Put, "/webhooks", call => webhooks.Settings = call.Body<WebhookSettings>());
        Route(api, HttpMethods.Get, "/deliveries", _ => webhooks.Deliveries);
        Route(api, HttpMethods.Get, "/limits", _ => limits.Options);
        Route(api, HttpMethods.Put, "/limits", call => limits.Options = call.Body<RateLimitOptions>());
        Route(api, HttpMethods.Get, "/calls", _ => calls.Entries.TakeLast(ShownCalls));
        Route(api, HttpMethods.Get, "/counters", _ => calls.Counters);
        Route(api, HttpMethods.Delete, "/calls", _ => Do(calls.Clear));
        Route(api, HttpMethods.Post, "/scenario/start", call => Do(() => StartScenario(call)));
        Route(api, HttpMethods.Post, "/scenario/stop", _ => Do(scenario.Stop));
        Route(api, HttpMethods.Post, "/scenario/step", _ => new { edit = scenario.Step() });
    }

    private void MapObjects(RouteGroupBuilder objects)
    {
        Route(objects, HttpMethods.Post, "", call => new { id = office.Create(TypeOf(call), Properties(call)) });
        Route(
            objects,
            HttpMethods.Patch,
            "/{id}",
            call => Do(() => office.Update(TypeOf(call), Id(call), Properties(call)))
        );
        Route(objects, HttpMethods.Delete, "/{id}", call => Do(() => office.Archive(TypeOf(call), Id(call))));
        Route(objects, HttpMethods.Post, "/{id}/restore", call => Do(() => office.Restore(TypeOf(call), Id(call))));
        Route(objects, HttpMethods.Post, "/{id}/erase", call => Do(() => office.Erase(TypeOf(call), Id(call))));
        Route(objects, HttpMethods.Post, "/{id}/notes", AddNote);
        Route(objects, HttpMethods.Post, "/{id}/stage", call => Do(() => MoveStage(call)));
        Route(objects, HttpMethods.Post, "/{id}/merge", Merge);
        Route(objects, HttpMethods.Post, "/touch", call => new { touched = office.TouchAll(TypeOf(call)) });
    }

    private void MapFaults(RouteGroupBuilder group)
    {
        Route(group, HttpMethods.Get, "", _ => faults.List());
        Route(group, HttpMethods.Post, "", call => new { id = faults.Add(call.Body<Fault>()) });
        Route(group, HttpMethods.Delete, "", _ => Do(faults.Clear));
        Route(
            group,
            HttpMethods.Delete,
            "/{id:int}",
            call => Do(() => faults.Remove(int.Parse(Id(call), CultureInfo.InvariantCulture)))
        );
    }

    private object AddNote(ApiCall call) =>
        new { id = office.AddNote(TypeOf(call), Id(call), call.Body<NoteInput>().Body ?? "") };

    private void MoveStage(ApiCall call) => office.MoveStage(Id(call), call.Body<StageInput>().Stage ?? "");

    private object Merge(ApiCall call) =>
        new { id = office.Merge(TypeOf(call), Id(call), call.Body<MergeInput>().Other ?? "") };

    private void StartScenario(ApiCall call)
    {
        var seconds = call.Body<ScenarioInput>().Seconds;
        if (seconds is < 0.05 or > 3_600)
            throw ApiError.Validation("The interval must be between 0.05 and 3600 seconds").Exception();
        scenario.Start(TimeSpan.FromSeconds(seconds));
    }

    private static void Route(IEndpointRouteBuilder group, string method, string path, Func<ApiCall, object> handle) =>
        group.MapMethods(
            path,
            [method],
            (RequestDelegate)(
                async context =>
                {
                    using var reader = new StreamReader(context.Request.Body);
                    var call = new ApiCall(context, await reader.ReadToEndAsync(context.RequestAborted));
                    try
                    {
                        await context.WriteAnswerAsync(ApiAnswer.Ok(handle(call)));
                    }
                    catch (ApiException refusal)
                    {
                        await context.WriteErrorAsync(refusal.Error);
                    }
                }
            )
        );

    private static object Do(Action action)
    {
        action();
        return new { done = true };
    }

    private static ObjectType TypeOf(ApiCall call) => ObjectType.Parse(call.Route("type"));

    private static string Id(ApiCall call) => call.Route("id");

    private static Dictionary<string, string?> Properties(ApiCall call) =>
        call.Body<WriteInput>().Properties ?? throw ApiError.Validation("The body needs 'properties'").Exception();

    private sealed record NoteInput(string? Body);

    private sealed record StageInput(string? Stage);

    private sealed record MergeInput(string? Other);

    private sealed record ScenarioInput(double Seconds = 5);
}
