using Microsoft.Extensions.Options;
using ProPartHub.Domain.Catalogue;
using ProPartHub.Domain.Catalogue.Demo;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Knowledge;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Web.Hosting;

namespace ProPartHub.Web.Account;

/// <summary>
/// Once the portal listens: makes the demo people, catalogue and articles in Development, and while there is no admin yet prints the one-time
/// link that makes the first one. It goes to the console alone, never to the log files.
/// </summary>
internal sealed partial class AccountStartup(
    AccountSetup setup,
    AccountLinks links,
    DemoPeople demo,
    DemoCatalogue catalogue,
    DemoKnowledge knowledge,
    DemoOffers offers,
    PortalAddress portal,
    IOptions<HubOptions> options,
    IHostEnvironment environment,
    ILogger<AccountStartup> logger
) : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        // Not waited for: SignalR sends open pages no sign of life before all have started, and the database may be away.
        var link = PrintLinkAsync(cancellationToken);
        if (environment.IsDevelopment())
        {
            await SeedAsync(cancellationToken);
            await link;
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task SeedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await demo.SeedAsync(cancellationToken);
            await catalogue.SeedAsync(cancellationToken);
            await knowledge.SeedAsync(cancellationToken);
            await offers.SeedAsync(cancellationToken);
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            LogWithoutDemo(exception);
        }
    }

    private async Task PrintLinkAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (options.Value.PrintSetupLink && await setup.IsNeededAsync(cancellationToken))
            {
                Console.Out.WriteLine(
                    $"""

                    This portal has no administrator yet. Make the first one within {AccountLinks.Lifetime.TotalHours:0} hours:
                      {Link(portal.Value, links.ForFirstAdmin())}

                    """
                );
            }
        }
        // The portal is up and says by itself that the database is away; the link comes with the next start.
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            LogUnknown(exception);
        }
    }

    /// <summary>The full address of a one-time link.</summary>
    public static string Link(string portal, string token) => PortalAddress.Link(portal, AccountPaths.Setup, token);

    [LoggerMessage(
        LogLevel.Warning,
        "Could not find out whether there is an administrator; start again once the database is back"
    )]
    private partial void LogUnknown(Exception exception);

    [LoggerMessage(LogLevel.Warning, "The demo data could not be made; start again once the database is back")]
    private partial void LogWithoutDemo(Exception exception);
}
