using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using MudBlazor;
using ProPartHub.Domain.Live;
using ProPartHub.Domain.People;
using ProPartHub.Tests.Web;
using ProPartHub.Web.Account;

namespace ProPartHub.Tests.Components;

/// <summary>An interactive page with a person signed in, the change feed and dialogs, over the domain's real services.</summary>
public abstract class AdminComponentTest : ComponentTest
{
    /// <summary>The feed of the page's process.</summary>
    protected LeadFeed Feed { get; } = new(TimeProvider.System, NullLogger<LeadFeed>.Instance);

    /// <summary>Signs a person in.</summary>
    protected void SignIn(Actor actor)
    {
        AddAuthorization()
            .SetAuthorized(actor.Name)
            .SetRoles(actor.Role.ToString())
            .SetClaims([
                new Claim(ClaimTypes.NameIdentifier, actor.UserId.ToString()),
                .. actor.TeamId is { } team ? [new Claim(HubClaims.Team, team.ToString())] : Array.Empty<Claim>(),
            ]);
        Services.AddSingleton(Feed);
        Services.AddScoped(provider => new CurrentActor(
            provider.GetRequiredService<AuthenticationStateProvider>(),
            new CircuitAddress(new HttpContextAccessor()),
            new HttpContextAccessor()
        ));
    }

    /// <summary>From here on pages render as in a circuit; no service can be added any more.</summary>
    protected void GoLive() => SetRendererInfo(new RendererInfo("Server", isInteractive: true));

    /// <summary>Shows dialogs, as the shell does; call it before the page is rendered.</summary>
    protected IRenderedComponent<MudDialogProvider> RenderDialogs()
    {
        Render<MudPopoverProvider>();
        return Render<MudDialogProvider>();
    }
}
