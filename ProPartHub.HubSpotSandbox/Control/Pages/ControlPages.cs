using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using ProPartHub.HubSpotSandbox.Account;
using ProPartHub.HubSpotSandbox.Faults;
using ProPartHub.HubSpotSandbox.Http;
using ProPartHub.HubSpotSandbox.Limits;
using ProPartHub.HubSpotSandbox.Objects;
using ProPartHub.HubSpotSandbox.Webhooks;

namespace ProPartHub.HubSpotSandbox.Control.Pages;

/// <summary>The pages under /sandbox on which a person plays the head office.</summary>
internal sealed class ControlPages(
    HubSpotAccount account,
    RecordModels records,
    FaultInjector faults,
    WebhookDispatcher webhooks,
    RateLimits limits,
    CallLog calls,
    LivelyScenario scenario
)
{
    private const int ShownCalls = 200;
    private const int ShownDeliveries = 20;

    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/", () => Results.Redirect("/sandbox"));
        endpoints.MapGet("/sandbox", () => Page<OverviewPage>("Model", Overview()));
        endpoints.MapGet("/sandbox/faults", () => Page<FaultsPage>("Faults", faults.List()));
        endpoints.MapGet(
            "/sandbox/calls",
            () => Page<CallsPage>("Calls", calls.Entries.Reverse().Take(ShownCalls).ToList())
        );
        endpoints.MapGet("/sandbox/{type}", List);
        endpoints.MapGet("/sandbox/{type}/{id}", Show);
        endpoints.MapGet("/sandbox/assets/sandbox.css", () => Asset("sandbox.css", "text/css"));
        endpoints.MapGet("/sandbox/assets/sandbox.js", () => Asset("sandbox.js", "text/javascript"));
    }

    private IResult List(HttpContext context, string type)
    {
        if (!ObjectType.TryParse(type, out var objectType))
            return Results.NotFound();

        var query = context.Request.Query;
        _ = int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page);
        var model = account.Locked(() =>
            records.List(objectType, query["search"].ToString().Trim(), query["archived"] == "true", page)
        );
        return Page<RecordsPage>("Model", model);
    }

    private IResult Show(string type, string id)
    {
        try
        {
            return Page<RecordPage>("Model", account.Locked(() => records.Get(ObjectType.Parse(type), id)));
        }
        catch (ApiException)
        {
            return Results.NotFound();
        }
    }

    private OverviewModel Overview() =>
        new(
            account.Options,
            account.Locked(() => ObjectType.All.Select(Count).ToList()),
            scenario.IsRunning,
            webhooks.Settings,
            limits.Options,
            calls.Counters,
            [.. webhooks.Deliveries.Reverse().Take(ShownDeliveries)]
        );

    private (ObjectType, int, int) Count(ObjectType type)
    {
        var all = account.Records(type).All;
        var archived = all.Count(record => record.Archived);
        return (type, all.Count - archived, archived);
    }

    private static RazorComponentResult<T> Page<T>(string parameter, object model)
        where T : IComponent => new(new Dictionary<string, object?> { [parameter] = model });

    // From the assembly, not from a folder: a host inside another process has no web root of ours.
    private static IResult Asset(string name, string contentType) =>
        Results.Stream(typeof(ControlPages).Assembly.GetManifestResourceStream(name)!, contentType);
}
