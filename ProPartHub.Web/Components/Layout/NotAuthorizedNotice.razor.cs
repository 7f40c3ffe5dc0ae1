using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using ProPartHub.Domain.Errors;
using ProPartHub.Web.Account;

namespace ProPartHub.Web.Components.Layout;

/// <summary>Sends a visitor to sign in and back; tells a signed-in person that the page is not for their role.</summary>
public sealed partial class NotAuthorizedNotice
{
    private bool _isSignedIn;

    [CascadingParameter]
    public required Task<AuthenticationState> Authentication { get; set; }

    [Inject]
    private CurrentActor Actor { get; set; } = null!;

    [Inject]
    private NavigationManager Address { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        _isSignedIn = (await Authentication).User.Identity?.IsAuthenticated == true;
        if (!_isSignedIn)
        {
            var here = $"/{Address.ToBaseRelativePath(Address.Uri)}";
            Address.NavigateTo($"{Navigation.SignIn}?returnUrl={Uri.EscapeDataString(here)}", forceLoad: true);
            return;
        }

        // A page opened by a link inside the portal; one opened by its address is refused before there is any component.
        var actor = await Actor.GetAsync();
        actor.Refusals!.Note(actor, GuardedAct.OpenPage, actor.UserId, path: new Uri(Address.Uri).AbsolutePath);
    }
}
