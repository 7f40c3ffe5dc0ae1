using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace ProPartHub.Web.Components.Layout;

/// <summary>
/// A part of every page that depends on who is signed in, and follows it. A base class and not an <c>AuthorizeView</c> around its
/// markup: that is a component more in every circuit.
/// </summary>
public abstract class PersonView : ComponentBase
{
    [CascadingParameter]
    private Task<AuthenticationState>? Authentication { get; set; }

    /// <summary>Who is signed in; null where nobody is, or where that is not known yet.</summary>
    private protected ClaimsPrincipal? Person { get; private set; }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        var user = Authentication is null ? null : (await Authentication).User;
        Person = user?.Identity?.IsAuthenticated == true ? user : null;
    }
}
