using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.People.Accounts;

namespace ProPartHub.Web.Account;

/// <summary>What a mailed link to confirm an address opens.</summary>
public sealed partial class ConfirmPage
{
    private AddressOffer? _offer;
    private bool _isDead;

    [CascadingParameter]
    public required HttpContext Http { get; set; }

    [SupplyParameterFromQuery]
    private string? Token { get; set; }

    [Inject]
    private AddressConfirmation Confirmation { get; set; } = null!;

    [Inject]
    private HubSignIn SignIn { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        _offer = await Confirmation.OpenAsync(Token, Http.RequestAborted);
        // A form on its way must still find itself on the page; its submission says that the link is dead.
        if (_offer is null && HttpMethods.IsGet(Http.Request.Method))
        {
            Die();
        }
    }

    private async Task SubmitAsync()
    {
        var user = await Confirmation.CompleteAsync(
            Token,
            Http.ClientAddress(),
            Http.User.SessionId(),
            CancellationToken.None
        );
        if (user is null)
        {
            Die();
            return;
        }

        if (Http.User.UserId() != user.Id)
        {
            Navigation.NavigateTo($"{AccountPaths.LogIn}?confirmed=1");
            return;
        }

        await SignIn.ContinueAsync(user, Http.User);
        Navigation.NavigateTo($"{AccountPaths.Manage}?done=email");
    }

    private void Die()
    {
        _isDead = true;
        Http.Response.StatusCode = StatusCodes.Status410Gone;
    }
}
