using ProPartHub.Web.Account;
using ProPartHub.Web.Components.Catalogue.Photos;
using ProPartHub.Web.Components.Catalogue.Sharing;
using ProPartHub.Web.Components.Contacts;
using ProPartHub.Web.Components.Documents;
using ProPartHub.Web.Components.Knowledge;
using ProPartHub.Web.Components.Leads;
using ProPartHub.Web.Components.Palette;
using ProPartHub.Web.Components.People;
using ProPartHub.Web.Components.Reports;
using ProPartHub.Web.Components.Timeline;
using ProPartHub.Web.Hosting.Draining;

namespace ProPartHub.Web.Hosting;

/// <summary>Puts the portal together: the one composition, for the program and for tests alike.</summary>
internal static class HubApplication
{
    /// <param name="args">Command line; its settings stand above all others.</param>
    /// <param name="configure">
    /// Runs before anything is registered: settings added here are seen by all of it, and services added here come
    /// before those registered with <c>TryAdd</c>, such as <see cref="TimeProvider"/>.
    /// </param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        // Named, because under a test the running program is another.
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { Args = args, ApplicationName = typeof(HubApplication).Assembly.GetName().Name }
        );
        configure?.Invoke(builder);

        builder.Services.AddHubSystemd();
        builder.AddHubOptions();
        builder.AddHubErrorReports();
        builder.AddHubLogging();
        builder.AddHubForwardedHeaders();
        builder.AddHubSecurityHeaders();
        // Before the database, beside which it works.
        builder.Services.AddHostedService<EndpointWarmUp>();
        builder.AddHubDatabase();
        builder.AddHubCache();
        builder.AddHubAudit();
        builder.Services.AddHubSpotSync(builder.Configuration, builder.Environment);
        builder.Services.AddHostedService<HubSpotWatch>();
        builder.AddHubDataProtection();
        builder.AddHubFiles();
        builder.AddHubBackups();
        builder.AddHubMailing();
        builder.AddHubNotifications();
        builder.AddHubAuthentication();
        builder.AddSingleSignOn();
        builder.AddHubRateLimits();
        builder.AddCircuitLimit();
        builder.AddCircuitDrain();
        builder.AddHubLocalization();
        builder.AddHubHealth();
        builder.AddHubTelemetry();
        builder.AddHubBlazor();
        builder.AddDelivery();

        var app = builder.Build();

        app.UseForwardedHeaders();
        app.UseMiddleware<UnbelievedProxy>();
        app.UseHubSecurityHeaders();
        app.UseHubMetrics();
        app.UseHubRequestLogging();
        app.UseHubErrorPages();
        app.UseNoticeOfPlainHttp();
        app.UseDelivery();
        app.UseNoCircuitsWhileStopping();
        app.UseOriginCheck();
        app.UseRequestLocalization();
        app.UseAuthentication();
        app.UseHubLogIdentity();
        app.UseCircuitLimit();
        app.UseAuthorization();
        app.UseAntiforgery();

        app.MapStaticAssets().AllowAnonymous();
        app.MapHubHealth();
        app.MapSecurityTxt();
        app.MapWebManifest();
        app.MapHubLanguage();
        app.MapHubAccount();
        app.MapSingleSignOn();
        app.MapPalette();
        app.MapLegacyLeadLinks();
        app.MapPeopleExport();
        app.MapContactExport();
        app.MapReportExport();
        app.MapHubDocuments();
        app.MapHubAttachments();
        app.MapHubFiles();
        app.MapPropertyPhotos();
        app.MapSharedPhotos();
        app.MapArticlePictures();
        app.MapHubSpotWebhooks();
        app.MapHubAudit();
        app.MapHubNotifications();
        app.MapHubBlazor();
        return app;
    }
}
