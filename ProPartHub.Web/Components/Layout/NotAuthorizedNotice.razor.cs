using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace ProPartHub.Web.Components.Layout;

/// <summary>Sends a visitor to sign in and back; tells a signed-in person that the page is not for their role.</summary>
public sealed partial class NotAuthorizedNotice
{
    private bool _isSignedIn;

    [CascadingParameter]
    public required Task<AuthenticationState> Authentication { get; set; }

    [Inject]
    private NavigationManager Address { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        _isSignedIn = (await Authentication).User.Identity?.IsAuthenticated == true;
        if (!_isSignedIn)
        {
            var here = $"/{Address.ToBaseRelativePath(Address.Uri)}";
            Address.NavigateTo($"{Navigation.SignIn}?returnUrl={Uri.EscapeDataString(here)}", forceLoad: true);
        }
    }
}
