using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Abstractions;
using MudBlazor;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Telemetry;
using ProPartHub.Tests.Web;
using ProPartHub.Web.Account;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Tests.Components;

/// <summary>
/// Interactive components with a person signed in and dialogs, over the domain's real services, with a change feed
/// that the test speaks into.
/// </summary>
public abstract class HubComponentTest : ComponentTest
{
    private BunitAuthorizationContext _session = null!;

    protected HubComponentTest() => Feed = new(Clock, NullLogger<LeadFeed>.Instance);

    /// <summary>The feed of the components' process.</summary>
    protected LeadFeed Feed { get; }

    protected static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;

    public sealed override async ValueTask InitializeAsync()
    {
        await ArrangeAsync();
        Services.AddSingleton(Feed);
        Services.AddHttpContextAccessor();
        Services.AddScoped<CircuitAddress>();
        Services.AddScoped<CurrentActor>();
        Services.AddSingleton(new PrerenderedPages(Feed, new AgencySignal(), Clock));
        // Takes notes and has no writer here, so that it needs no database.
        Services.TryAddSingleton(
            new RefusalLog(
                new HubDatabase(null!, Clock, new()),
                Clock,
                NullLogger<RefusalLog>.Instance,
                new WorkLog(Clock)
            )
        );
        _session = AddAuthorization();
        SetRendererInfo(new("Server", isInteractive: true));
        // The shell has it on every page; dialogs and selects ask for it.
        Render<MudPopoverProvider>();
    }

    /// <summary>Opens what the components stand on and adds their services; afterwards none can be added.</summary>
    protected abstract Task ArrangeAsync();

    /// <summary>Lets a person use the components, or an admin look through that person's eyes.</summary>
    protected void SignIn(Actor actor, Actor? viewer = null)
    {
        _session.SetAuthorized(actor.Name);
        _session.SetRoles(actor.Role.ToString());
        _session.SetClaims([
            new Claim(ClaimTypes.NameIdentifier, actor.UserId.ToString()),
            .. actor.TeamId is { } team ? [new Claim(HubClaims.Team, team.ToString())] : Array.Empty<Claim>(),
            .. viewer is not null ? [new Claim(HubClaims.Viewer, viewer.UserId.ToString())] : Array.Empty<Claim>(),
        ]);
    }

    /// <summary>The place where dialogs appear; render it before what opens them.</summary>
    protected IRenderedComponent<MudDialogProvider> RenderDialogs() => Render<MudDialogProvider>();
}
