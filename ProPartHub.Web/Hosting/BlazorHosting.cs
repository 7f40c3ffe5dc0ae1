using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using MudBlazor;
using MudBlazor.Services;
using ProPartHub.Web.Components;
using ProPartHub.Web.Components.Boards;
using ProPartHub.Web.Components.Catalogue;
using ProPartHub.Web.Components.Catalogue.Compare;
using ProPartHub.Web.Components.Contacts;
using ProPartHub.Web.Components.Layout;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.Palette;
using ProPartHub.Web.Components.People;
using ProPartHub.Web.Components.Points;
using ProPartHub.Web.Components.Presence;
using ProPartHub.Web.Components.Reports;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Components.Timeline;
using ProPartHub.Web.Hosting.Logging;

namespace ProPartHub.Web.Hosting;

internal static class BlazorHosting
{
    public static void AddHubBlazor(this WebApplicationBuilder builder)
    {
        builder
            .Services.AddRazorComponents()
            .AddInteractiveServerComponents(circuits =>
            {
                circuits.DetailedErrors = builder.Environment.IsDevelopment();
                // A phone in a pocket comes back after minutes.
                circuits.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(5);
                circuits.MaxBufferedUnacknowledgedRenderBatches = 10;
                circuits.JSInteropDefaultCallTimeout = TimeSpan.FromSeconds(30);
            })
            .AddHubOptions(hub =>
            {
                // The longest text a form takes is an article of 20,000 characters, which its draft in the browser hands back
                // together with what it was opened with: two bytes for each Cyrillic letter.
                hub.MaximumReceiveMessageSize = 128 * 1024;
                hub.EnableDetailedErrors = builder.Environment.IsDevelopment();
            });
        builder
            .Services.AddOptions<CircuitOptions>()
            .Configure<IOptions<HubOptions>>(
                (circuits, hub) => circuits.DisconnectedCircuitMaxRetained = hub.Value.CircuitsKept
            );
        builder.Services.AddMudServices(mud =>
        {
            mud.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomLeft;
            mud.SnackbarConfiguration.PreventDuplicates = true;

            // What stands behind a message must not show through its words.
            mud.SnackbarConfiguration.MaximumOpacity = 100;
            mud.SnackbarConfiguration.MaxDisplayedSnackbars = 3;
        });
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<ThemeStylesheet>();
        builder.Services.AddSingleton<StatusBarState>();
        builder.Services.AddScoped<MinuteTick>();
        builder.Services.AddSingleton<PrerenderedPages>();
        builder.Services.AddScoped<StageMoves>();
        builder.Services.AddScoped<HandOvers>();
        builder.Services.AddScoped<FactEdits>();
        builder.Services.AddScoped<CardMoves>();
        builder.Services.AddScoped<TimelineChoice>();
        builder.Services.AddScoped<PeopleExport>();
        builder.Services.AddScoped<ContactExport>();
        builder.Services.AddSingleton<PointsSwitch>();
        builder.Services.AddHostedService<PointsWatch>();
        builder.Services.AddScoped<ReportWords>();
        builder.Services.AddScoped<LeadCellWords>();
        builder.Services.AddScoped<CatalogueWords>();
        builder.Services.AddScoped<CompareChoice>();
        builder.Services.AddScoped<ReportRows>();
        builder.Services.AddScoped<ReportExport>();
        builder.Services.AddScoped<PaletteSearch>();
        builder.Services.AddScoped<PresentPeople>();
        builder.Services.AddScoped<CircuitPresence>();
        builder.Services.AddScoped<CircuitHandler>(services => services.GetRequiredService<CircuitPresence>());
        builder.Services.AddScoped<CircuitHandler, CircuitLogIdentity>();
    }

    private static readonly HttpMethodMetadata PageMethods = new([HttpMethods.Get, HttpMethods.Head, HttpMethods.Post]);

    public static void MapHubBlazor(this WebApplication app)
    {
        app.MapThemeStylesheet();
        app.MapRazorComponents<App>()
            // frame-ancestors is part of our own policy (SecurityHeadersHosting); Blazor's would be a second header.
            .AddInteractiveServerRenderMode(server => server.ContentSecurityFrameAncestorsPolicy = null)
            .Add(AnswerHead);
    }

    // Blazor's pages know no HEAD, so that whoever asked would be sent to the log-in, from the log-in page too.
    private static void AnswerHead(EndpointBuilder endpoint)
    {
        if (endpoint.Metadata.OfType<ComponentTypeMetadata>().Any())
        {
            endpoint.Metadata.Add(PageMethods);
        }
    }
}
