using ProPartHub.HubSpotSandbox.Account;
using ProPartHub.HubSpotSandbox.Associations;
using ProPartHub.HubSpotSandbox.Control;
using ProPartHub.HubSpotSandbox.Control.Pages;
using ProPartHub.HubSpotSandbox.Faults;
using ProPartHub.HubSpotSandbox.Http;
using ProPartHub.HubSpotSandbox.Limits;
using ProPartHub.HubSpotSandbox.Objects;
using ProPartHub.HubSpotSandbox.Schema;
using ProPartHub.HubSpotSandbox.Search;
using ProPartHub.HubSpotSandbox.Seed;
using ProPartHub.HubSpotSandbox.State;
using ProPartHub.HubSpotSandbox.Webhooks;

namespace ProPartHub.HubSpotSandbox;

/// <summary>Puts the parts of the sandbox together.</summary>
internal static class SandboxComposition
{
    public static void AddSandbox(this IServiceCollection services, SandboxOptions options)
    {
        services.AddRouting();
        services.AddRazorComponents();
        // Connections held open on purpose are cut when it stops.
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));

        services.AddSingleton(options).AddSingleton(options.TimeProvider);
        services
            .AddSingleton<AccountKeeper>()
            .AddSingleton(provider => provider.GetRequiredService<AccountKeeper>().Account)
            .AddSingleton<Seeder>();
        services
            .AddSingleton<RecordFinder>()
            .AddSingleton<ProgressRules>()
            .AddSingleton<WriteRules>()
            .AddSingleton<Linker>()
            .AddSingleton<RecordWriter>()
            .AddSingleton<RecordMerger>()
            .AddSingleton<RecordProjector>()
            .AddSingleton<BatchWriter>();
        services.AddSingleton<FilterMatcher>().AddSingleton<SearchEngine>();
        services
            .AddSingleton<ObjectRoutes>()
            .AddSingleton<BatchRoutes>()
            .AddSingleton<SearchRoutes>()
            .AddSingleton<RecordAssociationRoutes>()
            .AddSingleton<BatchAssociationRoutes>()
            .AddSingleton<PropertyRoutes>()
            .AddSingleton<StageEditor>()
            .AddSingleton<PipelineRoutes>()
            .AddSingleton<OwnerRoutes>()
            .AddSingleton<AccountInfoRoutes>();
        services
            .AddSingleton<CallLog>()
            .AddSingleton<CallLogging>()
            .AddSingleton<FaultInjector>()
            .AddSingleton<FaultMiddleware>()
            .AddSingleton<Authorization>()
            .AddSingleton<RateLimits>()
            .AddSingleton<RateLimiting>();
        services
            .AddSingleton(_ => new WebhookSender(options))
            .AddSingleton(provider => new WebhookDispatcher(
                provider.GetRequiredService<HubSpotAccount>(),
                provider.GetRequiredService<WebhookSender>()
            ))
            .AddSingleton<LivelyScenario>()
            .AddSingleton<ControlApi>()
            .AddSingleton<RecordModels>()
            .AddSingleton<ControlPages>();
        services.AddSingleton(provider => new HeadOffice(
            provider.GetRequiredService<HubSpotAccount>(),
            provider.GetRequiredService<RecordFinder>(),
            provider.GetRequiredService<WriteRules>(),
            provider.GetRequiredService<RecordWriter>(),
            provider.GetRequiredService<RecordMerger>()
        ));
    }

    public static void UseSandbox(this WebApplication app)
    {
        app.UseRouting();
        app.UseWhen(IsApiCall, UseApi);

        var routes = new ApiRoutes(app, app.Services.GetRequiredService<HubSpotAccount>());
        foreach (var version in ApiVersion.All)
            MapApi(app.Services, routes, version);
        app.Services.GetRequiredService<ControlApi>().Map(app);
        app.Services.GetRequiredService<ControlPages>().Map(app);
    }

    private static bool IsApiCall(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/crm") || context.Request.Path.StartsWithSegments("/account-info");

    // The order matters: everything is logged, faults befall even what would be refused, refused calls cost no budget.
    private static void UseApi(IApplicationBuilder api)
    {
        var services = api.ApplicationServices;
        api.Use(next => context => services.GetRequiredService<CallLogging>().InvokeAsync(context, next));
        api.Use(next => context => services.GetRequiredService<FaultMiddleware>().InvokeAsync(context, next));
        api.Use(next => context => services.GetRequiredService<Authorization>().InvokeAsync(context, next));
        api.Use(next => context => services.GetRequiredService<RateLimiting>().InvokeAsync(context, next));
    }

    private static void MapApi(IServiceProvider services, ApiRoutes routes, ApiVersion version)
    {
        services.GetRequiredService<ObjectRoutes>().Map(routes, version);
        services.GetRequiredService<BatchRoutes>().Map(routes, version);
        services.GetRequiredService<SearchRoutes>().Map(routes, version);
        services.GetRequiredService<RecordAssociationRoutes>().Map(routes, version);
        services.GetRequiredService<BatchAssociationRoutes>().Map(routes, version);
        services.GetRequiredService<PropertyRoutes>().Map(routes, version);
        services.GetRequiredService<PipelineRoutes>().Map(routes, version);
        services.GetRequiredService<OwnerRoutes>().Map(routes, version);
        services.GetRequiredService<AccountInfoRoutes>().Map(routes, version);
    }
}
